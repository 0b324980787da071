/* A filter by kind for the ledger page. Without JavaScript the page shows every statement. */
(function () {
  "use strict";
  var lists = document.querySelectorAll(".ledger-list");
  if (!lists.length) {
    return;
  }
  var items = Array.prototype.slice.call(document.querySelectorAll(".ledger-list > li"));
  /* The kinds in the order in which the course has them. */
  var kinds = document.currentScript.dataset.kinds.split(" ");
  items.forEach(function (item) {
    item.classList.forEach(function (name) {
      var kind = name.slice(0, 3) === "is-" ? name.slice(3) : "";
      if (kind && kinds.indexOf(kind) < 0) {
        kinds.push(kind);
      }
    });
  });

  function element(name, text) {
    var made = document.createElement(name);
    if (text) {
      made.textContent = text;
    }
    return made;
  }

  var form = element("fieldset");
  form.className = "ledger-filter";
  form.appendChild(element("legend", "Show statements of these kinds"));
  var boxes = kinds.map(function (kind) {
    var label = element("label");
    var box = element("input");
    box.type = "checkbox";
    box.checked = true;
    box.value = kind;
    var those = items.filter(function (item) {
      return item.classList.contains("is-" + kind);
    });
    label.appendChild(box);
    /* The word as each of them has it, with its sign and its hue. */
    var word = those.length && those[0].querySelector(".kind");
    label.appendChild(word ? word.cloneNode(true) : document.createTextNode(kind));
    label.appendChild(document.createTextNode(" (" + those.length + ")"));
    form.appendChild(label);
    box.addEventListener("change", update);
    return box;
  });
  var status = element("p");
  status.setAttribute("role", "status");
  form.appendChild(status);

  function update() {
    var shown = 0;
    var wanted = boxes.filter(function (box) {
      return box.checked;
    });
    items.forEach(function (item) {
      item.hidden = !wanted.some(function (box) {
        return item.classList.contains("is-" + box.value);
      });
      shown += item.hidden ? 0 : 1;
    });
    status.textContent = "Showing " + shown + " of " + items.length + " statements.";
  }

  /* A link to a statement that the filter hides would lead nowhere: show all again. */
  window.addEventListener("hashchange", function () {
    var target = document.getElementById(location.hash.slice(1));
    if (target && target.hidden) {
      boxes.forEach(function (box) {
        box.checked = true;
      });
      update();
      target.scrollIntoView();
    }
  });

  var first = lists[0].closest("section");
  first.parentNode.insertBefore(form, first);
  update();
})();
