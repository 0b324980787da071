/* Opens the search, and loads it when it is first wanted: nothing of it is there before.
   A classic script: it runs from the file system and under script-src 'self'. */
(function () {
  "use strict";
  var own = document.currentScript;
  var root = new URL(own.dataset.root, location.href);
  var panel = document.getElementById("site-search");
  var onPage = document.getElementById("search-results");
  var asked = false;

  function place(within, name) {
    var box = document.createElement("div");
    box.dataset.results = name;
    within.append(box);
    return box;
  }

  function load() {
    if (asked) { return; }
    asked = true;
    var boxes = [];
    if (panel) { boxes.push(place(panel, "panel")); }
    if (onPage) {
      onPage.dataset.results = "page";
      boxes.push(onPage);
    }
    [own.dataset.index, own.dataset.search].forEach(function (address) {
      var script = document.createElement("script");
      script.src = new URL(address, root).href;
      script.async = false;
      script.dataset.root = root.href;
      /* Without its index the search itself says so. */
      script.addEventListener("error", function () {
        boxes.forEach(function (box) {
          box.textContent = "The search could not be loaded. Load this page again, or look in the glossary.";
        });
      });
      document.head.append(script);
    });
  }

  function open() {
    if (onPage) {
      document.getElementById("search-words").focus();
    } else if (panel.matches(":popover-open")) {
      panel.hidePopover();
    } else {
      panel.showPopover();
    }
  }

  /* A slash, or Control or Command with K, as on many sites. */
  document.addEventListener("keydown", function (event) {
    var plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    var writing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    /* A field in a panel that was closed just now keeps the focus for a moment. */
    var slash = event.key === "/" && plain && !(writing && writing.getClientRects().length);
    var letter = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if ((slash || letter) && (onPage || (panel && panel.showPopover))) {
      event.preventDefault();
      open();
    }
  });
  if (panel) {
    panel.addEventListener("toggle", load);
    var button = document.querySelector("[popovertarget=site-search]");
    if (button) {
      button.setAttribute("aria-keyshortcuts", "/ Control+K");
      button.title = "Search: / or Ctrl K";
    }
  }
  if (onPage) {
    document.getElementById("search-words").value = new URLSearchParams(location.search).get("q") || "";
    load();
  }

  /* Ids are typed in small letters, too: #l146 leads to L146. */
  function land() {
    var id = location.hash.slice(1);
    if (id && !document.getElementById(id)) {
      var there = Array.from(document.querySelectorAll("[id]")).find(function (element) {
        return element.id.toLowerCase() === id.toLowerCase();
      });
      if (there) { location.replace("#" + there.id); }
    }
  }
  addEventListener("hashchange", land);
  land();
})();
