/* What is kept of the answers to exercises: one entry each, with its result and the day on which it
   comes back. It comes after store.js; nothing that is kept may break a page. */
(function () {
  "use strict";
  var store = window.coursewareStore;
  var RESULTS = ["right", "partly", "wrong"];
  var VERSION = 1;
  /* Days until an exercise comes back, by its box, from 1 (a Leitner scheme). */
  var GAPS = [0].concat(JSON.parse(document.currentScript.dataset.gaps));

  function dated(value) {
    return typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);
  }

  function sound(state) {
    return Boolean(state) && typeof state === "object" && RESULTS.indexOf(state.result) >= 0 &&
      (state.version === undefined || state.version === VERSION) &&
      Number.isInteger(state.box) && state.box >= 0 && state.box < GAPS.length &&
      dated(state.due) && dated(state.seen);
  }

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch (error) {
      return null;
    }
  }

  /* The entry, also where its answer fits the exercise no more; null if there is none to be read. */
  function entry(id) {
    var state = parsed(store.recall(id));
    return sound(state) ? state : null;
  }

  /* The entry that counts. */
  function recall(id) {
    var state = entry(id);
    return state && !state.unfit ? state : null;
  }

  /* What stands there and cannot be read: "newer" (a later edition wrote it), "broken", or "". */
  function trouble(id) {
    var text = store.recall(id);
    if (text === null || entry(id)) {
      return "";
    }
    var state = parsed(text);
    return state && state.version > VERSION ? "newer" : "broken";
  }

  function keep(id, state) {
    if (trouble(id)) {
      store.setAside(id);
    }
    return store.keep(id, state);
  }

  /* The next state after an answer: right and due, one box up; missed, back to the first box;
     right before it was due, practice that moves nothing. `row` counts right answers that moved it
     up, one after the other. */
  function after(state, result, answer) {
    var today = store.day();
    var next = { answer: answer, result: result, box: 1, due: store.day(GAPS[1]), seen: today, row: 0 };
    if (result === "right") {
      next.box = state ? state.box : 0;
      next.due = state ? state.due : today;
      next.row = state ? row(state) : 0;
      if (next.due <= today) {
        next.box = Math.min(next.box + 1, GAPS.length - 1);
        next.due = store.day(GAPS[next.box]);
        next.row += 1;
      }
    }
    return next;
  }

  /* How often it was right in a row; entries of before tell it by their box. */
  function row(state) {
    return Number.isInteger(state.row) ? state.row :
      state.result === "right" ? Math.max(1, state.box - 1) : 0;
  }

  /* Another exercise stood in for this one: its box and its day follow, its answer stays. */
  function follow(id, result) {
    var state = recall(id);
    var next = after(state, result, state.answer);
    next.result = state.result;
    return keep(id, next);
  }

  function isDue(state) {
    return Boolean(state) && state.due <= store.day();
  }

  function tally(ids) {
    var count = { right: 0, missed: 0, open: 0, due: 0 };
    ids.forEach(function (id) {
      var state = recall(id);
      count[!state ? "open" : state.result === "right" ? "right" : "missed"] += 1;
      count.due += isDue(state) ? 1 : 0;
    });
    return count;
  }

  window.coursewareAnswers = {
    RESULTS: RESULTS, sound: sound, entry: entry, recall: recall, trouble: trouble,
    keep: keep, after: after, row: row, follow: follow, isDue: isDue, tally: tally
  };
})();
