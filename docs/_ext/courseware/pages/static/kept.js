/* Keeps what readers write and choose outside of exercises (guesses, ratings of evidence) in this
   browser, and shows a guess again where the page comes back to it. It comes after store.js.
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
    unkept: "Kept only until you leave this page: the browser's store is full or closed.",
    cannot: "What you enter cannot be kept in this browser: its store is full or closed. It lasts " +
      "only until you leave the page."
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
    this.status.textContent = able ? "" : SAID.cannot;
    place.addEventListener("input", function () { self.note(); });
    this.fill();
  }

  Field.prototype.value = function () {
    var chosen = this.choices.filter(function (input) { return input.checked; })[0];
    return this.area ? this.area.value : chosen ? chosen.value : "";
  };

  Field.prototype.fill = function () {
    var entry = recall(this.id);
    var text = entry ? entry.text : "";
    if (this.area) {
      this.area.value = text;
    }
    this.choices.forEach(function (input) { input.checked = input.value === text; });
  };

  Field.prototype.note = function () {
    var text = this.value();
    var said = SAID.gone;
    if (text.trim()) {
      var entry = { version: VERSION, text: text, seen: store.day() };
      said = store.keep(this.id, entry) ? SAID.kept : SAID.unkept;
    } else {
      store.drop(this.id);
    }
    show();
    var status = this.status;
    clearTimeout(this.saying);
    /* What stands there already is true, and a screen reader need not hear it again. */
    this.saying = setTimeout(function () {
      if (status.textContent !== said) {
        status.textContent = said;
      }
    }, PAUSE);
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
  var able = store.able();
  var fields = [];
  each("[data-keep]", function (place) { fields.push(new Field(place)); });
  show();
  /* A page that comes back from the browser's memory may be older than what is kept. */
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) {
      fields.forEach(function (field) { field.fill(); });
      show();
    }
  });
  window.coursewareKept = { all: all, take: take };
})();
