/* Says, on the search page, what the browser does not allow; and keeps the search from trying. */
(function () {
  "use strict";

  function note(results, text) {
    var made = document.createElement("p");
    made.className = "search-note";
    made.setAttribute("role", "status");
    results.before(made);
    /* A status is announced when words come into it, once it is there. */
    setTimeout(function () { made.textContent = text; }, 50);
  }

  function storeIsOpen() {
    try {
      return Boolean(window.localStorage);
    } catch (error) {
      return false;
    }
  }

  var results = document.getElementById("search-results");
  var asked = new URLSearchParams(location.search).get("q");
  if (!results) {
    return;
  }
  if (location.protocol === "file:") {
    /* To show the lines around a word, Sphinx fetches each page, which no browser lets a page from
       a disk do: every result would end in an error that nobody sees. */
    if (typeof DOCUMENTATION_OPTIONS !== "undefined") {
      DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
    }
    note(results, "You are searching a copy on your own disk. All pages are searched, but browsers " +
      "do not let the lines around your words be shown here: the results are titles only.");
  }
  if (asked && !storeIsOpen()) {
    /* Sphinx's search keeps the words for marking them on the next page, and stops if it cannot. */
    note(results, "This browser keeps no data for these pages, and the search cannot work without. " +
      "Allow data for this site, or look in the index or the glossary.");
  }
  window.addEventListener("load", function () {
    var ready = typeof Search !== "undefined" && Search.hasIndex();
    if (!ready) {
      note(results, "The search could not be loaded. Load this page again, or look in the index or " +
        "the glossary.");
    }
  });
})();
