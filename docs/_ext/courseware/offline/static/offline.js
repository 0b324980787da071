/* What every page needs for reading offline: the manifest, and, where this course is or can be kept,
   the script that sees to the copy (offline-copy.js). For all other readers this is all there is. */
(function () {
  "use strict";
  var script = document.currentScript;
  var root = new URL(document.documentElement.dataset.content_root || "./", location.href).href;
  var served = /^https?:$/.test(location.protocol);

  function load() {
    var more = document.createElement("script");
    more.src = script.dataset.copy;
    document.head.append(more);
  }

  /* A manifest helps where the course is served; from a disk browsers refuse to load one. */
  if (served) {
    var link = document.createElement("link");
    link.rel = "manifest";
    link.href = root + "manifest.webmanifest";
    document.head.append(link);
  }
  if (document.querySelector(".offline-copy, .offline-miss")) {
    load();
  } else if (served) {
    try {
      /* Only the registration of this very course: a host may have others above and below. */
      navigator.serviceWorker.getRegistration(root).then(function (found) {
        if (found && found.scope === root) {
          load();
        }
      }).catch(function () { /* The browser keeps nothing: there is nothing to see to. */ });
    } catch (error) {
      /* No service workers here: the same. */
    }
  }
})();
