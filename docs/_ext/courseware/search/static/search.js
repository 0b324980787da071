/* Answers as one types, in the panel of every page and on the search page.
   The index comes as a script (index.py says how it is made), so that this works from a disk too.
   A classic script: it runs under script-src 'self'. */
(function () {
  "use strict";
  var FORMAT = 1;
  var data = window.coursewareSearch;
  var root = new URL(document.currentScript.dataset.root, location.href);

  /* ---- words: the index brings the rules by which they are compared ---- */

  function ruled(rules) {
    var made = rules.map(function (rule) { return [new RegExp(rule[0], "g"), rule[1]]; });
    return function (word) {
      made.forEach(function (rule) { word = word.replace(rule[0], rule[1]); });
      return word;
    };
  }

  function remembered(make) {
    var known = new Map();
    return function (word) {
      if (!known.has(word)) { known.set(word, make(word)); }
      return known.get(word);
    };
  }

  function wordsIn(text) { return Array.from(text.matchAll(WORD)); }

  /* ---- reading the index ---- */

  function unpack(packed) {
    var letters = packed.letters;
    var borders = packed.borders;
    var tokens = packed.short.slice();
    var isWord = tokens.map(function (token) { return /^[\p{L}\p{N}]/u.test(token); });
    var before = "";
    for (var at = 0; at < packed.words.length;) {
      var end = at + 1;
      while (end < packed.words.length && packed.common.indexOf(packed.words[end]) < 0) { end += 1; }
      before = before.slice(0, packed.common.indexOf(packed.words[at])) + packed.words.slice(at + 1, end);
      tokens.push(before);
      at = end;
    }
    var size = letters.length;
    var values = {};
    for (var n = 0; n < size; n += 1) { values[letters[n]] = n; }
    var texts = [];
    var text = "";
    var word = false;
    var capital = false;
    for (at = 0; at < packed.body.length; at += 1) {
      var code = values[packed.body[at]];
      if (code >= borders[1]) {
        code = borders[0] + (borders[1] - borders[0]) * size + (code - borders[1]) * size * size +
          values[packed.body[at + 1]] * size + values[packed.body[at + 2]];
        at += 2;
      } else if (code >= borders[0]) {
        code = borders[0] + (code - borders[0]) * size + values[packed.body[at + 1]];
        at += 1;
      }
      var token = tokens[code];
      if (token === "\n") {
        texts.push(text);
        text = "";
        word = capital = false;
      } else if (token === "^") {
        capital = true;
      } else {
        var now = code >= isWord.length || isWord[code];
        text += (now && word ? " " : "") + (capital ? token[0].toUpperCase() + token.slice(1) : token);
        word = now;
        capital = false;
      }
    }
    return texts;
  }

  /* What counts, in a rule that tests hold against questions: where a word stands (TITLE, TEXT, in
     a statement that the place CITES, in the title of its page), how alike it is, and what sort of
     place it is. */
  var TITLE = 5, NUMBER = 3, TEXT = 1.6, CITES = 0.5, PAGE = 0.9, LONG = 0.25;
  var WORTH = {
    Chapter: 1.35, Page: 1.25, Term: 1.3, Entry: 1.15, Check: 1.15, Section: 1, Statement: 1,
    Figure: 0.95, Exercise: 0.8, "Discussion question": 0.7, Footnote: 0.8, Source: 0.7
  };
  var WORD, fold, key, places, words, byKey;

  function read() {
    WORD = new RegExp(data.word, "gu");
    var letters = ruled(data.letters);
    var forms = ruled(data.forms);
    fold = remembered(function (word) {
      return letters(word.toLowerCase().normalize("NFKD").replace(/\p{M}+/gu, ""));
    });
    key = remembered(function (word) { return forms(fold(word)); });
    var texts = unpack(data.texts);
    var anchors = data.anchors.split(" ");
    var cites = data.cites.split(";");
    places = [];
    data.pages.forEach(function (page) {
      for (var left = page[3]; left > 0; left -= 1) {
        var at = places.length;
        var title = texts[2 * at];
        var label = data.labels[data.texts.letters.indexOf(data.kinds[at])];
        places.push({
          kind: label[0], label: label[1], page: page, title: title, text: texts[2 * at + 1],
          address: page[0] + (anchors[at] ? "#" + anchorOf(anchors[at], title) : ""), cites: []
        });
      }
    });
    cites.forEach(function (steps, at) {
      var number = 0;
      if (steps) {
        steps.split(",").forEach(function (step) {
          number += Number(step);
          places[at].cites.push(number);
        });
      }
    });
    words = new Map();
    byKey = new Map();
    /* In a long text a word tells less of what it is about. */
    var mean = places.reduce(function (sum, place) { return sum + place.text.length; }, 1) / places.length;
    places.forEach(function (place, at) {
      var own = place.kind === "Chapter" || place.kind === "Page";
      place.words = note(at, (own ? place.page[2] + " " : "") + place.title, TITLE);
      note(at, place.label, PAGE);
      /* C19 is check 19, L008 statement 8. */
      var id = /^[A-Z]0*(\d+)(?= |$)/.exec(place.title);
      if (id) { note(at, place.kind + " " + id[1], NUMBER); }
      note(at, place.text, TEXT / (1 - LONG + LONG * Math.min(place.text.length / mean, 5)));
      note(at, "chapter " + place.page[2] + " " + (own ? "" : place.page[1]), PAGE);
      place.cites.forEach(function (cited) { note(at, places[cited].text, CITES); });
    });
  }

  function anchorOf(written, title) {
    if (written === "=") { return title; }
    return written.replace("~", function () {
      return (fold(title).match(/[a-z0-9]+/g) || []).join("-");
    });
  }

  /* Notes the words of a text, each with its place and the most that it counts there. */
  function note(at, text, weight) {
    var found = wordsIn(text);
    found.forEach(function (match) {
      var folded = fold(match[0]);
      var word = words.get(folded);
      if (!word) {
        word = { folded: folded, key: key(match[0]), at: new Map() };
        words.set(folded, word);
        if (!byKey.has(word.key)) { byKey.set(word.key, []); }
        byKey.get(word.key).push(word);
      }
      var had = word.at.get(at) || 0;
      word.at.set(at, Math.max(had, weight) + Math.min(had, weight) * 0.1);
    });
    return found.length;
  }

  /* ---- answering ---- */

  /* How many letters one would have to change, add, leave out or exchange; 2 means more than one. */
  function slips(typed, word) {
    if (Math.abs(typed.length - word.length) > 1) { return 2; }
    var from = 0;
    while (from < typed.length && typed[from] === word[from]) { from += 1; }
    var a = typed.slice(from);
    var b = word.slice(from);
    if (a === b) { return 0; }
    var one = a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) ||
      (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2));
    return one ? 1 : 2;
  }

  /* The forms in which a number may have been typed: 6.500 is 6500 to many. */
  function readings(word) {
    var made = [word];
    if (/^\d{1,3}(\.\d{3})+$/.test(word)) { made.push(word.replace(/\./g, "")); }
    return made;
  }

  /* Words of the index that a typed word means, each with how alike it is. */
  function meant(typed, last) {
    var found = new Map();
    function add(word, like) { found.set(word, Math.max(like, found.get(word) || 0)); }
    readings(typed).forEach(function (reading) {
      var folded = fold(reading);
      if (words.has(folded)) { add(words.get(folded), 1); }
      (byKey.get(key(reading)) || []).forEach(function (word) { add(word, 0.92); });
      if (folded.length > 1 && (last || (folded.length > 3 && !found.size))) {
        words.forEach(function (word) {
          if (word.folded.startsWith(folded)) { add(word, 0.3 + 0.5 * folded.length / word.folded.length); }
        });
      }
    });
    return found;
  }

  /* The word that was meant by one with a slip: the one that stands in most places. */
  function corrected(typed, last) {
    var folded = fold(typed);
    var best = null;
    if (folded.length < 4 || /\d/.test(folded)) { return null; }
    words.forEach(function (word) {
      var whole = slips(folded, word.folded) === 1;
      var begun = last && word.folded.length > folded.length && [-1, 0, 1].some(function (more) {
        return slips(folded, word.folded.slice(0, folded.length + more)) === 1;
      });
      var worth = (whole ? 1000 : begun ? 1 : 0) * word.at.size;
      if (worth && (!best || worth > best.worth)) { best = { word: word, worth: worth }; }
    });
    return best && best.word;
  }

  function asked(query) {
    var typed = query.replace(/(^|[^\d.,])(\d{1,3})((?: \d{3})+)(?![\d.,])/g, function (all, lead, first, rest) {
      return lead + first + rest.replace(/ /g, "");
    }).replace(/(^|\s)([a-z]) (\d{1,4})(?=\s|$)/gi, "$1$2$3");
    var found = wordsIn(typed);
    var open = !/\s$/.test(query);
    return found.map(function (match, at) {
      var last = open && at === found.length - 1;
      var term = { typed: match[0], meant: meant(match[0], last), slip: "" };
      if (!term.meant.size) {
        var word = corrected(match[0], last);
        if (word) {
          term.slip = word.folded;
          byKey.get(word.key).forEach(function (form) { term.meant.set(form, form === word ? 0.8 : 0.7); });
        }
      }
      var where = new Set();
      term.meant.forEach(function (like, word) {
        if (like > 0.69) { word.at.forEach(function (weight, place) { where.add(place); }); }
      });
      /* The fewer places have it, the more it tells. */
      term.tells = Math.pow(Math.log(1 + places.length / (1 + where.size)), 1.5);
      return term;
    });
  }

  function find(query) {
    var terms = asked(query);
    var all = terms.reduce(function (sum, term) { return sum + term.tells; }, 0);
    var scores = new Map();
    terms.forEach(function (term) {
      var best = new Map();
      term.meant.forEach(function (like, word) {
        word.at.forEach(function (weight, place) {
          best.set(place, Math.max(best.get(place) || 0, like * weight));
        });
      });
      best.forEach(function (worth, place) {
        var score = scores.get(place) || { place: place, worth: 0, has: 0, many: 0 };
        score.worth += worth * term.tells;
        score.has += term.tells;
        score.many += 1;
        scores.set(place, score);
      });
    });
    var plain = terms.map(function (term) { return key(term.slip || term.typed); }).join(" ");
    var found = Array.from(scores.values());
    found.forEach(function (score) {
      var place = places[score.place];
      var title = wordsIn(place.title).map(function (match) { return key(match[0]); }).join(" ");
      score.share = score.has / all;
      score.worth *= WORTH[place.kind] * Math.pow(score.share, 2) / (1 + place.words / 20);
      if (title === plain) {
        score.worth *= 2;
      } else if (title.startsWith(plain + " ")) {
        score.worth *= 1.5;
      } else if (terms.length > 1 && (" " + title + " ").includes(" " + plain + " ")) {
        score.worth *= 1.3;
      }
    });
    /* Places that have all words come first, and those that have some of them after. */
    found = found.filter(function (score) { return score.share > 0.4; });
    found.sort(function (a, b) {
      return (b.share > 0.85) - (a.share > 0.85) || b.worth - a.worth || a.place - b.place;
    });
    return {
      terms: terms,
      whole: found.filter(function (score) { return score.share > 0.85; }).length,
      places: found.map(function (score) { return places[score.place]; })
    };
  }

  /* ---- showing: links, so that each may be opened elsewhere, copied, read out as any link ---- */

  var IN_PANEL = 8, ON_PAGE = 20, AROUND = 170;

  function made(name, className, text) {
    var element = document.createElement(name);
    if (className) { element.className = className; }
    if (text) { element.textContent = text; }
    return element;
  }

  function counted(number) { return number + (number === 1 ? " result" : " results"); }

  function quoted(all) {
    return all.map(function (word) { return "\u201c" + word + "\u201d"; }).join(" and ");
  }

  /* The words of a text, those that were asked for in marks. */
  function marked(name, className, text, asked) {
    var element = made(name, className);
    var at = 0;
    wordsIn(text).forEach(function (match) {
      if (asked.has(fold(match[0]))) {
        element.append(text.slice(at, match.index), made("mark", "", match[0]));
        at = match.index + match[0].length;
      }
    });
    element.append(text.slice(at));
    return element;
  }

  /* The part of a text in which most of the words that were asked for stand; how many tells `has`.
     Of a text of which the index has pieces alone, those that hold some. */
  function part(text, asked) {
    function at(piece) {
      return wordsIn(piece).filter(function (match) { return asked.has(fold(match[0])); });
    }
    function many(matches) {
      return new Set(matches.map(function (match) { return key(match[0]); })).size;
    }
    var pieces = text.split("\u2026");
    if (pieces.length > 1) {
      var holding = pieces.filter(function (piece) { return at(piece).length; }).slice(0, 4);
      return {
        has: many(at(holding.join(" "))),
        text: holding.length ? "\u2026 " + holding.join(" \u2026 ") + " \u2026" : ""
      };
    }
    var found = at(text);
    var best = { from: 0, has: 0 };
    found.forEach(function (first) {
      var has = many(found.filter(function (other) {
        return other.index >= first.index && other.index < first.index + AROUND - 30;
      }));
      if (has > best.has) { best = { from: first.index, has: has }; }
    });
    var from = best.from < 60 ? 0 : text.indexOf(" ", best.from - 50) + 1;
    var to = from + AROUND >= text.length ? text.length : text.lastIndexOf(" ", from + AROUND);
    best.text = (from ? "\u2026 " : "") + text.slice(from, to) + (to < text.length ? " \u2026" : "");
    return best;
  }

  function excerpt(place, asked) {
    var best = part(place.text, asked);
    place.cites.forEach(function (cited) {
      var other = part(places[cited].text, asked);
      if (other.has > best.has) {
        best = other;
        best.text = places[cited].title + ": " + other.text;
      }
    });
    return best.text;
  }

  function hit(place, asked) {
    var item = made("li");
    var link = made("a", "search-hit");
    link.href = new URL(place.address, root).href;
    var own = place.kind === "Chapter" || place.kind === "Page";
    var page = place.page[2] ? place.page[2] + " " + place.page[1] : place.page[1];
    var head = made("span", "search-head");
    head.append(made("span", "search-kind", place.label), " ");
    if (!own) { head.append(made("span", "search-where", page)); }
    link.append(head, " ", marked("span", "search-title", own ? page : place.title, asked));
    var text = excerpt(place, asked);
    if (text) { link.append(" ", marked("span", "search-excerpt", text, asked)); }
    item.append(link);
    return item;
  }

  /* What to say of a question: what was found, and what was taken for what. */
  function verdict(found) {
    var slips = found.terms.filter(function (term) { return term.slip; });
    var lost = found.terms.filter(function (term) { return !term.meant.size; });
    var said = [];
    if (slips.length) {
      said.push("Nothing has " + quoted(slips.map(function (term) { return term.typed; })) +
        "; shown is " + quoted(slips.map(function (term) { return term.slip; })) + ".");
    }
    if (lost.length) { said.push("Nothing has " + quoted(lost.map(function (term) { return term.typed; })) + "."); }
    if (!found.places.length) {
      said.push("No results. Try other words, or fewer.");
    } else if (!found.whole && !lost.length) {
      said.push("No place has all of these words; " + counted(found.places.length) + " with some of them.");
    } else if (found.whole && found.whole < found.places.length) {
      said.push(counted(found.whole) + ", and " + (found.places.length - found.whole) + " with some of the words.");
    } else {
      said.push(counted(found.places.length) + ".");
    }
    return said.join(" ");
  }

  function attach(form, box, inPanel) {
    var field = form.querySelector("input[type=search]");
    var status = made("p", "search-status");
    var heard = made("p", "search-heard");
    var list = made("ol", "search-results");
    var more = made("p", "search-more");
    var most = inPanel ? IN_PANEL : ON_PAGE;
    var waiting = 0;
    /* What is seen changes with each letter; what is heard, when the hand comes to rest. */
    heard.setAttribute("role", "status");
    status.setAttribute("aria-hidden", "true");
    list.setAttribute("aria-label", "Results");
    box.replaceChildren(status, heard, list, more);
    var keys = made("p", "search-keys", inPanel ?
      "Enter opens the first result, arrow keys choose another, Escape closes." :
      "Enter and the arrow keys lead to the results.");
    keys.id = box.dataset.results + "-search-keys";
    box.append(keys);
    field.setAttribute("aria-describedby", keys.id);
    if (inPanel) { field.setAttribute("aria-keyshortcuts", "/ Control+K"); }

    function links() { return Array.from(list.querySelectorAll("a")); }

    function show() {
      var query = field.value.trim();
      var found = query ? find(field.value) : null;
      var asked = new Set();
      list.replaceChildren();
      more.replaceChildren();
      status.textContent = found ? verdict(found) : "";
      clearTimeout(waiting);
      waiting = setTimeout(function () { heard.textContent = status.textContent; }, 600);
      if (!found) { return; }
      found.terms.forEach(function (term) {
        term.meant.forEach(function (like, word) { asked.add(word.folded); });
      });
      found.places.slice(0, most).forEach(function (place) { list.append(hit(place, asked)); });
      if (found.places.length > most) { more.append(rest(found.places.length)); }
    }

    /* The way to the results beyond the first ones. */
    function rest(count) {
      if (inPanel) {
        var link = made("a", "", "All " + counted(count));
        link.href = form.action + "?q=" + encodeURIComponent(field.value.trim());
        return link;
      }
      var button = made("button", "site-button", "Show more results");
      button.type = "button";
      button.addEventListener("click", function () {
        var had = links().length;
        most += ON_PAGE;
        show();
        links()[had].focus();
      });
      return button;
    }

    field.addEventListener("input", function () {
      most = inPanel ? IN_PANEL : ON_PAGE;
      show();
      if (!inPanel) { remember(field.value.trim()); }
    });
    form.addEventListener("keydown", function (event) {
      var first = links()[0];
      if (event.key === "Enter" && event.target === field && !event.isComposing && (first || !inPanel)) {
        event.preventDefault();
        if (first && inPanel) { first.click(); } else if (first) { first.focus(); }
      }
    });
    list.addEventListener("click", function (event) {
      var plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
      /* It may lead to a place on this very page. */
      if (inPanel && plain && event.target.closest("a")) { box.parentElement.hidePopover(); }
    });
    form.addEventListener("submit", function (event) {
      if (!inPanel) {
        event.preventDefault();
        show();
      }
    });
    /* The field and the links after it are one row for the arrow keys. */
    box.parentElement.addEventListener("keydown", function (event) {
      var row = [field].concat(links());
      var at = row.indexOf(document.activeElement);
      var ways = { ArrowDown: at + 1, ArrowUp: at - 1, Home: at > 0 ? 1 : -1, End: at > 0 ? row.length - 1 : -1 };
      if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) { return; }
      var next = row[ways[event.key]];
      if (next) {
        event.preventDefault();
        next.focus();
      } else if (at > 0 && (event.key.length === 1 && event.key !== " " || event.key === "Backspace")) {
        /* Who goes on typing goes on asking. */
        field.focus();
      }
    });
    show();
  }

  /* The address of the search page holds the question, so that one comes back to it. */
  function remember(query) {
    try {
      history.replaceState(null, "", query ? "?q=" + encodeURIComponent(query) : location.pathname);
    } catch (refused) { /* some browsers allow no such thing to pages from a disk */ }
  }

  var ready = Boolean(data) && data.format === FORMAT;
  if (ready) { read(); }
  document.querySelectorAll("[data-results]").forEach(function (box) {
    var form = box.dataset.results === "panel" ? box.parentElement.querySelector("form") : box.previousElementSibling;
    if (ready) {
      attach(form, box, box.dataset.results === "panel");
    } else {
      box.textContent = "The search could not be loaded. Load this page again, or look in the glossary.";
    }
  });
  window.coursewareFind = ready ? find : null;
})();
