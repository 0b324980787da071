/* The frame around the text: colours, where the reader is on the page, and tables
   that scroll. Menus are popovers of the browser and need none of this.
   A classic script: it runs from the file system and under script-src 'self'. */
(function () {
  "use strict";
  var page = document.documentElement;
  var system = matchMedia("(prefers-color-scheme: dark)");

  /* Colours: what was chosen is kept; "auto" follows the system, at once when it changes. */
  function show(mode) {
    page.dataset.mode = mode;
    page.dataset.theme = mode === "auto" ? (system.matches ? "dark" : "light") : mode;
  }

  document.querySelectorAll("#site-colours input").forEach(function (choice) {
    choice.checked = choice.value === page.dataset.mode;
    choice.addEventListener("change", function () {
      show(choice.value);
      try { localStorage.setItem("mode", choice.value); } catch (blocked) { /* for this page alone */ }
    });
  });
  system.addEventListener("change", function () { show(page.dataset.mode); });

  /* Escape closes what is open; elsewhere on the page a script of Sphinx takes the key for itself. */
  document.addEventListener("keydown", function (event) {
    var open = event.key === "Escape" && page.showPopover &&
      document.querySelector(".site-bar :popover-open, .site-columns > :popover-open");
    if (open) {
      event.preventDefault();
      event.stopPropagation();
      open.hidePopover();
    }
  }, true);

  /* The lists that slide over the page on narrow screens are all that there is while they are open:
     the rest can be reached neither by key nor by finger. */
  var lists = [document.getElementById("site-navigation"), document.getElementById("page-contents")]
    .filter(Boolean);
  lists.forEach(function (list) {
    var button = document.querySelector('[popovertarget="' + list.id + '"]');
    function alone(isAlone) {
      for (var at = list; at !== document.body; at = at.parentElement) {
        Array.from(at.parentElement.children).forEach(function (other) {
          if (other !== at) { other.inert = isAlone; }
        });
      }
      var said = { role: "dialog", "aria-modal": "true", "aria-label": button.textContent.trim() };
      Object.keys(said).forEach(function (name) {
        if (isAlone) { list.setAttribute(name, said[name]); } else { list.removeAttribute(name); }
      });
    }
    /* Before it closes, since its button gets the focus back then. */
    list.addEventListener("beforetoggle", function (event) {
      if (event.newState === "closed") { alone(false); }
    });
    /* The browser gives it back only where the list has it; after the last link nothing has. */
    var followed = false;
    list.addEventListener("toggle", function (event) {
      if (event.newState === "open" && list.matches(":popover-open")) {
        followed = false;
        alone(true);
      } else if (!followed && document.activeElement === document.body) {
        button.focus({ preventScroll: true });
      }
    });
    /* A link that leads to a place on this page closes the list that it stands in. */
    list.addEventListener("click", function (event) {
      if (event.target.closest('a[href^="#"]') && list.matches(":popover-open")) {
        followed = true;
        list.hidePopover();
      }
    });
  });
  /* Whoever comes back finds the page, not the list by which it was left; and a window that grows
     wide has the lists beside the text. */
  function closeLists() {
    lists.forEach(function (list) {
      if (list.hidePopover && list.matches(":popover-open")) { list.hidePopover(); }
    });
  }
  addEventListener("pagehide", closeLists);
  ["(min-width: 60rem)", "(min-width: 75rem)"].forEach(function (wide) {
    matchMedia(wide).addEventListener("change", closeLists);
  });
  follow(document.querySelectorAll('#page-contents a[href^="#"]'));

  /* Marks the link to the section that is read: the last one whose heading is above the middle. */
  function follow(links) {
    var places = [];
    links.forEach(function (link) {
      var place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (place) { places.push([place, link]); }
    });
    if (!places.length || !window.IntersectionObserver) { return; }
    function mark() {
      var now = null;
      places.forEach(function (pair) {
        if (pair[0].getBoundingClientRect().top < innerHeight / 3) { now = pair[1]; }
        pair[1].removeAttribute("aria-current");
      });
      if (now) { now.setAttribute("aria-current", "true"); }
    }
    var observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
    places.forEach(function (pair) { observer.observe(pair[0]); });
  }

  /* The page that is open is in sight in the list of pages, without moving the page itself. */
  var list = document.getElementById("site-navigation");
  var current = list && list.querySelector(".current.active > a");
  if (current) {
    list.scrollTop = Math.max(0, current.offsetTop - list.clientHeight / 2);
  }

  /* On paper everything is unfolded but answers and hints. Newer browsers do it by style sheet. */
  var folded = [];
  addEventListener("beforeprint", function () {
    folded = Array.from(document.querySelectorAll("details:not([open], .exercise-answer, .exercise-hint)"));
    folded.forEach(function (box) { box.open = true; });
  });
  addEventListener("afterprint", function () {
    folded.forEach(function (box) { box.open = false; });
  });

  /* What scrolls sideways can be reached by keyboard, and only then. */
  function reach() {
    document.querySelectorAll(".pst-scrollable-table-container, pre").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) { box.tabIndex = 0; } else { box.removeAttribute("tabindex"); }
    });
  }
  addEventListener("load", reach);
  addEventListener("resize", reach);
})();
