/* Keeps the course on this device: a service worker (https://www.w3.org/TR/service-workers/).
   Each version has a cache of its own, and a note says which version is in use: pages come from
   that one alone, whichever worker serves them, until the reader asks for another. What readers
   have answered is kept elsewhere, where a worker cannot reach it. */
"use strict";
const VERSION = "@version@";
const FILES = [/* files */];
const HOME = registration.scope;
/* Caches belong to a whole host; ours bear our address, and no others are touched. */
const OURS = `courseware|${HOME}|`;
const NOTE = `${OURS}note`;
const SHELF = OURS + VERSION;

async function versions() {
  return (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== NOTE);
}

async function inUse() {
  const note = await caches.match(HOME, { cacheName: NOTE });
  const version = note ? await note.text() : "";
  return version && (await caches.has(OURS + version)) ? version : "";
}

/* ---- loading a version: all of it, or it is not used ---- */

function fault(why, path) {
  return Object.assign(new Error(why), { why, path });
}

async function isSound(body, digest) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("").startsWith(digest);
}

/* What has not changed is taken from the versions that are there; the rest is loaded. A digest
   tells whether it belongs to this version: a server may be changing just now. */
async function take(shelf, path, digest) {
  const address = new URL(path, HOME).href;
  for (const name of await versions()) {
    const found = await caches.match(address, { cacheName: name });
    if (found && (await isSound(await found.clone().arrayBuffer(), digest))) {
      return shelf.put(address, found);
    }
  }
  for (const cache of ["no-cache", "reload"]) {
    const response = await fetch(address, { cache }).catch(() => { throw fault("network", path); });
    if (!response.ok) {
      throw fault("missing", path);
    }
    const body = await response.arrayBuffer().catch(() => { throw fault("network", path); });
    if (await isSound(body, digest)) {
      /* Made anew: a response that was redirected may not answer for a page, and the body is
         unpacked already. */
      const headers = new Headers(response.headers);
      ["Content-Encoding", "Content-Length"].forEach((name) => headers.delete(name));
      return shelf.put(address, new Response(body, { headers }));
    }
  }
  throw fault("changed", path);
}

async function load() {
  const shelf = await caches.open(SHELF);
  /* What a try that came to a halt has left here was sound when it came. */
  const there = new Set((await shelf.keys()).map((request) => request.url));
  let next = 0;
  let done = 0;
  async function work() {
    while (next < FILES.length) {
      const [path, digest] = FILES[next];
      next += 1;
      try {
        if (!there.has(new URL(path, HOME).href)) {
          await take(shelf, path, digest);
        }
      } catch (error) {
        next = FILES.length;
        throw error.why ? error : fault("full", path);
      }
      done += 1;
      watchers.forEach((port) => port.postMessage({ done, all: FILES.length }));
    }
  }
  await Promise.all(Array.from({ length: 6 }, work));
  await keepOnly(await inUse(), VERSION);
}

const watchers = new Set();
let loading = null;

function loadOnce() {
  loading = loading || load().finally(() => { loading = null; });
  return loading;
}

async function keepOnly(...wanted) {
  const names = wanted.map((version) => OURS + version);
  const old = (await versions()).filter((name) => !names.includes(name));
  return Promise.all(old.map((name) => caches.delete(name)));
}

/* ---- what pages ask for ---- */

async function state() {
  const version = await inUse();
  const ready = version !== "" && version !== VERSION;
  const begun = (await versions()).length > 0;
  return { kept: version !== "", ready, begun, loading: loading !== null, version: VERSION };
}

/* Take this version into use, and tell the pages that show another. */
async function use(port, asking) {
  watchers.add(port);
  try {
    await loadOnce();
  } catch (error) {
    return { failed: error.why, path: error.path };
  } finally {
    watchers.delete(port);
  }
  const before = await inUse();
  await (await caches.open(NOTE)).put(HOME, new Response(VERSION));
  await keepOnly(VERSION);
  /* A browser lets the old worker come to rest first. If that takes long, no matter: the old one
     reads the same note. */
  await Promise.race([skipWaiting(), new Promise((done) => { setTimeout(done, 2000); })]);
  if (before && before !== VERSION) {
    for (const page of await clients.matchAll({ includeUncontrolled: true, type: "window" })) {
      if (page.url.startsWith(HOME) && page.id !== asking) {
        page.postMessage("courseware-switched");
      }
    }
  }
  return { finished: true };
}

addEventListener("message", (event) => {
  const port = event.ports[0];
  if (port && event.data === "state") {
    event.waitUntil(state().then((answer) => port.postMessage(answer)));
  } else if (port && event.data === "use") {
    event.waitUntil(use(port, event.source.id).then((answer) => port.postMessage(answer)));
  }
});

/* A new version is loaded beforehand only where a copy is kept; the first one waits for "use". */
addEventListener("install", (event) => {
  event.waitUntil(inUse().then((version) => version && loadOnce()));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

/* ---- answering ---- */

async function answer(request) {
  const version = await inUse();
  const address = new URL(request.url);
  address.search = "";
  address.hash = "";
  const { href } = address;
  const cacheName = OURS + version;
  /* A folder means its index; and some hosts leave the ending of pages out. */
  for (const each of version ? [href.replace(/\/$/, "/index.html"), `${href}.html`] : []) {
    const found = await caches.match(each, { cacheName });
    if (found) {
      return found;
    }
  }
  try {
    const response = await fetch(request);
    if (version && response.status === 200 && href.startsWith(`${HOME}@pdfs@/`)) {
      const copy = response.clone();
      await (await caches.open(cacheName)).put(href, copy).catch(() => null);
    }
    return response;
  } catch (error) {
    if (version && request.mode === "navigate" && href !== `${HOME}offline.html`) {
      const missed = encodeURIComponent(request.url.slice(HOME.length));
      return Response.redirect(`${HOME}offline.html?page=${missed}`);
    }
    throw error;
  }
}

/* Other hosts, other methods and parts of files are left to the browser. */
addEventListener("fetch", (event) => {
  const { request } = event;
  const ours = request.url.startsWith(HOME) && request.method === "GET";
  if (ours && !request.headers.has("range")) {
    event.respondWith(answer(request));
  }
});
