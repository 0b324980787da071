/* The page for review: sessions of a few exercises, mixed over chapters, one for each outcome before a
   second for any. It comes after exercises.js. The exercises of a chapter are fetched when one of them
   comes up: a script each, since from the file system a page can load nothing else. */
(function () {
  "use strict";
  var store = window.coursewareStore;
  var dom = window.coursewareDom;
  var answers = window.coursewareAnswers;
  var exercises = window.coursewareExercises;
  var make = dom.make;
  var button = dom.button;
  var say = dom.say;
  var plural = dom.plural;
  var root = new URL(document.documentElement.dataset.content_root || "./", location.href);
  /* So many exercises make a session. */
  var SESSION = 10;
  /* So often right in a row, and the next time another exercise asks for the same outcome. */
  var ENOUGH = 2;
  /* What the chapters' scripts bring: the HTML of each exercise, as the build wrote it. */
  var parts = window.coursewareParts = {};

  function shuffled(items) {
    var left = items.slice();
    var found = [];
    while (left.length) {
      found.push(left.splice(Math.floor(Math.random() * left.length), 1)[0]);
    }
    return found;
  }

  /* Put `elements` into their places in another order. */
  function rearrange(elements) {
    var places = elements.map(function (element) {
      var place = document.createComment("");
      element.replaceWith(place);
      return place;
    });
    shuffled(elements).forEach(function (element, at) { places[at].replaceWith(element); });
  }

  /* Options and rows stand in another order each time, but for those that have their place. Steps never
     stand in the right order already. */
  function shuffle(root) {
    rearrange(dom.all(".exercise-option:not([data-pinned])", root));
    var rows = dom.all(".exercise-row", root);
    var key = JSON.parse(root.dataset.key).rows || {};
    function inOrder() {
      return dom.all("select", root).every(function (select, at) {
        return key[select.name] === String(at + 1);
      });
    }
    for (var tries = 0; rows.length && tries < 20 && (!tries || inOrder()); tries += 1) {
      rearrange(dom.all(".exercise-row", root));
    }
  }

  /* Take from each group in turn, one from each before a second from any. */
  function inRounds(groups) {
    var found = [];
    for (var round = 0; groups.some(function (group) { return group[round]; }); round += 1) {
      groups.forEach(function (group) {
        if (group[round]) {
          found.push(group[round]);
        }
      });
    }
    return found;
  }

  /* Keep exercises of a chapter apart where that can be done. */
  function apart(items) {
    var left = items.slice();
    var found = [];
    while (left.length) {
      var last = found[found.length - 1];
      var at = left.findIndex(function (item) { return !last || item.topic !== last.topic; });
      found.push(left.splice(Math.max(at, 0), 1)[0]);
    }
    return found;
  }

  function Review(place) {
    var self = this;
    this.place = place;
    this.items = [];
    JSON.parse(place.dataset.chapters).forEach(function (chapter) {
      chapter.exercises.forEach(function (each) {
        self.items.push({
          id: each[0], number: each[2], title: each[3], outcome: each[4], topic: chapter.topic,
          file: chapter.file, href: chapter.href.split("#")[0] + each[1]
        });
      });
    });
    this.status = place.querySelector("[role=status]");
    this.scope = place.querySelector("select");
    this.choice = place.querySelector(".review-scope");
    this.start = place.querySelector("button");
    this.stage = place.querySelector(".review-stage");
    this.session = null;
    exercises.warn(place);
    this.start.addEventListener("click", function () { self.begin(); });
    this.scope.addEventListener("change", function () { self.tell(); });
    store.watch(function () {
      if (!self.session) {
        self.tell();
      }
    });
    this.tell();
  }

  /* What is due, by outcome, the longest due first; and what is new. */
  Review.prototype.waiting = function () {
    var scope = this.scope.value;
    var begun = {};
    var due = {};
    var fresh = {};
    var states = {};
    this.items.forEach(function (item) {
      states[item.id] = answers.recall(item.id);
      begun[item.topic] = begun[item.topic] || Boolean(states[item.id]);
    });
    shuffled(this.items).forEach(function (item) {
      var state = states[item.id];
      var group = answers.isDue(state) ? due :
        !state && (scope === "all" || (scope === "begun" && begun[item.topic])) ? fresh : null;
      if (group) {
        (group[item.outcome] = group[item.outcome] || []).push(item);
      }
    });
    function when(item) {
      return states[item.id].due;
    }
    function byDay(one, two) {
      return when(one) < when(two) ? -1 : when(one) > when(two) ? 1 : 0;
    }
    var groups = Object.values(due).map(function (group) { return group.sort(byDay); })
      .sort(function (one, two) { return byDay(one[0], two[0]); });
    return { due: inRounds(groups), fresh: inRounds(Object.values(fresh)) };
  };

  /* What is asked in place of `item`: another of its outcome, once it was right often enough. */
  Review.prototype.standIn = function (item, taken) {
    var state = answers.recall(item.id);
    if (!state || state.result !== "right" || answers.row(state) < ENOUGH) {
      return { item: item };
    }
    function seen(each) {
      return (answers.recall(each.id) || { seen: "" }).seen;
    }
    var others = shuffled(this.items).filter(function (each) {
      return each.outcome === item.outcome && each !== item && !taken.includes(each) &&
        !answers.isDue(answers.recall(each.id));
    }).sort(function (one, two) { return seen(one) < seen(two) ? -1 : 1; });
    return others.length ? { item: others[0], standsFor: item } : { item: item };
  };

  Review.prototype.plan = function () {
    var self = this;
    var found = this.waiting();
    var chosen = apart(found.due.concat(found.fresh).slice(0, SESSION));
    var taken = chosen.slice();
    return chosen.map(function (item) {
      var asked = self.standIn(item, taken);
      taken.push(asked.item);
      return asked;
    });
  };

  /* Say what there is to do; where there is nothing, when there will be. */
  Review.prototype.tell = function () {
    var found = this.waiting();
    var count = found.due.length + found.fresh.length;
    this.start.hidden = !count;
    this.start.textContent = count > SESSION ? "Start a session of " + SESSION : "Start a session";
    say(this.status, this.outlook(found));
  };

  Review.prototype.outlook = function (found) {
    var due = found.due.length;
    var fresh = found.fresh.length;
    if (due || fresh) {
      return (due ? plural(due, "exercise is", "exercises are") + " due today" : "Nothing is due today") +
        (fresh ? (due ? ", and " : "; ") + plural(fresh, "new one is", "new ones are") + " ready." : ".");
    }
    var later = this.items.map(function (item) { return answers.recall(item.id); })
      .filter(Boolean).map(function (state) { return state.due; }).sort();
    return later.length ? "Nothing is due today. The next exercise comes back on " +
      dom.spoken(later[0]) + "." : "Nothing to review yet: do the exercises of a chapter first, " +
      "or take new exercises of all chapters.";
  };

  Review.prototype.begin = function () {
    this.session = { plan: this.plan(), at: -1, results: [] };
    this.choice.hidden = this.start.hidden = true;
    this.step();
  };

  /* Show the next exercise, or the end. */
  Review.prototype.step = function () {
    var self = this;
    var session = this.session;
    session.at += 1;
    var asked = session.plan[session.at];
    if (!asked) {
      this.end();
      return;
    }
    say(this.status, "Exercise " + (session.at + 1) + " of " + session.plan.length + " in this session.");
    this.stage.replaceChildren();
    this.load(asked.item, function () { self.put(asked); });
  };

  /* Have the chapter's script loaded, once; say so where that cannot be done. */
  Review.prototype.load = function (item, done) {
    var self = this;
    if (parts[item.topic]) {
      done();
      return;
    }
    var script = make("script", { src: new URL(item.file, root).href });
    /* A task of its own: what is read and what is made of it would hold up a slow device together. */
    script.addEventListener("load", function () { setTimeout(done); });
    script.addEventListener("error", function () {
      script.remove();
      say(self.status, "The exercise could not be loaded. Look after your connection, then try again.");
      self.stage.replaceChildren(button("Try again", function () { self.load(item, done); }));
    });
    document.head.append(script);
  };

  Review.prototype.put = function (asked) {
    var self = this;
    var session = this.session;
    /* Words of the build and of nobody else. */
    var root = new DOMParser().parseFromString(parts[asked.item.topic][asked.item.id], "text/html")
      .body.firstElementChild;
    if (!exercises.TYPES[root.dataset.kind]) {
      this.step();
      return;
    }
    shuffle(root);
    var last = session.at + 1 === session.plan.length;
    var bar = make("progress", {
      max: session.plan.length, value: session.at, "aria-label": "This session"
    });
    var pass = button(last ? "Leave it and end" : "Leave it for later", function () { self.step(); });
    this.stage.replaceChildren(bar, document.adoptNode(root), make("p", { class: "exercise-buttons" }, pass));
    if (asked.standsFor) {
      root.querySelector(".exercise-facts").append(" · in place of exercise " + asked.standsFor.number +
        ", for the same outcome");
    }
    new exercises.Exercise(root, {
      fresh: true, label: last ? "End the session" : "Next exercise",
      next: function () { self.step(); },
      marked: function (result) { self.note(asked, result, bar, pass); }
    });
    dom.attend(root.querySelector(".exercise-title"));
    window.scrollTo({ top: window.scrollY + this.place.getBoundingClientRect().top - 80 });
  };

  /* The first answer is the one of this session. */
  Review.prototype.note = function (asked, result, bar, pass) {
    var session = this.session;
    var first = !session.results[session.at];
    if (first) {
      session.results[session.at] = { item: asked.item, result: result };
      if (asked.standsFor) {
        answers.follow(asked.standsFor.id, result);
      }
    }
    bar.value = session.at + 1;
    pass.hidden = true;
    say(this.status, "Exercise " + (session.at + 1) + " of " + session.plan.length +
      ". It comes back on " + dom.spoken(answers.recall(asked.item.id).due) + ".");
  };

  Review.prototype.end = function () {
    var self = this;
    var done = this.session.results.filter(Boolean);
    this.session = null;
    var missed = done.filter(function (each) { return each.result !== "right"; });
    var found = this.waiting();
    var title = make("h2", { class: "review-end" }, "Session done");
    var list = make("ul", {}, missed.map(function (each) {
      return make("li", {}, make("a", { href: each.item.href },
        "Exercise " + each.item.number + ". " + each.item.title));
    }));
    this.choice.hidden = false;
    this.tell();
    this.start.hidden = true;
    this.stage.replaceChildren(title, make("p", {}, done.length ? done.length - missed.length + " of " +
      plural(done.length, "answer") + " right." : "No exercise was answered."));
    if (missed.length) {
      this.stage.append(make("p", {}, "These come back tomorrow. In the chapter stands what settles them:"),
        list);
    }
    if (found.due.length + found.fresh.length) {
      this.stage.append(make("p", { class: "exercise-buttons" },
        button("Another session", function () { self.begin(); })));
    }
    dom.attend(title);
  };

  dom.all(".review-page").forEach(function (place) { new Review(place); });
})();
