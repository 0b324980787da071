/* What the scripts of exercises share for making parts of a page and for speaking to the reader.
   Texts are always set as text, never read as markup. */
(function () {
  "use strict";

  function all(selector, root) {
    return Array.from((root || document).querySelectorAll(selector));
  }

  function make(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      made.setAttribute(key, attributes[key]);
    });
    made.append.apply(made, [].concat(children === undefined ? [] : children));
    return made;
  }

  function button(text, act, type) {
    var made = make("button", { type: type || "button", class: "exercise-button" }, text);
    if (act) {
      made.addEventListener("click", act);
    }
    return made;
  }

  /* Say something in a status region. Words that stand there already are taken away for a moment,
     since a screen reader announces only what changes. */
  function say(place, text) {
    clearTimeout(place.saying);
    if (place.textContent !== text) {
      place.textContent = text;
      return;
    }
    place.textContent = "";
    place.saying = setTimeout(function () { place.textContent = text; }, 50);
  }

  /* Move the focus to words, so that reading goes on there. */
  function attend(place) {
    place.tabIndex = -1;
    place.focus();
  }

  function plural(count, one, many) {
    return count + " " + (count === 1 ? one : many || one + "s");
  }

  /* A date that is kept as 2026-11-24, as one says it. */
  function spoken(date) {
    var parts = date.split("-").map(Number);
    var options = { day: "numeric", month: "long", year: "numeric" };
    return new Date(parts[0], parts[1] - 1, parts[2], 12).toLocaleDateString("en-GB", options);
  }

  window.coursewareDom = {
    all: all, make: make, button: button, say: say, attend: attend, plural: plural, spoken: spoken
  };
})();
