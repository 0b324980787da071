/* Keeps what readers write and choose outside of exercises (guesses, ratings of evidence) in this
   browser, and shows a guess again where the page comes back to it. It comes after store.js, dom.js and
   drafts.js.
   Without it there is no field for a guess, and what was chosen is not kept. */
(function () {
  "use strict";
  var store = window.coursewareStore;
  var KEY = /^(guess|rating):[a-z0-9-]{1,80}:[a-z0-9]{1,40}$/;
  var VERSION = 1;
  var LONGEST = 2000;
  var SAID = {
    kept: "Kept in this browser.",
    gone: "No longer kept.",
    unkept: "Kept only until you leave this page: "
  };
  /* So long nobody writes before the status speaks, which would talk into every word. */
  var PAUSE = 700;

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  /* ---- what is kept: one entry a guess or rating; nothing in it may break a page ---- */

  function sound(id, entry) {
    return KEY.test(id) && Boolean(entry) && entry.version === VERSION &&
      typeof entry.text === "string" && entry.text.trim() !== "" && entry.text.length <= LONGEST &&
      typeof entry.seen === "string" && /^\d{4}-\d\d-\d\d$/.test(entry.seen);
  }

  function recall(id) {
    try {
      var entry = JSON.parse(store.recall(id));
      return sound(id, entry) ? entry : null;
    } catch (error) {
      return null;
    }
  }

  function all() {
    return store.all(recall);
  }

  /* Whether something stands at `id` that cannot be read, or that a newer edition wrote. */
  function unread(id) {
    return KEY.test(id) && store.recall(id) !== null && !recall(id);
  }

  /* Take over the entries of an exported file; return how many of each sort were taken, and how many
     were older than what is here, could not be read, or did not fit into the store. */
  function take(entries) {
    var count = { guess: 0, rating: 0, older: 0, bad: 0, full: 0 };
    if (!entries || typeof entries !== "object") {
      count.bad = entries === undefined ? 0 : 1;
      return count;
    }
    Object.keys(entries).forEach(function (id) {
      var entry = entries[id];
      var mine = recall(id);
      if (!sound(id, entry)) {
        count.bad += 1;
      } else if (mine && mine.seen > entry.seen) {
        count.older += 1;
      } else {
        var plain = { version: VERSION, text: entry.text, seen: entry.seen };
        count[store.keep(id, plain) ? id.slice(0, id.indexOf(":")) : "full"] += 1;
      }
    });
    return count;
  }

  /* ---- fields ---- */

  function Field(place) {
    var self = this;
    this.id = place.dataset.keep;
    this.area = place.querySelector("textarea");
    this.choices = Array.prototype.slice.call(place.querySelectorAll("input"));
    this.status = place.querySelector("[role=status]");
    place.hidden = false;
    this.status.textContent = trouble ? SAID.unkept + trouble + "." : "";
    this.fill();
    if (this.area) {
      new window.CoursewareDraft(this.area, this.id, function () { return self.kept(); },
        function (text) { return self.keep(text); });
    }
    this.choices.forEach(function (input) {
      input.addEventListener("change", function () { self.keep(input.value); });
    });
  }

  Field.prototype.kept = function () {
    var entry = recall(this.id);
    return entry ? entry.text : "";
  };

  Field.prototype.fill = function () {
    var text = this.kept();
    if (this.area) {
      this.area.value = text;
    }
    this.choices.forEach(function (input) { input.checked = input.value === text; });
  };

  /* Keep `text`, or nothing where it is empty; say so, and return whether that could be done. */
  Field.prototype.keep = function (text) {
    var done = true;
    var said = SAID.gone;
    if (unread(this.id)) {
      store.setAside(this.id);
    }
    if (text.trim()) {
      done = store.keep(this.id, { version: VERSION, text: text, seen: store.day() });
      said = done ? SAID.kept : SAID.unkept + store.trouble() + ".";
    } else {
      store.drop(this.id);
    }
    var status = this.status;
    clearTimeout(this.saying);
    /* What stands there already is true, and a screen reader need not hear it again. */
    this.saying = setTimeout(function () {
      if (status.textContent !== said) {
        status.textContent = said;
      }
    }, PAUSE);
    return done;
  };

  /* ---- where a page comes back to a guess ---- */

  function part(name, made, text) {
    var element = document.createElement(name);
    element.className = made;
    element.textContent = text;
    return element;
  }

  function show() {
    each("[data-kept]", function (place) {
      var entry = recall(place.dataset.kept);
      var words;
      if (entry) {
        words = part("p", "guess-text", entry.text);
        words.dir = "auto";
      } else {
        var link = document.createElement("a");
        link.href = "#" + place.dataset.back;
        link.textContent = place.dataset.asked;
        words = part("p", "guess-none", "None is kept in this browser. If you made one on paper, " +
          "look there; if not, you can still make one under “");
        words.append(link, "”.");
      }
      place.replaceChildren(part("p", "guess-label", "Your guess"), words);
      place.hidden = false;
    });
  }

  /* Told beforehand where nothing can be kept. */
  var trouble = store.trouble();
  var fields = [];
  each("[data-keep]", function (place) { fields.push(new Field(place)); });
  show();
  /* Another tab may have chosen; fields to write in look after themselves. */
  store.watch(function (_id, elsewhere) {
    if (elsewhere) {
      fields.forEach(function (field) {
        if (!field.area) {
          field.fill();
        }
      });
    }
    show();
  });
  window.coursewareKept = { all: all, take: take, unread: unread };
})();
