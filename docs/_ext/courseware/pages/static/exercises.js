/* Marks exercises in the page, keeps answers in this browser, and brings them back for review.
   A classic script without a framework: it runs from the file system and under script-src 'self'.
   Without it the exercises can be read, and every answer stands in a disclosure. */
(function () {
  "use strict";
  var store = (document.currentScript && document.currentScript.dataset.store) || "course";
  var PREFIX = store + ":";
  var FORMAT = "courseware-progress";
  var RESULTS = ["right", "partly", "wrong"];
  /* Days until an exercise comes back, by its box (a Leitner scheme with five boxes). */
  var GAPS = [0, 1, 3, 7, 16, 35];
  var SAID = {
    right: "Right.",
    partly: "Partly right.",
    wrong: "Not yet.",
    kept: "This answer could not be kept: the browser's store is full or closed."
  };

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

  function plural(count, one, many) {
    return count + " " + (count === 1 ? one : many || one + "s");
  }

  /* ---- days, as local dates written 2026-11-24 ---- */

  function day(offset) {
    var now = new Date();
    var then = new Date(now.getFullYear(), now.getMonth(), now.getDate() + (offset || 0), 12);
    var two = function (n) { return (n < 10 ? "0" : "") + n; };
    return then.getFullYear() + "-" + two(then.getMonth() + 1) + "-" + two(then.getDate());
  }

  function spoken(date) {
    var parts = date.split("-").map(Number);
    var options = { day: "numeric", month: "long", year: "numeric" };
    return new Date(parts[0], parts[1] - 1, parts[2], 12).toLocaleDateString("en-GB", options);
  }

  /* ---- what is kept: one entry an exercise; nothing in it may break a page ---- */

  function sound(state) {
    return Boolean(state) && typeof state === "object" && RESULTS.indexOf(state.result) >= 0 &&
      Number.isInteger(state.box) && state.box >= 0 && state.box < GAPS.length &&
      /^\d{4}-\d\d-\d\d$/.test(state.due) && /^\d{4}-\d\d-\d\d$/.test(state.seen);
  }

  function recall(id) {
    try {
      var state = JSON.parse(localStorage.getItem(PREFIX + id));
      return sound(state) ? state : null;
    } catch (error) {
      return null;
    }
  }

  function keep(id, state) {
    try {
      localStorage.setItem(PREFIX + id, JSON.stringify(state));
      return true;
    } catch (error) {
      return false;
    }
  }

  function kept() {
    var found = {};
    try {
      Object.keys(localStorage).forEach(function (key) {
        var id = key.slice(PREFIX.length);
        var state = key.slice(0, PREFIX.length) === PREFIX ? recall(id) : null;
        if (state) {
          found[id] = state;
        }
      });
    } catch (error) {
      return {};
    }
    return found;
  }

  function forget() {
    try {
      Object.keys(localStorage).forEach(function (key) {
        if (key.slice(0, PREFIX.length) === PREFIX) {
          localStorage.removeItem(key);
        }
      });
    } catch (error) {
      return;
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

  /* A number may have a decimal comma or commas between thousands: "1,250" is read both ways. */
  function numbers(text) {
    var bare = text.replace(/[\u2212\u2013]/g, "-").replace(/[\s\u00a0\u202f'’$€%]/g, "")
      .replace(/[A-Za-z]+\.?$/, "").replace(/^(US|USD)/, "");
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

  function markOptions(key, chosen, many) {
    var wrong = chosen.filter(function (value) { return key.right.indexOf(value) < 0; }).length;
    var missing = key.right.filter(function (value) { return chosen.indexOf(value) < 0; }).length;
    var notes = chosen.map(function (value) { return [value, value]; });
    if (!wrong && !missing) {
      return { result: "right", text: "", notes: notes };
    }
    if (!many) {
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

  function markRows(key, answer) {
    var ids = Object.keys(key.rows);
    var right = ids.filter(function (id) { return answer[id] === key.rows[id]; });
    var notes = ids.map(function (id) {
      var good = right.indexOf(id) >= 0;
      return [id, good ? null : "choice-" + answer[id], good ? "Right." : "Not yet.", id];
    });
    var result = right.length === ids.length ? "right" : right.length ? "partly" : "wrong";
    var text = right.length + " of " + ids.length + " are right.";
    return { result: result, text: text, notes: notes };
  }

  function markField(key, text) {
    var read = key.number ? numbers(text) : words(text);
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

  /* ---- one exercise ---- */

  function Exercise(root, options) {
    var self = this;
    this.root = root;
    this.id = root.dataset.exercise;
    this.key = JSON.parse(root.dataset.key);
    this.kind = root.dataset.kind;
    this.options = options || {};
    this.form = root.querySelector("form");
    this.status = root.querySelector(".exercise-status");
    this.answer = root.querySelector(".exercise-answer");
    this.inputs = all("fieldset input", root);
    this.selects = all("fieldset select", root);
    this.field = root.querySelector(".exercise-field :is(input, textarea)");
    this.open = this.kind === "open";
    this.answer.hidden = true;
    this.check = button(this.open ? "Compare with a model answer" : "Check answer", null, "submit");
    this.again = button("Try again", function () { self.clear(); });
    this.again.hidden = true;
    this.form.insertBefore(make("p", { class: "exercise-buttons" }, [this.check, this.again]),
      this.status);
    this.form.addEventListener("submit", function (event) {
      event.preventDefault();
      self.submit();
    });
    if (this.open) {
      this.addRating();
      this.field.addEventListener("change", function () { self.draft(); });
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

  /* What is missing before an answer can be marked, in words; empty if nothing is. */
  Exercise.prototype.lacks = function (answer) {
    if (this.selects.length) {
      var empty = this.selects.filter(function (select) { return !select.value; });
      if (empty.length) {
        empty[0].focus();
        return "Choose for every line first: " + plural(empty.length, "line is", "lines are") +
          " open.";
      }
    } else if (this.key.number && answer && !numbers(answer).length) {
      return "Write a number, such as 12.5.";
    } else if (!answer.length) {
      return this.field ? "Write your answer first." : "Choose an answer first.";
    }
    return "";
  };

  Exercise.prototype.mark = function (answer) {
    if (this.selects.length) {
      return markRows(this.key, answer);
    }
    return this.field ? markField(this.key, answer) : markOptions(this.key, answer, this.kind === "multiple-response");
  };

  Exercise.prototype.submit = function () {
    var answer = this.given();
    var lack = this.lacks(answer);
    if (lack) {
      this.status.textContent = lack;
      return;
    }
    if (this.open) {
      this.compare();
      return;
    }
    var marked = this.mark(answer);
    this.show(marked);
    this.remember(marked.result, answer);
  };

  Exercise.prototype.remember = function (result, answer) {
    if (!keep(this.id, after(recall(this.id), result, answer))) {
      this.status.append(" " + SAID.kept);
    }
    document.dispatchEvent(new CustomEvent("exercise-marked", { detail: this.id }));
  };

  Exercise.prototype.show = function (marked) {
    var self = this;
    this.clearNotes();
    this.root.dataset.result = marked.result;
    this.status.textContent = SAID[marked.result] + (marked.text ? " " + marked.text : "");
    marked.notes.forEach(function (note) { self.note(note); });
    this.answer.hidden = false;
    this.again.hidden = false;
  };

  /* Show feedback beside its input: `note` is [input, feedback, word, feedback to fall back on]. */
  Exercise.prototype.note = function (note) {
    var input = note[0] === "answer" ? this.field : this.inputs.concat(this.selects)
      .filter(function (each) { return (each.tagName === "SELECT" ? each.name : each.value) === note[0]; })[0];
    var item = this.feedback(note[1]) || (note[1] ? this.feedback(note[3]) : null);
    if (!input || !(item || note[2])) {
      return;
    }
    var made = make("span", { class: "exercise-note", id: input.id + "-note" });
    if (note[2]) {
      made.append(note[2] + " ");
    } else if (item.dataset.verdict === "right" && this.inputs.length) {
      made.append("Right. ".slice(0, /^right\b/i.test(item.querySelector(".exercise-said").textContent) ? 0 : 7));
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
    input.parentNode.classList.add("has-note");
  };

  Exercise.prototype.feedback = function (name) {
    return name ? this.answer.querySelector('[data-for="' + name + '"]') : null;
  };

  Exercise.prototype.clearNotes = function () {
    all(".exercise-note", this.root).forEach(function (note) {
      note.parentNode.classList.remove("has-note");
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
    this.status.textContent = "";
    delete this.root.dataset.result;
    this.again.hidden = true;
    if (this.open) {
      this.rating.hidden = true;
      this.answer.open = false;
      this.answer.hidden = true;
    }
    (this.field || this.selects[0] || this.inputs[0]).focus();
  };

  Exercise.prototype.restore = function () {
    var state = recall(this.id);
    if (!state) {
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
    var empty = this.selects.length ? this.selects.some(function (s) { return !s.value; })
      : !given.length;
    if (empty || (this.key.number && !numbers(given).length)) {
      this.form.reset();
    } else if (this.open) {
      this.compare();
      this.rate(state.result, true);
    } else {
      this.show(this.mark(given));
    }
  };

  /* ---- open questions: the reader compares and judges ---- */

  Exercise.prototype.addRating = function () {
    var self = this;
    var name = this.field.id + "-rating";
    this.rating = make("fieldset", { class: "exercise-rating" },
      make("legend", {}, "Set beside the model answer, how good is yours?"));
    [["right", "It holds up"], ["partly", "It holds in part"], ["wrong", "Not yet"]]
      .forEach(function (choice) {
        var id = name + "-" + choice[0];
        var input = make("input", { type: "radio", name: name, id: id, value: choice[0] });
        input.addEventListener("change", function () { self.rate(choice[0]); });
        self.rating.append(make("div", { class: "exercise-option" },
          [input, make("label", { for: id }, choice[1])]));
      });
    this.rating.hidden = true;
    this.form.append(this.rating);
  };

  Exercise.prototype.compare = function () {
    this.answer.hidden = false;
    this.answer.open = true;
    this.rating.hidden = false;
    this.again.hidden = false;
    this.status.textContent = "The model answer is open below. Compare, then judge your own answer.";
  };

  Exercise.prototype.rate = function (result, restored) {
    all("input", this.rating).forEach(function (input) { input.checked = input.value === result; });
    this.root.dataset.result = result;
    if (!restored) {
      this.status.textContent = "Noted: you can come back to it in the review.";
      this.remember(result, this.field.value.trim());
    }
  };

  /* An answer at length is kept while it is being written, once there is a judgement to keep. */
  Exercise.prototype.draft = function () {
    var state = recall(this.id);
    if (state) {
      state.answer = this.field.value.trim();
      keep(this.id, state);
    }
  };

  /* ---- progress of a chapter, beside its exercises ---- */

  function tally(ids) {
    var count = { right: 0, missed: 0, open: 0, due: 0 };
    ids.forEach(function (id) {
      var state = recall(id);
      count[!state ? "open" : state.result === "right" ? "right" : "missed"] += 1;
      count.due += state && state.due <= day() ? 1 : 0;
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
    place.hidden = false;
    var update = function () { line.textContent = inWords(ids); };
    document.addEventListener("exercise-marked", update);
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
    function fill() {
      body.replaceChildren();
      chapters.forEach(function (chapter) {
        var count = tally(chapter.exercises.map(function (each) { return each[0]; }));
        body.append(make("tr", {}, [
          make("th", { scope: "row" }, make("a", { href: chapter.href }, chapter.title)),
          make("td", {}, String(count.right)),
          make("td", {}, String(count.missed)),
          make("td", {}, String(count.open))
        ]));
      });
    }

    var input = make("input", { type: "file", accept: ".json,application/json", id: "progress-file" });
    var label = make("label", { for: "progress-file" }, "Import progress from a file");
    input.addEventListener("change", function () {
      if (input.files.length) {
        read(input.files[0]);
      }
    });
    function read(file) {
      var reader = new FileReader();
      reader.onload = function () { status.textContent = take(String(reader.result)); fill(); };
      reader.onerror = function () { status.textContent = "The file could not be read."; };
      reader.readAsText(file);
      input.value = "";
    }
    var save = button("Export progress to a file", function () {
      var data = { format: FORMAT, version: 1, course: store, saved: day(), exercises: kept() };
      var blob = new Blob([JSON.stringify(data, null, 1)], { type: "application/json" });
      var link = make("a", { href: URL.createObjectURL(blob), download: store + "-progress.json" });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
      status.textContent = "Saved " + plural(Object.keys(data.exercises).length, "answer") +
        " to " + link.download + ".";
    });
    var reset = button("Delete all progress", function () {
      if (window.confirm("Delete all answers and progress kept in this browser? This cannot be undone.")) {
        forget();
        fill();
        status.textContent = "All progress in this browser is deleted.";
      }
    });
    place.replaceChildren(table,
      make("div", { class: "exercise-buttons" }, [save, reset]),
      make("p", { class: "progress-import" }, [label, " ", input]), status);
    fill();
  }

  /* Take over the answers of an exported file; say what was done. */
  function take(text) {
    var data;
    try {
      data = JSON.parse(text);
    } catch (error) {
      data = null;
    }
    if (!data || data.format !== FORMAT || !data.exercises || typeof data.exercises !== "object") {
      return "This is no file of saved progress; nothing was changed. " +
        "Choose a file that “Export progress” made.";
    }
    if (data.course !== store) {
      return "This file belongs to another course (" + String(data.course).slice(0, 60) +
        "); nothing was changed.";
    }
    var count = { taken: 0, older: 0, bad: 0, full: 0 };
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
    return "Took over " + plural(count.taken, "answer") + "." +
      (count.older ? " " + plural(count.older, "answer") + " here is newer and was left." : "") +
      (count.bad ? " " + plural(count.bad, "entry", "entries") + " could not be read." : "") +
      (count.full ? " " + plural(count.full, "answer") + " did not fit into the store." : "");
  }

  /* ---- the page for review ---- */

  function reviewPage(place) {
    var chapters = JSON.parse(place.dataset.chapters);
    var items = {};
    all("[data-exercise]", place).forEach(function (root) {
      items[root.dataset.exercise] = root;
      root.hidden = true;
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
    var next = button("Next exercise", function () { step(); });
    var current = null;
    place.prepend(make("p", { class: "review-scope" },
      [make("label", { for: "review-scope" }, "Show "), scope]), status);
    place.append(make("p", { class: "exercise-buttons" }, next));
    place.hidden = false;
    scope.addEventListener("change", function () { step(); });

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
        return !recall(each[0]) && (scope.value === "all" || (scope.value === "begun" && begun[each[1]]));
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

    function step(quiet) {
      var found = queue();
      var waiting = found.due.concat(found.fresh);
      status.textContent = said(found);
      if (current) {
        current.hidden = true;
      }
      current = waiting.length ? items[waiting[0][0]] : null;
      next.hidden = true;
      if (current) {
        current.hidden = false;
        var exercise = exercises[current.dataset.exercise];
        exercise.clear();
        exercise.answer.hidden = true;
        if (quiet) {
          document.activeElement.blur();
        }
      }
    }
    var exercises = {};
    Object.keys(items).forEach(function (id) {
      exercises[id] = new Exercise(items[id], { fresh: true });
    });
    document.addEventListener("exercise-marked", function () {
      next.hidden = false;
      var state = current && recall(current.dataset.exercise);
      if (state) {
        status.textContent = "It comes back on " + spoken(state.due) + ". " + said(queue());
      }
    });
    step(true);
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
        list.closest("section").hidden = !all("li", list).some(function (item) { return !item.hidden; });
      });
      status.textContent = "Showing " + shown + " of " + items.length + " exercises.";
    }
    var first = lists[0].closest("section");
    first.parentNode.insertBefore(form, first);
    update();
  }

  all(".review-page").forEach(reviewPage);
  all("[data-exercise]").forEach(function (root) {
    if (!root.closest(".review-page")) {
      return new Exercise(root);
    }
  });
  all(".exercise-progress").forEach(chapterProgress);
  all(".progress-page").forEach(progressPage);
  var lists = all(".exercise-list");
  if (lists.length) {
    indexPage(lists);
  }
})();
