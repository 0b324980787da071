/* How answers are read and marked. Each mark is a result, a sentence on the parts, the result of each
   part by its name, and which feedback belongs to which input. */
(function () {
  "use strict";
  var plural = window.coursewareDom.plural;

  function words(text) {
    var found = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
      .replace(/ß/g, "ss").replace(/[^\p{L}\p{N}_\s]/gu, " ").trim().split(/\s+/);
    if (found.length > 1 && /^(the|an?|el|la|los|las|una?)$/.test(found[0])) {
      found.shift();
    }
    return found.join(" ");
  }

  /* Whether two texts differ by one slip: a letter more, less, another, or two changed about. */
  function slip(one, two) {
    if (one.length > two.length) {
      return slip(two, one);
    }
    if (two.length - one.length > 1 || one === two) {
      return false;
    }
    var at = 0;
    while (one[at] === two[at]) {
      at += 1;
    }
    var rest = one.slice(at);
    var other = two.slice(at);
    return rest === other.slice(1) || rest.slice(1) === other.slice(1) ||
      (rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2));
  }

  /* The forms that may have been meant: those from which the answer is one slip away. In short words
     and in numbers a slip is another answer. */
  function meant(key, read) {
    return /\d/.test(read) || read.length < 5 ? [] : key.words.concat(key.expected)
      .filter(function (form) { return words(form).length > 4 && slip(read, words(form)); });
  }

  var SCALES = { thousand: 1e3, million: 1e6, billion: 1e9 };

  /* A number may have a decimal comma or commas between thousands: "1,250" is read both ways. It may
     be a fraction, and words may follow it, as a rule the unit; "million" multiplies it, unless the
     unit says so. */
  function numbers(text, unit) {
    var bare = text.toLowerCase().replace(/(\d)(?=[¼-¾⅐-⅞])/g, "$1 ").normalize("NFKC")
      .replace(/[\u2212\u2013]/g, "-").replace(/\u2044/g, "/").replace(/[$€£%]/g, "").trim();
    if (unit && bare.endsWith(unit)) {
      bare = bare.slice(0, -unit.length);
    }
    var scale = 1;
    bare = bare.replace(/^([-+]?)\s*(usd?|mxn?)?\s*/, "$1")
      .replace(/(\d)[\s'’](?=\d{3}(?!\d))/g, "$1")
      .replace(/([\d.,])\s+([\p{L}\s.]*)$/u, function (end, last, tail) {
        var said = tail.match(/thousand|[mb]illion/g) || [];
        var base = (unit.match(/thousand|[mb]illion/) || [])[0];
        if (said.length > 1) {
          return end;
        }
        scale = said.length ? SCALES[said[0]] / (base ? SCALES[base] : 1) : 1;
        return last;
      }).trim();
    var parts = bare.match(/^([-+]?)(?:(\d+)\s+)?(\d+)\s*\/\s*(\d+)$/);
    var read = [];
    if (parts && Number(parts[4])) {
      read.push((parts[1] === "-" ? -1 : 1) * (Number(parts[2] || 0) + parts[3] / parts[4]));
    }
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
    return read.map(function (value) { return Number((value * scale).toPrecision(12)); });
  }

  /* Why `text` cannot be read as a number. */
  function refusal(text) {
    var said = "“" + text + "” ";
    var example = " Write one number, such as 12.5, 1,250 or 3/4.";
    if (!/\d/.test(text)) {
      return said + "has no figures." + example;
    }
    if (/\/\s*0+\b/.test(text)) {
      return said + "divides by nothing." + example;
    }
    if (/\d\p{L}|\p{L}\d/u.test(text)) {
      return said + "mixes letters with figures." + example;
    }
    if ((text.match(/\d[\d.,]*/g) || []).length > 1) {
      return said + "holds more than one number." + example;
    }
    return said + "cannot be read as a number." + example;
  }

  function near(read, target) {
    return read.some(function (value) {
      return Math.abs(value - target[0]) <= target[1] + 1e-9;
    });
  }

  function options(key, chosen, parts) {
    var each = {};
    chosen.forEach(function (value) {
      each[value] = key.right.indexOf(value) >= 0 ? "right" : "wrong";
    });
    var wrong = chosen.filter(function (value) { return each[value] === "wrong"; }).length;
    var missing = key.right.filter(function (value) { return !each[value]; }).length;
    var notes = chosen.map(function (value) { return [value, value]; });
    var said = [];
    if (parts && wrong) {
      said.push(plural(wrong, "answer is wrong", "answers are wrong"));
    }
    if (parts && missing) {
      said.push(plural(missing, "answer is missing", "answers are missing"));
    }
    var result = !wrong && !missing ? "right" : parts && wrong < chosen.length ? "partly" : "wrong";
    return { result: result, text: said.join(", "), each: each, notes: notes };
  }

  /* What is right needs no words in a row; what is not has those for what was chosen there, or else
     those for the row. */
  function rows(key, answer, parts) {
    var ids = Object.keys(key.rows);
    var each = {};
    ids.forEach(function (id) { each[id] = answer[id] === key.rows[id] ? "right" : "wrong"; });
    var missed = ids.filter(function (id) { return each[id] === "wrong"; });
    var right = ids.length - missed.length;
    var notes = missed.map(function (id) { return [id, "choice-" + answer[id], id]; });
    var result = !missed.length ? "right" : right && parts ? "partly" : "wrong";
    var text = result === "partly" ? right + " of " + ids.length + " are right" : "";
    return { result: result, text: text, each: each, notes: notes };
  }

  function field(key, read) {
    function hits(target) {
      return key.number ? near(read, target) : words(target) === read;
    }
    var hit = key.number ? hits(key.number) : key.words.some(hits);
    var name = hit ? "right" : key.expected.findIndex(hits);
    var result = hit ? "right" : "wrong";
    return {
      result: result, text: "", each: { answer: result },
      notes: [["answer", name === -1 ? "otherwise" : String(name)]]
    };
  }

  window.coursewareMarking = {
    words: words, meant: meant, numbers: numbers, refusal: refusal,
    options: options, rows: rows, field: field
  };
})();
