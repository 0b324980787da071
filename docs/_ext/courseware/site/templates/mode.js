(function (page) {
  var mode = "auto";
  try { mode = localStorage.getItem("mode") || mode; } catch (blocked) { /* as the system */ }
  if (mode !== "light" && mode !== "dark") { mode = "auto"; }
  var dark = mode === "dark" || (mode === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  page.mode = mode;
  page.theme = dark ? "dark" : "light";
})(document.documentElement.dataset);
