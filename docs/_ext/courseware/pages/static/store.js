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

  if (served) {
    guarded(moveIn);
  }
  window.coursewareStore = { name: name, read: read, write: write, remove: remove, keys: keys };
})();
