/* Marks exercises in the page, keeps answers in this browser, and shows them again on the next visit.
   A classic script without a framework: it runs from the file system and under script-src 'self'.
   Without it the exercises can be read, and every answer stands in a disclosure. It comes after
   store.js, dom.js, answers.js, drafts.js and marking.js. */
(function () {
  "use strict";
  var store = window.coursewareStore;
  var dom = window.coursewareDom;
  var answers = window.coursewareAnswers;
  var marking = window.coursewareMarking;
  var all = dom.all;
  var make = dom.make;
  var button = dom.button;
  var say = dom.say;
  var plural = dom.plural;
  var SAID = { right: "Right", partly: "Partly right", wrong: "Not right" };
  /* What readers say of their own answer to an open question. */
  var JUDGED = { right: "It holds up", partly: "It holds in part", wrong: "Not yet" };
  var numbers = marking.numbers;
  var words = marking.words;

  /* How each type is answered and marked, by its name in the model (bank/model.py). A type that is
     missing here stays a form without a button, with its answer in the disclosure. */
  var TYPES = {
    "single-choice": { mark: marking.options },
    "multiple-response": { mark: marking.options },
    "true-false": { mark: marking.options },
    "numeric": { mark: marking.field, read: numbers },
    "short-answer": { mark: marking.field, read: words },
    "match": { mark: marking.rows },
    "order": { mark: marking.rows, once: true },
    "classify": { mark: marking.rows },
    "open": { judged: true }
  };

  /* What cannot be kept, said where it happens. */
  function unkept() {
    return "It is kept only until you leave this page: " + store.trouble() + ".";
  }

  /* Tell beforehand where nothing can be kept. */
  function warn(place) {
    var trouble = store.trouble();
    if (trouble) {
      place.prepend(make("p", { class: "exercise-unkept" }, "New answers cannot be kept: " + trouble +
        ". They last only until you leave this page."));
    }
  }

  /* ---- one exercise ---- */

  /* `options` of the page for review: `fresh` shows it as if never answered, `marked(result)` is told
     each result, `next` and `label` are what the last button does and says. */
  function Exercise(root, options) {
    var self = this;
    this.root = root;
    this.id = root.dataset.exercise;
    this.key = JSON.parse(root.dataset.key);
    this.type = TYPES[root.dataset.kind];
    /* Whether an answer has several parts, so that it can be partly right. */
    this.parts = "parts" in root.dataset;
    this.options = options || {};
    this.form = root.querySelector("form");
    this.status = root.querySelector(".exercise-status");
    this.answer = root.querySelector(".exercise-answer");
    this.inputs = all("fieldset input", root);
    this.selects = all("fieldset select", root);
    this.field = root.querySelector(".exercise-field :is(input, textarea)");
    this.unit = ((root.querySelector(".exercise-unit") || {}).textContent || "").toLowerCase();
    this.open = Boolean(this.type.judged);
    this.buildFoot();
    /* A verdict is about the answer that was given; it goes when the answer changes. */
    this.form.addEventListener("input", function (event) {
      if (!self.open && self.root.dataset.result && !self.answer.contains(event.target)) {
        self.clearMarks();
        self.tell("");
      }
    });
    this.form.addEventListener("submit", function (event) {
      event.preventDefault();
      /* Enter always means the first button; here it means the one beside it. */
      if (self.open && self.rating.contains(document.activeElement)) {
        self.judge();
      } else {
        self.submit();
      }
    });
    this.draft = (this.options.fresh ? "draft:review-" : "draft:") + this.id;
    if (this.open) {
      this.addRating();
    }
    this.restore();
    if (this.open) {
      this.keepDraft();
    }
    store.watch(function (id, elsewhere) {
      if (elsewhere && (id === null || id === self.id)) {
        self.refresh();
      }
    });
  }

  /* The button, the verdict beside it, and what one can do then; below that the feedback. */
  Exercise.prototype.buildFoot = function () {
    var self = this;
    var which = make("span", { class: "visually-hidden" },
      " for " + this.root.querySelector(".exercise-number").textContent);
    function named(text) {
      return [make("span", {}, text), which.cloneNode(true)];
    }
    this.check = button(named(this.open ? "Compare with a model answer" : "Check answer"), null, "submit");
    this.again = button(named("Try again"), function () { self.tryAgain(); });
    this.solve = button(named("Show solution"), function () { self.solution(!self.answer.open); });
    this.solve.setAttribute("aria-expanded", "false");
    this.next = button(named(this.options.label || "Next exercise"), function () { self.goOn(); });
    this.then = make("div", { class: "exercise-then" }, [this.again, this.solve, this.next]);
    this.foot = make("div", { class: "exercise-foot" });
    this.status.before(this.foot);
    this.foot.append(this.check, this.status, this.then);
    this.notes = make("div", { class: "exercise-notes" });
    this.foot.after(this.notes);
    this.answer.hidden = true;
    this.answer.addEventListener("toggle", function () {
      if (!self.answer.open) {
        self.solution(false);
      }
    });
    this.show(false);
  };

  /* What comes after a try is shown, or is not. */
  Exercise.prototype.show = function (tried) {
    this.again.hidden = this.solve.hidden = !tried;
    this.next.hidden = !tried || !(this.options.next || this.following());
  };

  Exercise.prototype.solution = function (open) {
    this.answer.hidden = !open;
    this.answer.open = open;
    this.solve.setAttribute("aria-expanded", String(open));
    this.solve.firstChild.textContent = open ? "Hide solution" : "Show solution";
  };

  Exercise.prototype.following = function () {
    var roots = all("[data-exercise]");
    return roots[roots.indexOf(this.root) + 1];
  };

  Exercise.prototype.goOn = function () {
    if (this.options.next) {
      this.options.next();
    } else {
      var title = this.following().querySelector(".exercise-title");
      dom.attend(title);
      title.scrollIntoView();
    }
  };

  /* An open answer is not thrown away, but set aside until its writer deletes it. */
  Exercise.prototype.tryAgain = function () {
    var text = this.open ? this.field.value : "";
    this.clear();
    if (this.open) {
      store.remove(this.draft);
      this.text.known = this.text.get();
      this.text.setAside(text);
    }
    (this.field || this.selects[0] || this.inputs[0]).focus();
  };

  Exercise.prototype.given = function () {
    if (this.selects.length) {
      var rows = {};
      this.selects.forEach(function (select) { rows[select.name] = select.value; });
      return rows;
    }
    if (this.field) {
      return this.field.value.trim();
    }
    return this.inputs.filter(function (input) { return input.checked; })
      .map(function (input) { return input.value; });
  };

  /* What the answer says, as marking compares it. */
  Exercise.prototype.read = function (answer) {
    return this.type.read(answer, this.unit);
  };

  /* What is missing before an answer can be marked, in words; empty if nothing is. */
  Exercise.prototype.lacks = function (answer) {
    if (this.selects.length) {
      var open = this.selects.filter(function (select) { return !select.value; }).length;
      if (open) {
        return "Choose for every line first: " + plural(open, "line is", "lines are") + " open.";
      }
      var places = new Set(this.selects.map(function (select) { return select.value; }));
      return this.type.once && places.size < this.selects.length ?
        "Use each number once." : "";
    }
    if (!this.field) {
      return answer.length ? "" : "Choose an answer first.";
    }
    if (this.key.number && answer && !this.read(answer).length) {
      return marking.refusal(answer);
    }
    return answer && (this.open || this.read(answer).length) ? "" : "Write your answer first.";
  };

  Exercise.prototype.mark = function (answer) {
    return this.type.mark(this.key, this.field ? this.read(answer) : answer, this.parts);
  };

  Exercise.prototype.submit = function () {
    var answer = this.given();
    var lack = this.lacks(answer);
    if (lack) {
      this.clearMarks();
      var empty = this.selects.filter(function (select) { return !select.value; })[0];
      (this.field || empty || this.selects[0] || this.inputs[0]).focus();
      this.tell(lack);
    } else if (this.open) {
      this.compare();
    } else {
      var marked = this.mark(answer);
      if (!this.asks(answer, marked)) {
        this.place(marked);
        this.tell(this.remember(marked.result, answer, this.sentence(marked)));
      }
    }
    this.status.scrollIntoView({ block: "nearest" });
  };

  /* Ask whether a form was meant from which the answer is one slip away. That is no try; but who has
     it checked once more means what stands there. */
  Exercise.prototype.asks = function (answer, marked) {
    var self = this;
    var forms = this.key.words && marked.notes[0][1] === "otherwise" && this.asked !== answer ?
      marking.meant(this.key, this.read(answer)) : [];
    this.asked = answer;
    if (!forms.length) {
      return false;
    }
    this.clearMarks();
    this.tell("Did you mean “" + forms.join("” or “") + "”?");
    this.notes.replaceChildren(make("p", { class: "exercise-buttons" }, forms.map(function (form) {
      return button("Yes, “" + form + "”", function () {
        self.field.value = form;
        self.field.focus();
        self.submit();
      });
    })));
    return true;
  };

  /* Keep the result; return what there is to say, with a word on what could not be kept. */
  Exercise.prototype.remember = function (result, answer, text) {
    var done = answers.keep(this.id, answers.after(answers.entry(this.id), result, answer));
    document.dispatchEvent(new CustomEvent("exercise-marked", { detail: this.id }));
    if (this.options.marked) {
      this.options.marked(result);
    }
    return text + (done ? "" : " " + unkept());
  };

  Exercise.prototype.sentence = function (marked) {
    return SAID[marked.result] + (marked.text ? ": " + marked.text : "") + ".";
  };

  /* Say what has just happened; what was said of the last visit goes. */
  Exercise.prototype.tell = function (text) {
    if (this.past) {
      this.past.remove();
      this.past = null;
    }
    say(this.status, text);
  };

  /* What is restored stands as plain words: a status region would be announced on arrival. */
  Exercise.prototype.tellPast = function (text) {
    this.tell("");
    this.past = make("p", { class: "exercise-status" }, text);
    this.status.after(this.past);
  };

  /* Show what was marked: the parts where they stand, and the feedback below the verdict. */
  Exercise.prototype.place = function (marked) {
    var self = this;
    this.clearMarks();
    this.root.dataset.result = marked.result;
    Object.keys(marked.each).forEach(function (name) {
      var input = self.input(name);
      input.parentNode.dataset.result = marked.each[name];
      input.parentNode.append(make("span", { class: "exercise-mark", id: input.id + "-mark" },
        SAID[marked.each[name]]));
      self.describe(input, input.id + "-mark");
    });
    marked.notes.forEach(function (note) { self.note(note, marked); });
    this.show(true);
  };

  Exercise.prototype.input = function (name) {
    return name === "answer" && this.field ? this.field :
      this.inputs.concat(this.selects).filter(function (each) {
        return each.value === name || each.name === name;
      })[0];
  };

  /* Feedback that describes its input: `note` is [input, feedback, feedback to fall back on]. */
  Exercise.prototype.note = function (note, marked) {
    var input = this.input(note[0]);
    var item = this.feedback(note[1]) || this.feedback(note[2]);
    if (!item) {
      return;
    }
    var made = make("p", { class: "exercise-note", id: input.id + "-note" });
    var said = item.querySelector(".exercise-said").cloneNode(true);
    var result = marked.each[note[0]];
    made.dataset.result = result;
    /* The mark has said so already. */
    var first = said.firstChild;
    if (result === "right" && first.nodeType === 3) {
      first.nodeValue = first.nodeValue.replace(/^(right|yes)([.:,;!]|\s[–—])\s*(\S)/i,
        function (_all, _word, _stop, letter) { return letter.toUpperCase(); });
    }
    if (Object.keys(marked.each).length > 1) {
      var label = make("b", { class: "exercise-about" });
      input.labels[0].childNodes.forEach(function (node) { label.append(node.cloneNode(true)); });
      label.append(/[.?!:]$/.test(label.textContent) ? "" : ":");
      made.append(label, " ");
    }
    made.append(said);
    this.notes.append(made);
    this.describe(input, made.id);
  };

  Exercise.prototype.describe = function (input, id) {
    var before = input.getAttribute("aria-describedby") || "";
    if (!input.hasAttribute("data-described")) {
      input.setAttribute("data-described", before);
    }
    input.setAttribute("aria-describedby", (before + " " + id).trim());
  };

  Exercise.prototype.feedback = function (name) {
    return name ? this.answer.querySelector('[data-for="' + name + '"]') : null;
  };

  Exercise.prototype.clearMarks = function () {
    delete this.root.dataset.result;
    this.notes.replaceChildren();
    all(".exercise-mark", this.root).forEach(function (mark) {
      delete mark.parentNode.dataset.result;
      mark.remove();
    });
    all("[data-described]", this.root).forEach(function (input) {
      var before = input.getAttribute("data-described");
      input.removeAttribute("data-described");
      if (before) {
        input.setAttribute("aria-describedby", before);
      } else {
        input.removeAttribute("aria-describedby");
      }
    });
  };

  Exercise.prototype.clear = function () {
    this.clearMarks();
    this.form.reset();
    this.tell("");
    this.show(false);
    this.solution(false);
    this.asked = null;
    if (this.open) {
      this.rating.hidden = true;
      say(this.rated, "");
    }
  };

  /* Show the last answer again, or say why that cannot be done. */
  Exercise.prototype.restore = function () {
    var draft = this.open && store.read(this.draft);
    if (draft) {
      this.field.value = draft;
    }
    var state = this.options.fresh ? null : answers.entry(this.id);
    var trouble = this.options.fresh ? "" : answers.trouble(this.id);
    if (trouble) {
      this.tellPast("What this browser keeps of this exercise " + (trouble === "newer" ?
        "comes from a newer edition of the course" : "cannot be read") +
        ". It stays as it is; an answer here is kept beside it.");
    }
    if (!state || draft) {
      return;
    }
    this.fill(state.answer);
    var given = this.given();
    if (this.lacks(given)) {
      this.form.reset();
      if (!state.unfit) {
        state.unfit = true;
        answers.keep(this.id, state);
      }
      this.tellPast("Your answer of " + dom.spoken(state.seen) + " (" +
        SAID[state.result].toLowerCase() + ") fits this exercise no more, whose words have changed " +
        "since. It does not count until you answer again.");
    } else if (this.open) {
      this.compare(true);
      this.choose(state.result);
      this.tellPast("Last time: " + JUDGED[state.result] + ".");
    } else {
      var marked = this.mark(given);
      this.place(marked);
      this.tellPast("Last time: " + this.sentence(marked));
    }
  };

  Exercise.prototype.fill = function (answer) {
    if (this.selects.length && answer && typeof answer === "object") {
      this.selects.forEach(function (select) {
        select.value = typeof answer[select.name] === "string" ? answer[select.name] : "";
      });
    } else if (this.field && typeof answer === "string") {
      this.field.value = answer;
    } else if (Array.isArray(answer)) {
      this.inputs.forEach(function (input) { input.checked = answer.indexOf(input.value) >= 0; });
    }
  };

  /* Another tab has answered: show it here, unless an answer is being given here. */
  Exercise.prototype.refresh = function () {
    var given = this.given();
    var begun = this.field ? given : this.inputs.length ? given.length :
      this.selects.some(function (select) { return select.value; });
    if (this.options.fresh || (begun && !this.root.dataset.result && !this.open)) {
      return;
    }
    if (this.open) {
      var state = store.read(this.draft) ? null : answers.recall(this.id);
      if (!state || state.answer !== given || state.result === this.root.dataset.result) {
        return;
      }
    }
    this.clear();
    this.restore();
  };

  /* ---- open questions: the reader compares and judges ---- */

  Exercise.prototype.addRating = function () {
    var self = this;
    var name = this.field.id + "-rating";
    this.rating = make("div", { class: "exercise-rating", role: "group", "aria-labelledby": name },
      make("p", { class: "exercise-lead", id: name },
        "Set beside the model answer, how good is yours?"));
    answers.RESULTS.forEach(function (result) {
      var id = name + "-" + result;
      self.rating.append(make("div", { class: "exercise-option" }, [
        make("input", { type: "radio", name: name, id: id, value: result }),
        make("label", { for: id }, JUDGED[result])
      ]));
    });
    this.rated = make("p", { role: "status", class: "exercise-status" });
    this.rating.append(make("div", { class: "exercise-foot" },
      [button("Keep my judgement", function () { self.judge(); }), this.rated]));
    this.rating.hidden = true;
    this.form.append(this.rating);
  };

  /* What is written is kept as it is written, if there is a place for it: with the judgement where
     there is one, or as a draft. */
  Exercise.prototype.keepDraft = function () {
    var self = this;
    this.text = new window.CoursewareDraft(this.field, this.draft.replace("draft:", ""), function () {
      var state = self.options.fresh ? null : answers.recall(self.id);
      var text = store.read(self.draft) || (state && state.answer);
      return typeof text === "string" ? text : "";
    }, function (text) {
      var state = self.root.dataset.result && answers.recall(self.id);
      var done;
      if (state) {
        state.answer = text;
        done = answers.keep(self.id, state);
      } else {
        done = store.write(self.draft, text);
      }
      if (!done) {
        self.tell(unkept());
      }
      return done;
    });
  };

  Exercise.prototype.compare = function (restored) {
    this.rating.hidden = false;
    this.show(true);
    this.solution(true);
    if (!restored) {
      this.tell("The model answer is open below: compare, then judge your own.");
    }
  };

  Exercise.prototype.choose = function (result) {
    all("input", this.rating).forEach(function (input) { input.checked = input.value === result; });
    this.root.dataset.result = result;
  };

  Exercise.prototype.judge = function () {
    var chosen = all("input", this.rating).filter(function (input) { return input.checked; })[0];
    var answer = this.given();
    if (!chosen || !answer) {
      say(this.rated, chosen ? "Write your answer first." : "Choose a judgement first.");
      return;
    }
    this.choose(chosen.value);
    this.tell("");
    store.remove(this.draft);
    say(this.rated, this.remember(chosen.value, answer, JUDGED[chosen.value] + "."));
    this.text.known = this.text.get();
  };

  /* ---- the page ---- */

  function chapterProgress(place) {
    var ids = place.dataset.exercises.split(" ");
    var line = place.querySelector(".exercise-tally");
    warn(place);
    function update() {
      var count = answers.tally(ids);
      line.textContent = count.right + " of " + ids.length + " right, " + count.missed +
        " to try again, " + count.open + " not tried.";
    }
    store.watch(update);
    update();
  }

  window.coursewareExercises = { Exercise: Exercise, TYPES: TYPES, warn: warn };
  all("[data-exercise]").forEach(function (root) {
    if (TYPES[root.dataset.kind]) {
      new Exercise(root);
    }
  });
  all(".exercise-progress").forEach(chapterProgress);
})();
