/* Keeps the course on this device if the reader asks for it, offers new versions, and removes the
   copy again. The copy itself is the service worker's (sw.js); this script asks, shows and tells.
   offline.js loads it on the pages that need it.
   Nothing here touches what exercises keep: answers and progress live in a store of their own. */
(function () {
  "use strict";
  var served = /^https?:$/.test(location.protocol);
  var root = new URL(document.documentElement.dataset.content_root || "./", location.href).href;
  /* A browser keeps one store for the whole host, where other courses may be. */
  var LATER = "courseware-later|" + root;
  var container = served && workers();
  var places = Array.prototype.slice.call(document.querySelectorAll(".offline-copy"));
  var WORDS = {
    disk: "You are reading a copy from your own disk; nothing more is needed.",
    insecure: "The course can be kept only from an address that begins with https, and this one " +
      "does not.",
    closed: "This browser, or this window, does not let pages be kept. A private window never does; " +
      "try an ordinary one.",
    kept: "The course is kept on this device: all pages open without a network.",
    ready: "The course is kept on this device, and a new version of it is ready.",
    halted: "The course is kept on this device. There is a newer version, but it could not be loaded " +
      "now: your copy stays as it is, and the next page that you open online tries again.",
    begun: "The course is not kept yet: loading it came to a halt. What was loaded waits for the " +
      "next try.",
    gone: "The offline copy is removed. Your answers and your progress are as they were.",
    loading: "Keeping the course on this device.",
    same: " The copy that you have stays as it is."
  };
  var FAULTS = {
    network: "could not be loaded. See whether you are online, then try again: it goes on where it " +
      "stopped.",
    missing: "is not on the server. Try again in a few minutes; if it stays so, tell whoever " +
      "publishes this course.",
    changed: "is another one than was published. The course may be changing on the server just " +
      "now: try again in a few minutes.",
    full: "could not be stored. The device or the browser has too little room: make some, then try " +
      "again."
  };

  function workers() {
    try {
      return navigator.serviceWorker;
    } catch (error) {
      /* A page in a sealed frame may not even ask. */
      return null;
    }
  }

  /* An address as people read it. */
  function readable(address) {
    try {
      return decodeURI(address);
    } catch (error) {
      return address;
    }
  }

  function make(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      made.setAttribute(key, attributes[key]);
    });
    [].concat(children || []).forEach(function (child) {
      made.append(child);
    });
    return made;
  }

  function button(text, act, quiet) {
    var made = make("button", { type: "button", class: "offline-button" + (quiet ? " quiet" : "") },
      text);
    made.addEventListener("click", act);
    return made;
  }

  function failure(fault, kept) {
    var what = fault.path ? "“" + readable(fault.path) + "” " : "The course ";
    return what + (FAULTS[fault.failed] || FAULTS.network) + (kept ? WORDS.same : "");
  }

  /* ---- asking the worker ---- */

  /* Only the registration of this very course: a host may have others above and below. */
  function registered() {
    return container.getRegistration(root).then(function (found) {
      return found && found.scope === root ? found : null;
    });
  }

  function newest(registration) {
    return registration.waiting || registration.active || registration.installing;
  }

  /* Put a question to a worker; tell of each step on the way to the answer. A browser may end a
     worker at any time: where nothing is heard for long, the question has failed. */
  function ask(worker, question, step) {
    return new Promise(function (resolve, reject) {
      var channel = new MessageChannel();
      var patience;
      function wait() {
        clearTimeout(patience);
        patience = setTimeout(function () {
          channel.port1.close();
          reject(new Error("no answer"));
        }, 120000);
      }
      channel.port1.onmessage = function (event) {
        if (event.data.all) {
          wait();
          if (step) {
            step(event.data);
          }
          return;
        }
        clearTimeout(patience);
        channel.port1.close();
        resolve(event.data);
      };
      wait();
      worker.postMessage(question, [channel.port2]);
    });
  }

  /* A worker that is only just coming is asked when it is there. */
  function settled(worker) {
    return new Promise(function (resolve, reject) {
      function look() {
        if (worker.state === "redundant") {
          reject(new Error("no worker"));
        } else if (worker.state !== "installing") {
          resolve(worker);
        }
      }
      worker.addEventListener("statechange", look);
      look();
    });
  }

  function state() {
    return registered().then(function (registration) {
      return registration ? settled(newest(registration)) : null;
    }).then(function (worker) {
      return worker ? ask(worker, "state") : { kept: false };
    });
  }

  /* Take the newest version into use; register the worker where there is none. */
  function use(step) {
    return container.register(root + "sw.js", { scope: root, updateViaCache: "none" })
      .then(function (registration) {
        return settled(newest(registration));
      })
      .then(function (worker) {
        return ask(worker, "use", step);
      })
      .catch(function () { return { failed: "network" }; });
  }

  /* Unregister, and delete the caches that bear our address: no store of answers, nobody else's. */
  function remove() {
    return registered().then(function (registration) {
      return registration && registration.unregister();
    }).then(function () {
      return caches.keys();
    }).then(function (names) {
      return Promise.all(names.filter(function (name) {
        return name.startsWith("courseware|" + root + "|");
      }).map(function (name) { return caches.delete(name); }));
    });
  }

  /* ---- answers that are begun: a reload would lose them ---- */

  var begun = new Set();

  function exerciseOf(event) {
    var holder = event.target.closest && event.target.closest("[data-exercise]");
    return holder ? holder.dataset.exercise : "";
  }

  document.addEventListener("input", function (event) {
    if (exerciseOf(event)) {
      begun.add(exerciseOf(event));
    }
  });
  document.addEventListener("reset", function (event) { begun.delete(exerciseOf(event)); });
  document.addEventListener("exercise-marked", function (event) { begun.delete(event.detail); });

  /* ---- the bar that offers a new version ---- */

  var bar = null;
  var lastFocus = null;
  document.addEventListener("focusin", function (event) {
    if (!bar || !bar.contains(event.target)) {
      lastFocus = event.target;
    }
  });

  function closeBar() {
    var inside = bar && bar.contains(document.activeElement);
    if (bar) {
      bar.remove();
      bar = null;
      document.documentElement.classList.remove("offline-offered");
    }
    /* The focus goes back to where it was. */
    if (inside && lastFocus && lastFocus.isConnected) {
      lastFocus.focus({ preventScroll: true });
    }
  }

  /* Show words and buttons at the foot of the window; the page stays where it is. The bar comes
     early in the order of the page, so that the first Tab or two lead to it. */
  function openBar(text, buttons) {
    if (!bar) {
      bar = make("div", { class: "offline-bar", role: "region", "aria-label": "New version",
        tabindex: "-1" });
      bar.append(make("p", { role: "status" }), make("div", { class: "offline-buttons" }));
      var skip = document.querySelector("body > .skip-to-text, body > .skip-link");
      if (skip) {
        skip.after(bar);
      } else {
        document.body.prepend(bar);
      }
      document.documentElement.classList.add("offline-offered");
    }
    var held = bar.contains(document.activeElement);
    bar.lastChild.replaceChildren.apply(bar.lastChild, buttons);
    if (held) {
      (buttons[0] || bar).focus();
    }
    var status = bar.firstChild;
    /* A screen reader announces what comes into a status that is there already. */
    setTimeout(function () { status.textContent = text; }, 50);
  }

  /* Reload into the new version; first warn of an answer that is begun. */
  function switchOver(later, sure) {
    if (begun.size && !sure) {
      openBar("You have begun an answer on this page. Check it first, or it may be lost.",
        [button("Use the new version now", function () { switchOver(later, true); }), later]);
      return;
    }
    openBar("One moment.", []);
    use().then(function (done) {
      if (done.finished) {
        location.reload();
      } else {
        openBar(failure(done, true), [later]);
      }
    });
  }

  function offer(version, asked) {
    var later = button("Later", function () {
      try {
        sessionStorage.setItem(LATER, version);
      } catch (error) {
        /* Then it is asked again on the next page. */
      }
      closeBar();
    }, true);
    var put = "";
    try {
      put = sessionStorage.getItem(LATER);
    } catch (error) {
      put = "";
    }
    if (asked) {
      switchOver(later);
    } else if (put !== version) {
      openBar("A new version of the course is ready.",
        [button("Use it now", function () { switchOver(later); }), later]);
    }
  }

  /* ---- the place where the copy is asked for ---- */

  /* A size in words, such as 5.1 MB. */
  function megabytes(bytes) {
    return (bytes / 1e6).toFixed(1) + " MB";
  }

  function Place(holder) {
    this.holder = holder;
    this.status = make("p", { role: "status", class: "offline-status" });
    this.step = make("p", { class: "offline-step" });
    this.buttons = make("div", { class: "offline-buttons" });
    holder.replaceChildren(this.status, this.step, this.buttons);
  }

  /* Show what there is to say and to do. Where the focus was on a button that goes, it comes to the
     words. */
  Place.prototype.show = function (text, buttons) {
    var inside = this.holder.contains(document.activeElement);
    this.status.textContent = text;
    this.step.replaceChildren();
    this.buttons.replaceChildren.apply(this.buttons, buttons || []);
    if (inside) {
      this.status.tabIndex = -1;
      this.status.focus();
    }
  };

  Place.prototype.keepButton = function () {
    var self = this;
    return button("Keep this course for offline use", function () { self.keep(); });
  };

  Place.prototype.removeButton = function () {
    var self = this;
    return button("Remove the offline copy", function () {
      if (navigator.onLine || window.confirm("You are offline: without the copy these pages cannot " +
        "be opened until you are online again. Remove it?")) {
        remove().then(function () {
          closeBar();
          self.show(WORDS.gone, [self.keepButton()]);
        }, function () { self.show(WORDS.closed); });
      }
    }, true);
  };

  Place.prototype.update = function (found) {
    if (found.ready) {
      this.show(WORDS.ready, [
        button("Use the new version", function () { offer(found.version, true); }),
        this.removeButton()
      ]);
    } else if (found.kept) {
      this.show(WORDS.kept, [this.removeButton()]);
    } else if (found.loading) {
      /* The page on which it was asked for has gone; the worker has gone on. */
      this.keep();
    } else if (found.begun) {
      this.show(WORDS.begun, [this.keepButton(), this.removeButton()]);
    } else {
      this.show("", [this.keepButton()]);
      this.tellSize();
    }
  };

  /* Say how much there is to load, before anybody asks for it. */
  Place.prototype.tellSize = function () {
    /* What comes late is written on a line that may have gone, and not over what came after it. */
    var line = make("span");
    this.step.replaceChildren(line);
    fetch(root + "offline.json").then(function (response) {
      return response.json();
    }).then(function (size) {
      line.textContent = size.files + " files, " + megabytes(size.bytes) + ", PDFs not among them.";
    }).catch(function () { line.remove(); });
  };

  Place.prototype.keep = function () {
    var self = this;
    var line = make("span", {}, "");
    var meter = make("progress", { max: "1", value: "0", "aria-label": "Files kept" });
    this.show(WORDS.loading);
    this.step.replaceChildren(meter, " ", line);
    use(function (step) {
      meter.max = step.all;
      meter.value = step.done;
      line.textContent = step.done + " of " + step.all + " files";
    }).then(function (done) {
      if (done.finished) {
        /* Ask the browser not to clear copy and progress when the device runs short of room. */
        if (navigator.storage && navigator.storage.persist) {
          navigator.storage.persist().catch(function () { return false; });
        }
        self.show(WORDS.kept, [self.removeButton()]);
      } else {
        self.show(failure(done, false), [self.keepButton(), self.removeButton()]);
      }
    });
  };

  /* ---- what happens on each of these pages ---- */

  places = places.map(function (holder) { return new Place(holder); });
  function everywhere(text) {
    places.forEach(function (place) { place.show(text); });
  }

  /* On the page for what a copy lacks: name it, and offer it again. */
  var miss = document.querySelector(".offline-miss");
  var missed = new URLSearchParams(location.search).get("page");
  if (miss && missed && served) {
    var target = new URL(missed, root);
    if (target.href.startsWith(root)) {
      miss.after(make("p", {}, ["You asked for ",
        make("a", { href: target.href }, readable(target.href.slice(root.length)) || "index.html"),
        "."]));
    }
  }

  /* Browsers load what a link offers for download past the worker, which offline would find
     nothing; so the file is taken from the copy here. */
  function download(event) {
    var link = event.target.closest && event.target.closest("a[download]");
    if (!link || !link.href.startsWith(root) || !container.controller || event.defaultPrevented) {
      return;
    }
    event.preventDefault();
    fetch(link.href).then(function (response) {
      return response.ok ? response.blob() : Promise.reject(new Error(response.statusText));
    }).then(function (blob) {
      var name = link.download || readable(link.href.split("/").pop());
      var file = make("a", { href: URL.createObjectURL(blob), download: name });
      document.body.append(file);
      file.click();
      file.remove();
      setTimeout(function () { URL.revokeObjectURL(file.href); }, 1000);
    }).catch(function () { location.assign(link.href); });
  }

  function check() {
    return state().then(function (found) {
      places.forEach(function (place) { place.update(found); });
      if (found.ready) {
        offer(found.version);
      }
    });
  }

  /* Follow a new version on its way: it is offered when it is there whole. */
  function follow(coming) {
    var before = coming.state;
    coming.addEventListener("statechange", function () {
      if (coming.state === "installed") {
        check();
      } else if (coming.state === "redundant" && before === "installing") {
        places.forEach(function (place) { place.show(WORDS.halted, [place.removeButton()]); });
      }
      before = coming.state;
    });
  }

  function watch(registration) {
    if (registration.installing) {
      follow(registration.installing);
    }
    registration.addEventListener("updatefound", function () {
      if (registration.active) {
        follow(registration.installing);
      }
    });
  }

  if (!served) {
    everywhere(WORDS.disk);
  } else if (!container) {
    everywhere(window.isSecureContext ? WORDS.closed : WORDS.insecure);
  } else {
    container.addEventListener("message", function (event) {
      if (event.data === "courseware-switched") {
        openBar("A new version of the course is in use, since you chose it in another window.",
          [button("Load this page anew", function () { location.reload(); }),
            button("Later", closeBar, true)]);
      }
    });
    document.addEventListener("click", download);
    registered().then(function (registration) {
      if (registration) {
        watch(registration);
      }
      return check();
    }).catch(function () { everywhere(WORDS.closed); });
  }
})();
