/* Where a course keeps what readers answer: entries of this browser's localStorage under its name.
   Scripts that come after it use `coursewareStore`. A store that is full or closed breaks no page:
   what cannot be read is null, and what cannot be done says false. */
(function () {
  "use strict";
  var name = document.currentScript.dataset.store;
  var root = new URL(document.documentElement.dataset.content_root || "./", location.href);
  var named = name + ":";
  /* On a server each folder with a course has entries of its own, since browsers keep one store for
     the whole host. On a disk all copies share them: a new edition in another folder goes on. */
  var served = /^https?:$/.test(location.protocol);
  var prefix = served ? name + "@" + root.pathname.replace(/:/g, "%3A") + ":" : named;

  function guarded(act, otherwise) {
    try {
      return act();
    } catch (error) {
      return otherwise;
    }
  }

  function read(key) {
    return guarded(function () { return localStorage.getItem(prefix + key); }, null);
  }

  function write(key, text) {
    return guarded(function () { localStorage.setItem(prefix + key, text); return true; }, false);
  }

  function remove(key) {
    return guarded(function () { localStorage.removeItem(prefix + key); return true; }, false);
  }

  /* All keys, without their prefix. */
  function keys() {
    return guarded(function () {
      return Object.keys(localStorage).filter(function (key) { return key.startsWith(prefix); })
        .map(function (key) { return key.slice(prefix.length); });
    }, []);
  }

  /* When an entry was made: what cannot be read as one is older than all. */
  function made(text) {
    return guarded(function () { return String(JSON.parse(text).seen || ""); }, "");
  }

  /* Entries of before, when all courses of one name on a host shared them, go to the first that finds
     them. Each leaves its old place only when it, or a newer one, stands in the new one. */
  function moveIn() {
    Object.keys(localStorage).forEach(function (key) {
      if (key.startsWith(named)) {
        var id = key.slice(named.length);
        var old = localStorage.getItem(key);
        var mine = read(id);
        if ((mine !== null && made(mine) >= made(old)) || write(id, old)) {
          localStorage.removeItem(key);
        }
      }
    });
  }

  /* ---- entries that last at least as long as the page ---- */

  var unkept = new Map();

  function recall(id) {
    return unkept.has(id) ? unkept.get(id) : read(id);
  }

  /* Who wants to know of changes: `act(id, elsewhere)` is told the entry, or null for any, and
     whether another tab made the change, or the page comes back from the browser's memory. */
  var watching = [];

  function watch(act) {
    watching.push(act);
  }

  function tell(id, elsewhere) {
    watching.forEach(function (act) { act(id, elsewhere); });
  }

  window.addEventListener("storage", function (event) {
    if (event.key === null) {
      tell(null, true);
    } else if (event.key.startsWith(prefix)) {
      unkept.delete(event.key.slice(prefix.length));
      tell(event.key.slice(prefix.length), true);
    }
  });
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      tell(null, true);
    }
  });

  function keep(id, entry) {
    var text = JSON.stringify(entry);
    var done = write(id, text);
    if (done) {
      unkept.delete(id);
    } else {
      unkept.set(id, text);
    }
    tell(id, false);
    return done;
  }

  /* What is kept by a script that is newer, or cannot be read, is set aside once before something is
     written over it. */
  function setAside(id) {
    if (recall(id) !== null && read("aside:" + id) === null) {
      write("aside:" + id, recall(id));
    }
  }

  function drop(id) {
    unkept.delete(id);
    var done = remove(id);
    tell(id, false);
    return done;
  }

  /* What `found` makes of each id, where that is something. */
  function all(found) {
    var entries = {};
    keys().concat(Array.from(unkept.keys())).forEach(function (id) {
      var entry = found(id);
      if (entry) {
        entries[id] = entry;
      }
    });
    return entries;
  }

  function clear() {
    unkept.clear();
    var done = remove("probe") && keys().every(remove);
    tell(null, false);
    return done;
  }

  /* Whether anything can be kept. */
  function able() {
    return write("probe", "") && remove("probe");
  }

  /* Why nothing can be kept, in words; empty where it can. */
  function trouble() {
    return able() ? "" : guarded(function () { return localStorage.length >= 0; }, false) ?
      "the browser's store is full" : "the browser lets this page keep nothing";
  }

  /* A local date written 2026-11-24, so many days from now. */
  function day(offset) {
    var now = new Date();
    var then = new Date(now.getFullYear(), now.getMonth(), now.getDate() + (offset || 0), 12);
    var two = function (n) { return (n < 10 ? "0" : "") + n; };
    return then.getFullYear() + "-" + two(then.getMonth() + 1) + "-" + two(then.getDate());
  }

  if (served) {
    guarded(moveIn);
  }
  window.coursewareStore = {
    name: name, read: read, write: write, remove: remove, keys: keys, watch: watch, setAside: setAside,
    recall: recall, keep: keep, drop: drop, all: all, clear: clear, trouble: trouble, day: day
  };
})();
