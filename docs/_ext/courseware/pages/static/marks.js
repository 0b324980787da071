/* How far one is, on every page: ticks in the list of pages and on the chapters' cards, the number due
   beside the page for review, and where to go on. It comes after answers.js and chapters.js, which
   names the exercises of each chapter. */
(function () {
  "use strict";
  var dom = window.coursewareDom;
  var answers = window.coursewareAnswers;
  var course = window.coursewareChapters;
  var root = new URL(document.documentElement.dataset.content_root || "./", location.href);
  var make = dom.make;

  /* The links to the page `name` in the list of pages and on cards, by address. */
  function linksTo(name) {
    var address = new URL(name, root).pathname;
    return dom.all("#site-navigation a.internal, .chapter-list a").filter(function (link) {
      return link.pathname === address && !link.hash;
    });
  }

  /* Put `words` into the room that a card has for them, or behind the link; `sort` says how they look. */
  function mark(link, sort, words) {
    var card = link.closest(".chapter-list > li");
    var place = card && card.querySelector("[data-chapter-state]") || link.parentNode;
    var found = place.querySelector(":scope > .progress-mark");
    if (!found && words) {
      found = make("span", { class: "progress-mark" });
      if (place === link.parentNode) {
        link.after(found);
      } else {
        place.append(found);
      }
    }
    if (found) {
      found.hidden = !words;
      found.dataset.mark = sort;
      found.textContent = words;
    }
  }

  /* Where to go on: the chapter answered in last, or the one after it where that is done. */
  function current(tallies) {
    var last = -1;
    var when = "";
    course.chapters.forEach(function (chapter, at) {
      chapter.exercises.forEach(function (id) {
        var state = answers.recall(id);
        if (state && state.seen >= when) {
          when = state.seen;
          last = at;
        }
      });
    });
    while (last >= 0 && last < tallies.length && !tallies[last].open) {
      last += 1;
    }
    return last;
  }

  /* The way in, beside the room `place`, leads to where one was; the room says how far that is. */
  function goOn(place, tallies, due) {
    var at = current(tallies);
    var link = place.parentNode.querySelector("a");
    var first = place.parentNode.querySelector(".door-first");
    var chapter = course.chapters[at];
    if (at < 0) {
      return;
    }
    if (chapter) {
      var total = chapter.exercises.length;
      link.href = new URL(chapter.page, root).href;
      link.textContent = "Continue with " + chapter.title;
      place.replaceChildren(total - tallies[at].open + " of " + dom.plural(total, "exercise") + " tried");
    } else {
      link.href = new URL(course.review || course.chapters[0].page, root).href;
      link.textContent = course.review ? "Go on with the review" : "Begin again";
      place.replaceChildren("You have tried every exercise of the course");
    }
    if (first) {
      first.hidden = true;
    }
    if (due && course.review) {
      place.append(" · ", make("a", { href: new URL(course.review, root).href },
        dom.plural(due, "exercise") + " due today"));
    }
  }

  function update() {
    var due = 0;
    var tallies = course.chapters.map(function (chapter) {
      var count = answers.tally(chapter.exercises);
      var total = chapter.exercises.length;
      due += count.due;
      var words = count.right === total ? "done" :
        count.open < total ? count.right + " of " + total + " right" : "";
      linksTo(chapter.page).forEach(function (link) {
        mark(link, count.right === total ? "done" : "begun", words);
      });
      return count;
    });
    if (course.review) {
      linksTo(course.review).forEach(function (link) {
        mark(link, "due", due ? due + " due" : "");
      });
    }
    dom.all("[data-continue]").forEach(function (place) { goOn(place, tallies, due); });
  }

  window.coursewareStore.watch(update);
  update();
})();
