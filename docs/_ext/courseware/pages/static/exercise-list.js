/* The list of all exercises: how each stands, and a filter. It comes after answers.js. */
(function () {
  "use strict";
  var dom = window.coursewareDom;
  var answers = window.coursewareAnswers;
  var all = dom.all;
  var make = dom.make;
  var STATES = {
    right: "Right", partly: "Partly right", wrong: "Not right", open: "Not tried", talk: ""
  };
  /* What each state is called in the filter: the states that it takes. */
  var CHOICES = [
    ["again", "to try again", ["partly", "wrong"]], ["due", "due today", []],
    ["open", "not tried", ["open"]], ["right", "right", ["right"]]
  ];

  function List(form, lists) {
    var self = this;
    this.form = form;
    this.lists = lists;
    this.status = form.querySelector("[role=status]");
    this.items = [];
    lists.forEach(function (list) { self.read(list); });
    this.selects = all("select", form);
    this.selects.forEach(function (select) {
      if (select.name === "state") {
        CHOICES.forEach(function (each) {
          select.append(make("option", { value: each[0] }, each[1]));
        });
      } else {
        self.offer(select);
      }
      select.addEventListener("change", function () { self.update(); });
    });
    if (location.hash === "#again") {
      this.state().value = "again";
    }
    window.coursewareStore.watch(function () { self.update(true); });
    window.addEventListener("pageshow", function () { self.update(); });
    this.update();
  }

  List.prototype.state = function () {
    return this.selects.filter(function (select) { return select.name === "state"; })[0];
  };

  /* Note what the filter asks for: the item's classes say most of it. */
  List.prototype.read = function (list) {
    var self = this;
    var chapter = list.closest("section").querySelector("h2, h3").firstChild.textContent;
    all("li", list).forEach(function (item) {
      var facts = { chapter: chapter };
      item.classList.forEach(function (name) {
        var at = name.indexOf("-");
        facts[name.slice(0, at)] = name.slice(at + 1);
      });
      facts.text = item.querySelector(".exercise-outcome").textContent.replace(/^Outcome: /, "");
      facts.label = item.querySelector(".exercise-facts").textContent.split(" · ")[0];
      var mark = make("span", { class: "exercise-mark" });
      item.querySelector(".exercise-entry").append(" ", mark);
      self.items.push({ item: item, facts: facts, mark: mark });
    });
  };

  List.prototype.offer = function (select) {
    var known = {};
    var shown = { chapter: "chapter", type: "label", level: "level", outcome: "text" }[select.name];
    this.items.forEach(function (entry) {
      var value = entry.facts[select.name];
      if (!known[value]) {
        known[value] = true;
        select.append(make("option", { value: value }, entry.facts[shown]));
      }
    });
  };

  /* Mark each exercise, and show those that the filter takes; `quietly`, where nobody asked. */
  List.prototype.update = function (quietly) {
    var self = this;
    var shown = 0;
    var wanted = this.state().value;
    var takes = CHOICES.filter(function (each) { return each[0] === wanted; })[0];
    this.items.forEach(function (entry) {
      var state = answers.recall(entry.facts.id);
      var name = state ? state.result : entry.facts.type === "discussion" ? "talk" : "open";
      var due = answers.isDue(state);
      entry.mark.dataset.result = name;
      entry.mark.textContent = STATES[name] + (due ? ", due today" : "");
      entry.item.hidden = Boolean(takes && !(wanted === "due" ? due : takes[2].includes(name))) ||
        self.selects.some(function (select) {
          return select.name !== "state" && select.value && select.value !== entry.facts[select.name];
        });
      shown += entry.item.hidden ? 0 : 1;
    });
    this.lists.forEach(function (list) {
      list.closest("section").hidden = all("li", list).every(function (li) { return li.hidden; });
    });
    var said = "Showing " + shown + " of " + this.items.length + " exercises.";
    if (!quietly || this.status.textContent !== said) {
      dom.say(this.status, said);
    }
  };

  var lists = all(".exercise-list");
  var form = document.querySelector(".exercise-filter");
  if (form && lists.length) {
    new List(form, lists);
  }
})();
