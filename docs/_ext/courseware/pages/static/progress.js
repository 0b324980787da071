/* The page for progress: how far each chapter is, what to try again, and progress as a file. It comes
   after answers.js, and after kept.js, whose guesses and ratings go into the file too. */
(function () {
  "use strict";
  var store = window.coursewareStore;
  var dom = window.coursewareDom;
  var answers = window.coursewareAnswers;
  var notes = window.coursewareKept;
  var make = dom.make;
  var say = dom.say;
  var plural = dom.plural;
  var FORMAT = "courseware-progress";
  var VERSION = 1;
  var ID = /^[a-z0-9-]{1,60}$/;
  /* Texts of open answers that are not judged yet, and second versions of texts. */
  var TEXT = /^(draft|other):[a-z0-9:-]{1,140}$/;
  var LONGEST = 20000;

  /* So many answers, and so many of each of the other sorts, if there are some. */
  function things(count, sorts) {
    var said = [plural(count, "answer")];
    [["guess", "guesses"], ["rating", "ratings"], ["draft", "drafts"]].forEach(function (names) {
      var found = sorts.filter(function (sort) { return sort === names[0]; }).length;
      if (found) {
        said.push(plural(found, names[0], names[1]));
      }
    });
    return said.join(", ").replace(/, ([^,]*)$/, " and $1");
  }

  function texts() {
    var found = {};
    store.keys().filter(function (key) { return TEXT.test(key); })
      .forEach(function (key) { found[key] = store.read(key); });
    return found;
  }

  /* Whether `answer` can be one to an exercise of the shape `shape`: what there is to choose from
     (a list), what to choose for each row (an object), or nothing, where one writes. */
  function fits(answer, shape) {
    if (Array.isArray(shape)) {
      return Array.isArray(answer) && answer.length > 0 &&
        answer.every(function (each) { return shape.indexOf(each) >= 0; });
    }
    if (shape) {
      return Boolean(answer) && typeof answer === "object" && shape.rows.every(function (row) {
        return shape.choices.indexOf(answer[row]) >= 0;
      });
    }
    return typeof answer === "string" && answer.trim() !== "";
  }

  function Progress(place) {
    var self = this;
    this.place = place;
    this.chapters = JSON.parse(place.dataset.chapters);
    this.shapes = {};
    this.chapters.forEach(function (chapter) {
      chapter.exercises.forEach(function (each) { self.shapes[each[0]] = each[5]; });
    });
    this.status = place.querySelector("[role=status]");
    this.rows = dom.all("tbody tr", place);
    this.again = place.querySelector(".progress-again");
    this.unread = place.querySelector(".progress-unread");
    var buttons = place.querySelectorAll("button");
    buttons[0].addEventListener("click", function () { self.save(); });
    buttons[1].addEventListener("click", function () { self.reset(); });
    var input = place.querySelector("input");
    input.addEventListener("change", function () {
      var reader = new FileReader();
      reader.onload = function () { say(self.status, self.take(String(reader.result))); };
      reader.onerror = function () { say(self.status, "The file could not be read."); };
      if (input.files.length) {
        reader.readAsText(input.files[0]);
        input.value = "";
      }
    });
    var trouble = store.trouble();
    if (trouble) {
      place.prepend(make("p", { class: "exercise-unkept" }, "New answers cannot be kept: " + trouble +
        ". They last only until you leave this page."));
    }
    store.watch(function () {
      if (!self.busy) {
        self.fill();
      }
    });
    this.fill();
  }

  Progress.prototype.fill = function () {
    var missed = [];
    var self = this;
    this.chapters.forEach(function (chapter, at) {
      var ids = chapter.exercises.map(function (each) { return each[0]; });
      var count = answers.tally(ids);
      var cells = self.rows[at].querySelectorAll("td");
      [count.right, count.missed, count.open, count.due].forEach(function (number, column) {
        cells[column].textContent = String(number);
      });
      var bar = self.rows[at].querySelector("meter");
      bar.value = count.right;
      chapter.exercises.forEach(function (each) {
        var state = answers.recall(each[0]);
        if (state && state.result !== "right") {
          missed.push(make("li", {}, make("a", { href: chapter.href.split("#")[0] + each[1] },
            "Exercise " + each[2] + ". " + each[3])));
        }
      });
    });
    this.again.querySelector("summary").textContent = "To try again: " +
      plural(missed.length, "exercise");
    this.again.querySelector("ul").replaceChildren.apply(this.again.querySelector("ul"), missed);
    this.tellUnread();
  };

  /* What is kept and does not count, so that nobody misses it without a word. */
  Progress.prototype.tellUnread = function () {
    var self = this;
    var count = { newer: 0, broken: 0, unfit: 0, gone: 0 };
    store.keys().forEach(function (id) {
      if (!ID.test(id)) {
        count.broken += notes.unread(id) ? 1 : 0;
        return;
      }
      var trouble = answers.trouble(id);
      if (trouble) {
        count[trouble] += 1;
      } else if (!(id in self.shapes)) {
        count.gone += 1;
      } else if (answers.entry(id).unfit) {
        count.unfit += 1;
      }
    });
    function each(number, what) {
      return number ? [plural(number, "entry", "entries") + " " + what] : [];
    }
    var said = each(count.newer, "from a newer edition of the course")
      .concat(each(count.broken, "that cannot be read"))
      .concat(each(count.unfit, "whose exercise has other words now"))
      .concat(each(count.gone, "of exercises that this edition does not have"));
    this.unread.textContent = said.length ? "Kept in this browser, but not counted: " +
      said.join(", ") + ". They go into the exported file as they are." : "";
  };

  Progress.prototype.save = function () {
    var exercises = store.all(function (id) { return ID.test(id) ? answers.entry(id) : null; });
    var unread = store.all(function (id) {
      return (ID.test(id) && answers.trouble(id)) || id.indexOf("aside:") === 0 ||
        notes.unread(id) ? store.recall(id) : null;
    });
    var data = {
      format: FORMAT, version: VERSION, course: store.name, saved: store.day(),
      exercises: exercises, notes: notes.all(), texts: texts(), unread: unread
    };
    var blob = new Blob([JSON.stringify(data, null, 1)], { type: "application/json" });
    var link = make("a", { href: URL.createObjectURL(blob), download: store.name + "-progress.json" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
    var sorts = Object.keys(data.notes).concat(Object.keys(data.texts))
      .map(function (id) { return id.split(":")[0]; });
    say(this.status, "Saved " + things(Object.keys(exercises).length, sorts) + " to " +
      link.download + ".");
  };

  Progress.prototype.reset = function () {
    if (window.confirm("Delete all answers and progress kept in this browser? " +
      "This cannot be undone.")) {
      say(this.status, store.clear() ? "All progress in this browser is deleted." :
        "The progress could not be deleted: the browser lets this page keep nothing.");
    }
  };

  /* Take over an exported file; say what was done, and what was not and why. */
  Progress.prototype.take = function (text) {
    var data;
    try {
      data = JSON.parse(text);
    } catch (error) {
      data = null;
    }
    if (data && data.format === FORMAT && Number.isInteger(data.version) && data.version > VERSION) {
      return "This file comes from a newer edition of the course, which this page cannot read; " +
        "nothing was changed. Import it there, or load this page again to get the newest edition.";
    }
    if (!data || data.format !== FORMAT || data.version !== VERSION || !data.exercises ||
      typeof data.exercises !== "object") {
      return "This is no file of saved progress; nothing was changed. " +
        "Choose a file that “Export progress” made.";
    }
    if (data.course !== store.name) {
      return "This file belongs to another course" +
        (typeof data.course === "string" ? " (" + data.course.slice(0, 60) + ")" : "") +
        "; nothing was changed.";
    }
    this.busy = true;
    var said = this.takeAll(data);
    this.busy = false;
    this.fill();
    return said;
  };

  Progress.prototype.takeAll = function (data) {
    var self = this;
    var count = { taken: 0, older: 0, bad: 0, full: 0, unfit: 0, gone: 0 };
    var sorts = [];
    Object.keys(data.exercises).forEach(function (id) {
      var state = data.exercises[id];
      var mine = answers.entry(id);
      if (!ID.test(id) || !answers.sound(state)) {
        count.bad += 1;
        return;
      }
      if (mine && mine.seen > state.seen) {
        count.older += 1;
        return;
      }
      var known = Object.prototype.hasOwnProperty.call(self.shapes, id);
      var unfit = known && !fits(state.answer, self.shapes[id]);
      if (unfit) {
        state.unfit = true;
      }
      if (!answers.keep(id, state)) {
        count.full += 1;
      } else {
        count.taken += 1;
        count.unfit += unfit ? 1 : 0;
        count.gone += known ? 0 : 1;
      }
    });
    var noted = notes.take(data.notes);
    ["older", "bad", "full"].forEach(function (name) { count[name] += noted[name]; });
    ["guess", "rating"].forEach(function (name) {
      sorts = sorts.concat(new Array(noted[name]).fill(name));
    });
    sorts = sorts.concat(this.takeTexts(data.texts, TEXT, count));
    this.takeTexts(data.unread, /^(aside:)?[a-z0-9:-]{1,140}$/, count);
    return "Took over " + things(count.taken, sorts) + "." +
      (count.older ? " " + plural(count.older, "newer answer") + " here stayed." : "") +
      (count.unfit ? " " + plural(count.unfit, "answer fits its", "answers fit their") +
        " exercise no more, whose words have changed: kept, but not counted." : "") +
      (count.gone ? " " + plural(count.gone, "answer belongs", "answers belong") +
        " to no exercise of this edition: kept, but not counted." : "") +
      (count.bad ? " " + plural(count.bad, "entry", "entries") + " could not be read." : "") +
      (count.full ? " " + plural(count.full, "answer") + " did not fit into the store, and will " +
        "be gone when you leave this page." : "");
  };

  /* Take over texts as they are, where there is none yet; of a draft that is another here, both stay. */
  Progress.prototype.takeTexts = function (found, allowed, count) {
    var taken = [];
    Object.keys(found && typeof found === "object" ? found : {}).forEach(function (key) {
      var text = found[key];
      if (!allowed.test(key) || typeof text !== "string" || text.length > LONGEST) {
        count.bad += 1;
        return;
      }
      var mine = store.read(key);
      var place = mine === null || mine === text ? key :
        key.indexOf("draft:") === 0 ? key.replace("draft:", "other:") : null;
      if (place && (place === key || store.read(place) === null)) {
        if (store.write(place, text)) {
          taken.push(place.split(":")[0]);
        } else {
          count.full += 1;
        }
      }
    });
    return taken;
  };

  dom.all(".progress-page").forEach(function (place) { new Progress(place); });
})();
