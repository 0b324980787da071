/* Marks exercises in the page, keeps answers in this browser, and brings them back for review.
   A classic script without a framework: it runs from the file system and under script-src 'self'.
   Without it the exercises can be read, and every answer stands in a disclosure. */
(function () {
  "use strict";
  /* Where answers are kept (store.js). */
  var store = window.coursewareStore;
  var read = store.read;
  var write = store.write;
  var remove = store.remove;
  var keep = store.keep;
  var day = store.day;
  /* What is kept outside of exercises (kept.js), on the pages that tell of it. */
  var notes = window.coursewareKept;
  var FORMAT = "courseware-progress";
  var RESULTS = ["right", "partly", "wrong"];
  /* Days until an exercise comes back, by its box, from 1 (a Leitner scheme). */
  var GAPS = [0].concat(JSON.parse(document.currentScript.dataset.gaps));
  var SAID = {
    right: "Right.",
    partly: "Partly right.",
    wrong: "Not yet.",
    beside: "The feedback stands beside your answer.",
    unkept: "It is kept only until you leave this page: the browser's store is full or closed."
  };
  /* What readers say of their own answer to an open question. */
  var JUDGED = { right: "It holds up", partly: "It holds in part", wrong: "Not yet" };

  function all(selector, root) {
    return Array.prototype.slice.call((root || document).querySelectorAll(selector));
  }

  function make(name, attributes, children) {
    var made = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      made.setAttribute(key, attributes[key]);
    });
    [].concat(children || []).forEach(function (child) {
      made.append(child);
    });
    return made;
  }

  function button(text, act, type) {
    var made = make("button", { type: type || "button", class: "exercise-button" }, text);
    if (act) {
      made.addEventListener("click", act);
    }
    return made;
  }

  /* Say something in a status region. Words that stand there already are taken away for a moment,
     since a screen reader announces only what changes. */
  function say(place, text) {
    clearTimeout(place.saying);
    if (place.textContent !== text) {
      place.textContent = text;
      return;
    }
    place.textContent = "";
    place.saying = setTimeout(function () { place.textContent = text; }, 50);
  }

  /* Move the focus to words, so that reading goes on there. */
  function attend(place) {
    place.tabIndex = -1;
    place.focus();
  }

  function plural(count, one, many) {
    return count + " " + (count === 1 ? one : many || one + "s");
  }

  /* ---- days, as local dates written 2026-11-24 ---- */

  function spoken(date) {
    var parts = date.split("-").map(Number);
    var options = { day: "numeric", month: "long", year: "numeric" };
    return new Date(parts[0], parts[1] - 1, parts[2], 12).toLocaleDateString("en-GB", options);
  }

  /* ---- what is kept: one entry an exercise; nothing in it may break a page ---- */

  function dated(value) {
    return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
  }

  function sound(state) {
    return Boolean(state) && typeof state === "object" && RESULTS.indexOf(state.result) >= 0 &&
      Number.isInteger(state.box) && state.box >= 0 && state.box < GAPS.length &&
      dated(state.due) && dated(state.seen);
  }

  function parsed(text) {
    try {
      var state = JSON.parse(text);
      return sound(state) ? state : null;
    } catch (error) {
      return null;
    }
  }

  function recall(id) {
    return parsed(store.recall(id));
  }

  function kept() {
    return store.all(recall);
  }

  /* Tell beforehand where nothing can be kept. */
  function warn(place) {
    if (!store.able()) {
      place.prepend(make("p", { class: "exercise-unkept" }, "New answers cannot be kept in this " +
        "browser: its store is full or closed. They last only until you leave the page."));
    }
  }

  /* The next state after an answer: right and due, one box up; missed, back to the first box;
     right before it was due, practice that moves nothing. */
  function after(state, result, answer) {
    var box = state ? state.box : 0;
    var due = state ? state.due : day();
    if (result !== "right") {
      box = 1;
      due = day(GAPS[1]);
    } else if (due <= day()) {
      box = Math.min(box + 1, GAPS.length - 1);
      due = day(GAPS[box]);
    }
    return { answer: answer, result: result, box: box, due: due, seen: day() };
  }

  /* ---- marking: each returns a result, a sentence, and which feedback goes where ---- */

  function words(text) {
    var found = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
      .replace(/ß/g, "ss").replace(/[^\p{L}\p{N}_\s]/gu, " ").trim().split(/\s+/);
    if (found.length > 1 && /^(the|an?|el|la|los|las|una?)$/.test(found[0])) {
      found.shift();
    }
    return found.join(" ");
  }

  /* A number may have a decimal comma or commas between thousands: "1,250" is read both ways.
     Words may follow it, as a rule the unit; but "million" changes it, unless the unit says so. */
  function numbers(text, unit) {
    var bare = text.toLowerCase().replace(/[\u2212\u2013]/g, "-").replace(/[$€£%]/g, "").trim();
    if (unit && bare.endsWith(unit)) {
      bare = bare.slice(0, -unit.length);
    }
    bare = bare.replace(/^([-+]?)\s*(usd?|mxn?)?\s*/, "$1")
      .replace(/(\d)[\s'’](?=\d{3}(?!\d))/g, "$1")
      .replace(/([\d.,])\s+([\p{L}\s.]*)$/u, function (end, last, tail) {
        var scales = tail.match(/thousand|[mb]illion/g) || [];
        return scales.every(function (each) { return unit.includes(each); }) ? last : end;
      });
    var read = [];
    if (/^[-+]?(\d+\.?\d*|\.\d+)$/.test(bare)) {
      read.push(Number(bare));
    }
    if (/^[-+]?(\d+,\d*|,\d+)$/.test(bare)) {
      read.push(Number(bare.replace(",", ".")));
    }
    if (/^[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(bare)) {
      read.push(Number(bare.replace(/,/g, "")));
    }
    if (/^[-+]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/.test(bare)) {
      read.push(Number(bare.replace(/\./g, "").replace(",", ".")));
    }
    return read;
  }

  function near(read, target) {
    return read.some(function (value) {
      return Math.abs(value - target[0]) <= target[1] + 1e-9;
    });
  }

  function markOptions(key, chosen, parts) {
    var wrong = chosen.filter(function (value) { return key.right.indexOf(value) < 0; }).length;
    var missing = key.right.filter(function (value) { return chosen.indexOf(value) < 0; }).length;
    var notes = chosen.map(function (value) { return [value, value]; });
    if (!wrong && !missing) {
      return { result: "right", text: "", notes: notes };
    }
    if (!parts) {
      return { result: "wrong", text: "", notes: notes };
    }
    var said = [];
    if (wrong) {
      said.push(plural(wrong, "answer is wrong", "answers are wrong"));
    }
    if (missing) {
      said.push(plural(missing, "answer is missing", "answers are missing"));
    }
    var partly = wrong < chosen.length;
    var text = said.join(", ") + ".";
    return { result: partly ? "partly" : "wrong", text: text, notes: notes };
  }

  function markRows(key, answer, parts) {
    var ids = Object.keys(key.rows);
    var right = ids.filter(function (id) { return answer[id] === key.rows[id]; });
    var notes = ids.map(function (id) {
      var good = right.indexOf(id) >= 0;
      return [id, good ? null : "choice-" + answer[id], good ? "Right." : "Not yet.", id];
    });
    var result = right.length === ids.length ? "right" : right.length && parts ? "partly" : "wrong";
    var text = right.length + " of " + ids.length + " are right.";
    return { result: result, text: text, notes: notes };
  }

  function markField(key, read) {
    var hit = key.number ? near(read, key.number) : key.words.indexOf(read) >= 0;
    var name = "right";
    if (!hit) {
      name = "otherwise";
      key.expected.some(function (wrong, at) {
        var same = key.number ? near(read, wrong) : wrong === read;
        if (same) {
          name = String(at);
        }
        return same;
      });
    }
    return { result: hit ? "right" : "wrong", text: "", notes: [["answer", name]] };
  }

  /* How each type is answered and marked, by its name in the model (bank/model.py). A type that is
     missing here stays a form without a button, with its answer in the disclosure. */
  var TYPES = {
    "single-choice": { mark: markOptions },
    "multiple-response": { mark: markOptions },
    "true-false": { mark: markOptions },
    "numeric": { mark: markField, read: numbers },
    "short-answer": { mark: markField, read: words },
    "match": { mark: markRows },
    "order": { mark: markRows, once: true },
    "classify": { mark: markRows },
    "open": { judged: true }
  };

  /* ---- one exercise ---- */

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
    this.answer.hidden = true;
    var which = make("span", { class: "visually-hidden" },
      " for " + root.querySelector(".exercise-number").textContent);
    this.check = button([this.open ? "Compare with a model answer" : "Check answer", which], null,
      "submit");
    this.again = button(["Try again", which.cloneNode(true)], function () {
      self.clear();
      remove(self.draft);
      (self.field || self.selects[0] || self.inputs[0]).focus();
    });
    this.again.hidden = true;
    this.status.after(make("p", { class: "exercise-buttons" }, [this.check, this.again]));
    /* A verdict is about the answer that was given; it goes when the answer changes. */
    this.form.addEventListener("input", function () {
      if (!self.open && root.dataset.result) {
        self.clearNotes();
        delete root.dataset.result;
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
    this.draft = "draft:" + this.id;
    if (this.open) {
      this.addRating();
    }
    if (!this.options.fresh) {
      this.restore();
    }
  }

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
      return "Write a number in figures, such as 12.5.";
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
      this.clearNotes();
      delete this.root.dataset.result;
      var empty = this.selects.filter(function (select) { return !select.value; })[0];
      (this.field || empty || this.selects[0] || this.inputs[0]).focus();
      this.tell(lack);
    } else if (this.open) {
      this.compare();
    } else {
      var marked = this.mark(answer);
      this.show(marked);
      this.tell(this.remember(marked.result, answer, this.sentence(marked)));
    }
  };

  /* Keep the result; return what there is to say, with a word on what could not be kept. */
  Exercise.prototype.remember = function (result, answer, text) {
    var done = keep(this.id, after(recall(this.id), result, answer));
    document.dispatchEvent(new CustomEvent("exercise-marked", { detail: this.id }));
    return text + (done ? "" : " " + SAID.unkept);
  };

  Exercise.prototype.sentence = function (marked) {
    return [SAID[marked.result], marked.text, SAID.beside].filter(Boolean).join(" ");
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
    this.past = make("p", { class: "exercise-status" }, "Last time: " + text);
    this.status.after(this.past);
  };

  Exercise.prototype.show = function (marked) {
    var self = this;
    this.clearNotes();
    this.root.dataset.result = marked.result;
    marked.notes.forEach(function (note) { self.note(note); });
    this.answer.hidden = false;
    this.again.hidden = false;
  };

  /* Show feedback beside its input: `note` is [input, feedback, word, feedback to fall back on]. */
  Exercise.prototype.note = function (note) {
    var input = note[0] === "answer" ? this.field :
      this.inputs.filter(function (each) { return each.value === note[0]; })
        .concat(this.selects.filter(function (each) { return each.name === note[0]; }))[0];
    var item = this.feedback(note[1]) || (note[1] ? this.feedback(note[3]) : null);
    if (!input || !(item || note[2])) {
      return;
    }
    var made = make("span", { class: "exercise-note", id: input.id + "-note" });
    var word = note[2] || this.verdict(item);
    if (word) {
      made.append(word + " ");
    }
    if (item) {
      all(".exercise-said", item).forEach(function (said) {
        Array.prototype.forEach.call(said.childNodes, function (node) {
          made.append(node.cloneNode(true));
        });
      });
    }
    input.parentNode.append(made);
    input.setAttribute("data-described", input.getAttribute("aria-describedby") || "");
    input.setAttribute("aria-describedby",
      ((input.getAttribute("aria-describedby") || "") + " " + made.id).trim());
  };

  /* The word before the feedback on an option: where several may be chosen, the status cannot tell
     which of them is right. */
  Exercise.prototype.verdict = function (item) {
    if (item.dataset.verdict === "right") {
      return /^(right|yes)\b/i.test(item.querySelector(".exercise-said").textContent) ? "" : "Right.";
    }
    return this.parts ? "Not right." : "";
  };

  Exercise.prototype.feedback = function (name) {
    return name ? this.answer.querySelector('[data-for="' + name + '"]') : null;
  };

  Exercise.prototype.clearNotes = function () {
    all(".exercise-note", this.root).forEach(function (note) {
      note.remove();
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
    this.clearNotes();
    this.form.reset();
    this.tell("");
    delete this.root.dataset.result;
    this.again.hidden = true;
    this.answer.open = false;
    if (this.open) {
      this.rating.hidden = true;
      say(this.rated, "");
      this.answer.hidden = true;
    }
  };

  Exercise.prototype.restore = function () {
    var state = recall(this.id);
    var draft = this.open && read(this.draft);
    if (draft) {
      this.field.value = draft;
    }
    if (!state || draft) {
      return;
    }
    var answer = state.answer;
    if (this.selects.length && answer && typeof answer === "object") {
      this.selects.forEach(function (select) {
        select.value = typeof answer[select.name] === "string" ? answer[select.name] : "";
      });
    } else if (this.field && typeof answer === "string") {
      this.field.value = answer;
    } else if (Array.isArray(answer)) {
      this.inputs.forEach(function (input) { input.checked = answer.indexOf(input.value) >= 0; });
    }
    var given = this.given();
    if (this.lacks(given)) {
      this.form.reset();
    } else if (this.open) {
      this.compare(true);
      this.choose(state.result);
      this.tellPast(JUDGED[state.result] + ".");
    } else {
      var marked = this.mark(given);
      this.show(marked);
      this.tellPast(this.sentence(marked));
    }
  };

  /* ---- open questions: the reader compares and judges ---- */

  Exercise.prototype.addRating = function () {
    var self = this;
    var name = this.field.id + "-rating";
    this.rating = make("fieldset", { class: "exercise-rating" },
      make("legend", {}, "Set beside the model answer, how good is yours?"));
    RESULTS.forEach(function (result) {
      var id = name + "-" + result;
      self.rating.append(make("div", { class: "exercise-option" }, [
        make("input", { type: "radio", name: name, id: id, value: result }),
        make("label", { for: id }, JUDGED[result])
      ]));
    });
    this.rated = make("p", { role: "status", class: "exercise-status" });
    this.rating.append(button("Keep my judgement", function () { self.judge(); }), this.rated);
    this.rating.hidden = true;
    this.form.append(this.rating);
    /* What is written is kept as it is written, if there is a place for it. */
    this.field.addEventListener("input", function () {
      var state = self.root.dataset.result && recall(self.id);
      if (state) {
        state.answer = self.field.value;
        keep(self.id, state);
      } else if (!self.options.fresh) {
        write(self.draft, self.field.value);
      }
    });
  };

  Exercise.prototype.compare = function (restored) {
    this.answer.hidden = false;
    this.answer.open = true;
    this.rating.hidden = false;
    this.again.hidden = false;
    if (!restored) {
      this.tell("The model answer is open below. Compare, then judge your own answer.");
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
    remove(this.draft);
    say(this.rated, this.remember(chosen.value, answer,
      "Noted: you can come back to it in the review."));
  };

  /* ---- progress of a chapter, beside its exercises ---- */

  function tally(ids) {
    var count = { right: 0, missed: 0, open: 0 };
    ids.forEach(function (id) {
      var state = recall(id);
      count[!state ? "open" : state.result === "right" ? "right" : "missed"] += 1;
    });
    return count;
  }

  function inWords(ids) {
    var count = tally(ids);
    return count.right + " of " + ids.length + " right, " + count.missed +
      " to try again, " + count.open + " not tried.";
  }

  function chapterProgress(place) {
    var ids = place.dataset.exercises.split(" ");
    var line = make("p", { class: "exercise-tally" });
    place.prepend(line);
    warn(place);
    place.hidden = false;
    var update = function () { line.textContent = inWords(ids); };
    document.addEventListener("exercise-marked", update);
    window.addEventListener("pageshow", update);
    update();
  }

  /* ---- the page for progress ---- */

  function progressPage(place) {
    var chapters = JSON.parse(place.dataset.chapters);
    var status = make("p", { role: "status", class: "exercise-status" });
    var body = make("tbody");
    var head = make("tr", {}, ["Chapter", "Right", "To try again", "Not tried"].map(function (t) {
      return make("th", { scope: "col" }, t);
    }));
    var table = make("table", { class: "progress-table" }, [make("thead", {}, head), body]);
    var missed = make("ul");
    var again = make("div", {}, [make("p", {}, "To try again:"), missed]);
    function fill() {
      body.replaceChildren();
      missed.replaceChildren();
      chapters.forEach(function (chapter) {
        var count = tally(chapter.exercises.map(function (each) { return each[0]; }));
        body.append(make("tr", {}, [
          make("th", { scope: "row" }, make("a", { href: chapter.href }, chapter.title)),
          make("td", {}, String(count.right)),
          make("td", {}, String(count.missed)),
          make("td", {}, String(count.open))
        ]));
        chapter.exercises.forEach(function (each) {
          var state = recall(each[0]);
          if (state && state.result !== "right") {
            missed.append(make("li", {}, make("a", { href: chapter.href.split("#")[0] + each[1] },
              "Exercise " + each[2] + ". " + each[3])));
          }
        });
      });
      again.hidden = !missed.firstChild;
    }

    var input = make("input", { type: "file", accept: ".json,application/json", id: "progress-file" });
    var label = make("label", { for: "progress-file" }, "Import progress from a file");
    input.addEventListener("change", function () {
      var reader = new FileReader();
      reader.onload = function () { say(status, take(String(reader.result))); fill(); };
      reader.onerror = function () { say(status, "The file could not be read."); };
      if (input.files.length) {
        reader.readAsText(input.files[0]);
        input.value = "";
      }
    });
    var save = button("Export progress to a file", function () {
      var data = { format: FORMAT, version: 1, course: store.name, saved: day(), exercises: kept() };
      data.notes = notes ? notes.all() : {};
      var blob = new Blob([JSON.stringify(data, null, 1)], { type: "application/json" });
      var link = make("a", { href: URL.createObjectURL(blob), download: store.name + "-progress.json" });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
      var sorts = Object.keys(data.notes).map(function (id) { return id.split(":")[0]; });
      say(status, "Saved " + things(Object.keys(data.exercises).length, sorts) + " to " +
        link.download + ".");
    });
    var reset = button("Delete all progress", function () {
      if (window.confirm("Delete all answers and progress kept in this browser? " +
        "This cannot be undone.")) {
        say(status, store.clear() ? "All progress in this browser is deleted." :
          "The progress could not be deleted: the browser's store is closed.");
        fill();
      }
    });
    place.replaceChildren(table, again,
      make("div", { class: "exercise-buttons" }, [save, reset]),
      make("p", { class: "progress-import" }, [label, " ", input]), status);
    warn(place);
    window.addEventListener("pageshow", fill);
    fill();
  }

  /* So many answers, and so many of each of the other sorts, if there are some. */
  function things(answers, sorts) {
    var said = [plural(answers, "answer")];
    [["guess", "guesses"], ["rating", "ratings"]].forEach(function (names) {
      var count = sorts.filter(function (sort) { return sort === names[0]; }).length;
      if (count) {
        said.push(plural(count, names[0], names[1]));
      }
    });
    return said.join(", ").replace(/, ([^,]*)$/, " and $1");
  }

  /* Take over the answers of an exported file; say what was done. */
  function take(text) {
    var data;
    try {
      data = JSON.parse(text);
    } catch (error) {
      data = null;
    }
    if (!data || data.format !== FORMAT || data.version !== 1 || !data.exercises ||
      typeof data.exercises !== "object") {
      return "This is no file of saved progress; nothing was changed. " +
        "Choose a file that “Export progress” made.";
    }
    if (data.course !== store.name) {
      return "This file belongs to another course" +
        (typeof data.course === "string" ? " (" + data.course.slice(0, 60) + ")" : "") +
        "; nothing was changed.";
    }
    var count = { taken: 0, older: 0, bad: 0, full: 0 };
    var sorts = [];
    Object.keys(data.exercises).forEach(function (id) {
      var state = data.exercises[id];
      var mine = recall(id);
      if (!/^[a-z0-9-]{1,60}$/.test(id) || !sound(state)) {
        count.bad += 1;
      } else if (mine && mine.seen > state.seen) {
        count.older += 1;
      } else {
        count[keep(id, state) ? "taken" : "full"] += 1;
      }
    });
    if (notes) {
      var noted = notes.take(data.notes);
      ["older", "bad", "full"].forEach(function (name) { count[name] += noted[name]; });
      ["guess", "rating"].forEach(function (name) {
        sorts = sorts.concat(new Array(noted[name]).fill(name));
      });
    }
    return "Took over " + things(count.taken, sorts) + "." +
      (count.older ? " " + plural(count.older, "newer answer") + " here stayed." : "") +
      (count.bad ? " " + plural(count.bad, "entry", "entries") + " could not be read." : "") +
      (count.full ? " " + plural(count.full, "answer") + " did not fit into the store, and will " +
        "be gone when you leave this page." : "");
  }

  /* ---- the page for review ---- */

  function reviewPage(place) {
    var chapters = JSON.parse(place.dataset.chapters);
    var items = {};
    all("[data-exercise]", place).forEach(function (root) {
      root.hidden = true;
      if (TYPES[root.dataset.kind]) {
        items[root.dataset.exercise] = root;
      }
    });
    var order = [];
    chapters.forEach(function (chapter) {
      chapter.exercises.forEach(function (each) { order.push([each[0], chapter.topic]); });
    });
    order = order.filter(function (each) { return items[each[0]]; });

    var scope = make("select", { id: "review-scope" }, [
      make("option", { value: "begun" }, "what is due, and new exercises of chapters I have begun"),
      make("option", { value: "due" }, "only what is due"),
      make("option", { value: "all" }, "what is due, and new exercises of all chapters")
    ]);
    var status = make("p", { role: "status", class: "exercise-status" });
    var passed = {};
    var next = button("Next exercise", function () {
      passed[current.dataset.exercise] = true;
      step();
      attend(current ? current.querySelector(".exercise-title") : status);
    });
    var current = null;
    place.prepend(make("p", { class: "review-scope" },
      [make("label", { for: "review-scope" }, "Show "), scope]), status);
    place.append(make("p", { class: "exercise-buttons" }, next));
    warn(place);
    place.hidden = false;
    scope.addEventListener("change", step);

    function queue() {
      var begun = {};
      order.forEach(function (each) {
        if (recall(each[0])) {
          begun[each[1]] = true;
        }
      });
      var due = order.filter(function (each) {
        var state = recall(each[0]);
        return state && state.due <= day();
      }).sort(function (a, b) {
        var one = recall(a[0]).due;
        var two = recall(b[0]).due;
        return one < two ? -1 : one > two ? 1 : 0;
      });
      var fresh = order.filter(function (each) {
        return !recall(each[0]) &&
          (scope.value === "all" || (scope.value === "begun" && begun[each[1]]));
      });
      return { due: due, fresh: fresh };
    }

    function said(found) {
      if (found.due.length + found.fresh.length) {
        return plural(found.due.length, "exercise") + " due, " + found.fresh.length + " new.";
      }
      var later = order.map(function (each) { return recall(each[0]); })
        .filter(Boolean).map(function (state) { return state.due; }).sort();
      return later.length ? "Nothing is due today. The next exercise comes back on " +
        spoken(later[0]) + "." : "Nothing to review yet: do the exercises of a chapter first, " +
        "or choose new exercises of all chapters.";
    }

    function step() {
      var found = queue();
      var either = found.due.concat(found.fresh);
      var waiting = either.filter(function (each) { return !passed[each[0]]; });
      if (!waiting.length) {
        passed = {};
        waiting = either;
      }
      say(status, said(found));
      if (current) {
        current.hidden = true;
      }
      current = waiting.length ? items[waiting[0][0]] : null;
      next.hidden = !current;
      if (current) {
        var exercise = exercises[current.dataset.exercise];
        current.hidden = false;
        exercise.clear();
        exercise.answer.hidden = true;
      }
    }
    var exercises = {};
    Object.keys(items).forEach(function (id) {
      exercises[id] = new Exercise(items[id], { fresh: true });
    });
    document.addEventListener("exercise-marked", function () {
      var state = current && recall(current.dataset.exercise);
      if (state) {
        say(status, "It comes back on " + spoken(state.due) + ". " + said(queue()));
      }
    });
    step();
  }

  /* ---- the index of all exercises: a filter ---- */

  function indexPage(lists) {
    var items = [];
    lists.forEach(function (list) {
      var chapter = list.closest("section");
      all("li", list).forEach(function (item) {
        var facts = { chapter: chapter.querySelector("h2, h3").firstChild.textContent };
        item.classList.forEach(function (name) {
          var at = name.indexOf("-");
          facts[name.slice(0, at)] = name.slice(at + 1);
        });
        facts.text = item.querySelector(".exercise-outcome").textContent.replace(/^Outcome: /, "");
        facts.label = item.querySelector(".exercise-facts").textContent.split(" · ")[0];
        items.push({ item: item, facts: facts, section: chapter });
      });
    });
    var form = make("fieldset", { class: "exercise-filter" }, make("legend", {}, "Show exercises"));
    var status = make("p", { role: "status" });
    var selects = [["chapter", "Chapter", "chapter"], ["type", "Type", "label"],
      ["level", "Level", "level"], ["outcome", "Outcome", "text"]].map(function (each) {
      var id = "filter-" + each[0];
      var select = make("select", { id: id, name: each[0] }, make("option", { value: "" }, "all"));
      var known = {};
      items.forEach(function (entry) {
        var value = entry.facts[each[0]];
        if (!known[value]) {
          known[value] = true;
          select.append(make("option", { value: value }, entry.facts[each[2]]));
        }
      });
      select.addEventListener("change", update);
      form.append(make("div", { class: "exercise-field" },
        [make("label", { for: id }, each[1]), select]));
      return select;
    });
    form.append(status);
    function update() {
      var shown = 0;
      items.forEach(function (entry) {
        entry.item.hidden = selects.some(function (select) {
          return select.value && select.value !== entry.facts[select.name];
        });
        shown += entry.item.hidden ? 0 : 1;
      });
      lists.forEach(function (list) {
        list.closest("section").hidden = all("li", list).every(function (li) { return li.hidden; });
      });
      say(status, "Showing " + shown + " of " + items.length + " exercises.");
    }
    var first = lists[0].closest("section");
    first.parentNode.insertBefore(form, first);
    window.addEventListener("pageshow", update);
    update();
  }

  all(".review-page").forEach(reviewPage);
  all("[data-exercise]").forEach(function (root) {
    if (!root.closest(".review-page") && TYPES[root.dataset.kind]) {
      new Exercise(root);
    }
  });
  all(".exercise-progress").forEach(chapterProgress);
  all(".progress-page").forEach(progressPage);
  var lists = all(".exercise-list");
  if (lists.length) {
    indexPage(lists);
  }
})();
