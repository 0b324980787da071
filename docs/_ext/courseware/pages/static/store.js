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

  function keep(id, entry) {
    var text = JSON.stringify(entry);
    var done = write(id, text);
    if (done) {
      unkept.delete(id);
    } else {
      unkept.set(id, text);
    }
    return done;
  }

  function drop(id) {
    unkept.delete(id);
    return remove(id);
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
    return remove("probe") && keys().every(remove);
  }

  /* Whether anything can be kept. */
  function able() {
    return write("probe", "") && remove("probe");
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
    name: name, read: read, write: write, remove: remove,
    recall: recall, keep: keep, drop: drop, all: all, clear: clear, able: able, day: day
  };
})();
