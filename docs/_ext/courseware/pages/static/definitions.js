/* Shows what a term means beside its link to the glossary: on hover, on focus and on tap.
   The definitions stand hidden at the end of the page; aria-describedby ties each to its links.
   A classic script: it runs from the file system and under script-src 'self'. */
(function () {
  "use strict";
  var WAIT = 300; /* milliseconds until hovering shows, and leaving hides */
  var GAP = 6; /* pixels between term and definition; definitions.css bridges them */
  var EDGE = 8; /* pixels left free at the sides of the window */
  var box = document.createElement("div");
  var shown = null; /* the link whose definition is shown */
  var tapped = false; /* so it stays until another tap */
  var touched = false; /* a finger is about to click */
  var above = false;
  var line = 0; /* which was pointed at, of a term broken into several */
  var left = 0;
  var top = 0;
  var timer;

  box.className = "definition-popover";
  /* In the top layer nothing clips it. */
  box.setAttribute("popover", "manual");

  function later(act, wait) {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  }

  /* Add to the box an element with the content of another. */
  function add(name, other) {
    var made = document.createElement(name);
    made.append(...other.cloneNode(true).childNodes);
    box.append(made);
    return made;
  }

  function open(link, y, tap) {
    var meaning = document.getElementById(link.getAttribute("aria-describedby"));
    close();
    shown = link;
    tapped = Boolean(tap);
    above = false;
    line = Array.from(link.getClientRects()).findIndex(function (each) {
      return each.top <= y && y <= each.bottom;
    });
    box.textContent = "";
    add("div", meaning.previousElementSibling).className = "definition-term";
    add("div", meaning);
    if (tapped) {
      var way = document.createElement("a");
      way.href = link.href;
      way.textContent = "In the glossary";
      box.append(way);
      link.setAttribute("aria-expanded", "true");
    }
    box.setAttribute("role", tapped ? "note" : "tooltip");
    /* Right after the term, so that reading and the Tab key go on from one to the other. */
    link.after(box);
    if (box.showPopover) {
      box.showPopover();
    }
    place();
  }

  function close() {
    clearTimeout(timer);
    if (shown) {
      shown.removeAttribute("aria-expanded");
      shown = null;
      box.remove();
    }
  }

  /* Below the term, or above it where there is room only there; never on it. */
  function place() {
    if (!shown) {
      return;
    }
    var page = document.documentElement;
    var term = shown.getBoundingClientRect();
    var start = (shown.getClientRects()[line] || term).left;
    var size = box.getBoundingClientRect();
    var up = term.top - GAP - size.height;
    var down = term.bottom + GAP;
    if (above ? up < 0 : up >= 0 && down + size.height > page.clientHeight) {
      above = !above;
    }
    /* By how much to move, so that it does not matter what the box is placed in. */
    left += Math.max(EDGE, Math.min(start, page.clientWidth - size.width - EDGE)) - size.left;
    top += (above ? up : down) - size.top;
    box.style.left = left + "px";
    box.style.top = top + "px";
  }

  function inside(node) {
    return shown.contains(node) || box.contains(node);
  }

  /* Hide the definition unless the pointer or the focus is still there. */
  function leave() {
    if (shown && !tapped && !shown.matches(":hover, :focus-visible") && !box.matches(":hover")) {
      close();
    }
  }

  function closeOutside(event) {
    if (shown && !inside(event.target)) {
      close();
    }
  }

  document.querySelectorAll("a[aria-describedby^='definition--']").forEach(function (link) {
    link.addEventListener("pointerenter", function (event) {
      if (event.pointerType !== "touch" && link !== shown) {
        later(function () { open(link, event.clientY); }, WAIT);
      }
    });
    link.addEventListener("pointerleave", function () { later(leave, WAIT); });
    link.addEventListener("focus", function () {
      if (link !== shown && link.matches(":focus-visible")) {
        open(link);
      }
    });
    link.addEventListener("blur", function () { later(leave, 0); });
    link.addEventListener("pointerdown", function (event) {
      touched = event.pointerType === "touch";
    });
    link.addEventListener("click", function (event) {
      /* The second tap follows the link, as does the Enter key, whose clicks are not counted. */
      if (touched && event.detail && !(tapped && link === shown)) {
        event.preventDefault();
        open(link, event.clientY, true);
      }
    });
  });

  box.addEventListener("pointerleave", function () { later(leave, WAIT); });
  document.addEventListener("pointerup", closeOutside);
  document.addEventListener("focusin", function (event) {
    if (tapped) {
      closeOutside(event);
    }
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") {
      if (shown && box.contains(document.activeElement)) {
        shown.focus();
      }
      close();
    }
  });
  document.addEventListener("scroll", place, { capture: true, passive: true });
  window.addEventListener("resize", place);
  window.addEventListener("pagehide", close);
})();
