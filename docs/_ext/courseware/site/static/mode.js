/* Light or dark, before anything is painted: the one script that pages wait for. What the reader
   chose goes before what the system asks for. Without scripts a page has the theme "auto". */
(function (page) {
  "use strict";
  var mode = "auto";
  try { mode = localStorage.getItem("mode") || mode; } catch (blocked) { /* as the system */ }
  if (mode !== "light" && mode !== "dark") { mode = "auto"; }
  var dark = mode === "dark" || (mode === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  page.mode = mode;
  page.theme = dark ? "dark" : "light";
})(document.documentElement.dataset);
