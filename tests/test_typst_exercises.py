"""Exercises in print, and wherever else there are no forms: questions with room, then answers."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import page as page_validation
import pikepdf
import pytest
from bs4 import BeautifulSoup
from conftest import ROOTS, Project
from pdftags import tags
from pdftexts import pdf_parts
from pypdf import PdfReader
from pypdfium2 import PdfDocument
from ruamel.yaml import YAML

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MILLIMETRE = 72 / 25.4
FULL, TEXT, MARGIN = 169 * MILLIMETRE, 128 * MILLIMETRE, 36 * MILLIMETRE
BLANK = 9 * MILLIMETRE
NUMBER, WORDS = 30 * MILLIMETRE, 52 * MILLIMETRE
BOTTOM = 18 * MILLIMETRE
PEN = 0.5
#: The least room to reckon in, in millimetres.
ROOM = 12
TITLE = "Answers to the exercises"
DOCUMENTS = """
typst_documents = [
    {"start": "index", "target": "book", "title": "Small", "language": "en-GB"},
    {"start": "chapters/counting", "target": "sheet", "title": "Counting", "layout": "chapter"},
]
"""
BANK = "exercises/bank/counting.yml"

Item = dict[str, Any]


def folded(text: str) -> str:
    """Return *text* on one line, with plain quotation marks, hyphens, signs; without emphasis."""
    text = re.sub("[\ufffe\uffff\x02]", "-", text).replace("*", "")
    plain = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2022: None})
    plain = plain.translate({0xF7: "/", 0x2212: "-"})
    return re.sub(r"\s+", " ", plain).strip()


class Line(NamedTuple):
    """A line to write on: page, height above its foot, length (points)."""

    page: int
    y: float
    length: float


class Link(NamedTuple):
    """A link: its words, its page and height, and those of the place that it leads to."""

    words: str
    page: int
    y: float
    to_page: int
    to_y: float


@dataclass
class Book:
    """A built PDF and the exercises of the bank that its project has."""

    path: Path
    items: list[Item]
    warnings: list[str]

    @cached_property
    def texts(self) -> list[str]:
        """The text of each page."""
        # In the order in which it is written: Pdfium takes text and margin together line by line.
        return [folded(page.extract_text()) for page in PdfReader(self.path).pages]

    @property
    def checks(self) -> dict[str, Item]:
        """The self-checks, by their number."""
        items = [each for each in self.items if each.get("audience") == "self-check"]
        return {f"1.{at}": item for at, item in enumerate(items, 1)}

    @cached_property
    def answers_from(self) -> int:
        """The number of the page on which the answers begin (the contents name it too)."""
        return next(n for n, text in enumerate(self.texts, 1) if text.startswith(TITLE))

    @cached_property
    def questions(self) -> dict[str, str]:
        """What is printed of each exercise, by its number."""
        text = " ".join(self.texts[3 : self.answers_from - 1]).partition("Key points")[0]
        parts = re.split(r"\bExercise (1\.\d+)\. ", text)
        # The last on a page is followed by the number of the page, and the head of the next one.
        ends = re.compile(r" \d+ (?:Small Counting|Counting Small)$")
        found = zip(parts[1::2], parts[2::2], strict=True)
        return {number: ends.sub("", part.strip()) for number, part in found}

    @cached_property
    def answers(self) -> dict[str, str]:
        """What is printed of each answer, by its number, in the order of the numbers."""
        text = " ".join(self.texts[self.answers_from - 1 :]).partition("Glossary")[0]
        found = {}
        for number in self.checks:
            _, seen, text = text.partition(f" {number}. ")
            assert seen, f"there is no answer {number} behind the one before"
            found[number] = re.split(r" 1\.\d+\. ", text)[0]
        return found

    def page_of(self, text: str) -> int:
        """Return the one page before the answers on which *text* stands."""
        pages = [n for n, each in enumerate(self.texts, 1) if text in each]
        [page] = [n for n in pages if 2 < n < self.answers_from]
        return page

    @cached_property
    def lines(self) -> list[Line]:
        """The lines to write on, in the order in which they are drawn."""
        with pikepdf.open(self.path) as pdf:
            return [line for n, page in enumerate(pdf.pages, 1) for line in pen_lines(n, page)]

    @cached_property
    def links(self) -> list[Link]:
        """The links within the book."""
        shown = PdfDocument(self.path)
        with pikepdf.open(self.path) as pdf:
            places = pikepdf.NameTree(pdf.Root.Names.Dests)
            numbers = {page.obj.objgen: n for n, page in enumerate(pdf.pages, 1)}
            found = []
            for n, page in enumerate(pdf.pages, 1):
                words = shown[n - 1].get_textpage()
                for note in page.get("/Annots", []):
                    if "/Dest" not in note:
                        continue
                    named = isinstance(note.Dest, pikepdf.String)
                    target = places[str(note.Dest)] if named else note.Dest
                    left, low, right, high = map(float, note.Rect)
                    text = folded(words.get_text_bounded(left, low, right, high))
                    found.append(Link(text, n, high, numbers[target[0].objgen], float(target[3])))
        shown.close()
        return found

    def lengths(self, number: str) -> list[float]:
        """Return the lengths of the lines at the exercise *number*."""
        heads = self.ways_there()
        order = list(heads)
        after = order[order.index(number) + 1 :]
        start = (heads[number].page, -heads[number].y)
        end = (heads[after[0]].page, -heads[after[0]].y) if after else (self.answers_from, 0)
        return [each.length for each in self.lines if start < (each.page, -each.y) < end]

    def ways_there(self) -> dict[str, Link]:
        """Return the link from each exercise to its answer."""
        links = [link for link in self.links if link.words.startswith("Answer,")]
        links = [link for link in links if link.page < self.answers_from]
        links.sort(key=lambda link: (link.page, -link.y))
        return dict(zip(self.checks, links, strict=True))

    def ways_back(self) -> dict[str, Link]:
        """Return the link from each answer to its exercise."""
        links = [link for link in self.links if link.page >= self.answers_from]
        return {
            number: next(link for link in links if link.words == f"{number}.")
            for number in self.checks
        }


def pen_lines(number: int, page: pikepdf.Page) -> Iterator[Line]:
    """Yield the level lines of a pen's width on *page*: strokes, or areas as thin as one."""
    top = width = 0.0
    path: list[tuple[float, float]] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in {"cm", "w", "m", "l"}:
            values = [float(each) for each in instruction.operands]
        if operator == "cm":
            top = values[5]
        elif operator == "w":
            width = values[0]
        elif operator == "m":
            path = [(values[0], values[1])]
        elif operator == "l":
            path.append((values[0], values[1]))
        elif operator in {"S", "f"} and path:
            across, down = zip(*path, strict=True)
            height = width if operator == "S" and len(set(down)) == 1 else max(down) - min(down)
            if abs(height - PEN) < 0.01:
                yield Line(number, top - max(down), max(across) - min(across))
            path = []


def printed(folder: Path, change: Callable[[Project, list[Item]], None]) -> Book:
    """Build the small course in print, its exercises changed by *change*."""
    project = Project(ROOTS / "test-course", folder)
    conf = project.folder / "conf.py"
    conf.write_text(conf.read_text(encoding="utf-8") + DOCUMENTS, encoding="utf-8")
    bank = project.folder / BANK
    content = YAML(typ="safe").load(bank)
    change(project, content["exercises"])
    # JSON is YAML too.
    bank.write_text(json.dumps(content, indent=1), encoding="utf-8")
    warnings = project.build("typst")
    return Book(project.output("book.pdf", "typst"), content["exercises"], warnings)


def as_it_is(project: Project, _items: list[Item]) -> None:
    """Shuffle the options, so that keys do not stand as written; name and repeat exercises."""
    project.edit("chapters/counting.md", "```{self-checks}\n", "```{self-checks}\n:seed: print\n")
    path = project.folder / "other.md"
    more = "\nSee {exercise}`counting-number`.\n\n```{exercise} counting-word\n```\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


def many(_project: Project, items: list[Item]) -> None:
    """Replace the self-checks by many of different height, some of which need several pages."""
    models = {item["id"]: item for item in items}
    items[:] = [item for item in items if item["type"] == "discussion"]
    for at in range(1, 31):
        item = {**models["counting-single"], "id": f"many-{at}", "title": f"Title {at} here"}
        item["stem"] = f"Stem {at} " + "which asks of the author's count and of theft " * (at % 4)
        item["options"] = [
            {**option, "text": f"Option {letter} of {at} " + "and so on " * (at % 3 * 5) + "ends"}
            for letter, option in zip("pqrs", item["options"], strict=True)
        ]
        if at % 2:
            item["context"] = f"Context {at}. " + "It tells of a town and its thefts. " * at
        items.append(item)
        if at == 15:
            tall = " ".join(f"Part {part} of a scene." for part in range(900))
            items.append({**models["counting-claim"], "id": "tall", "context": tall})
        if at % 3 == 0:
            lines = 30 + at // 2
            title = f"Lines {lines} here"
            more = {"id": f"open-{at}", "title": title, "lines": lines}
            items.append({**models["counting-open"], **more})


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return printed(tmp_path_factory.mktemp("small"), as_it_is)


@pytest.fixture(scope="module")
def long_book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return printed(tmp_path_factory.mktemp("many"), many)


def number_of(book: Book, kind: str) -> str:
    """Return the number of the one exercise of the type *kind*."""
    [number] = [number for number, item in book.checks.items() if item["type"] == kind]
    return number


def letter_of(question: str, text: str) -> str:
    """Return the letter that is printed before an option."""
    [found] = re.findall(rf"(?<!\w)([A-Za-z])\) {re.escape(folded(text))}(?!\w)", question)
    assert isinstance(found, str)
    return found


# -- questions


def test_build_says_nothing(book: Book, long_book: Book) -> None:
    assert book.warnings == []
    assert long_book.warnings == []


def test_every_self_check_is_printed_with_its_title_and_facts(book: Book) -> None:
    assert list(book.questions) == list(book.checks) == [f"1.{n}" for n in range(1, 10)]
    for number, item in book.checks.items():
        text = book.questions[number]
        assert text.startswith(folded(item["title"]))
        assert folded(item["stem"]) in text
        plural = "" if item["minutes"] == 1 else "s"
        assert f", {item['level']}, {item['minutes']} minute{plural}" in text


@pytest.mark.parametrize("kind", ["single-choice", "multiple-response"])
def test_options_have_letters_in_order(book: Book, kind: str) -> None:
    number = number_of(book, kind)
    question = book.questions[number]
    texts = [option["text"] for option in book.checks[number]["options"]]
    letters = {text: letter_of(question, text) for text in texts}
    assert sorted(letters.values()) == list("abcd")
    assert list(letters.values()) != list("abcd"), "they should be shuffled"
    places = [question.index(f"{letter}) ") for letter in "abcd"]
    assert places == sorted(places)
    assert ("Choose all that apply." in question) == (kind == "multiple-response")


def test_claim_offers_true_and_false(book: Book) -> None:
    question = book.questions[number_of(book, "true-false")]
    assert "Circle one: True False" in question


def test_number_has_a_line_and_its_unit_and_the_table_before_it(book: Book) -> None:
    number = number_of(book, "numeric")
    assert "thefts people 100 12,500" in book.questions[number]
    assert "Answer: per 100,000" in book.questions[number]
    assert book.lengths(number) == [pytest.approx(NUMBER, abs=1)]


def test_short_answer_has_a_longer_line(book: Book) -> None:
    number = number_of(book, "short-answer")
    assert book.questions[number].endswith("Answer:")
    assert book.lengths(number) == [pytest.approx(WORDS, abs=1)]


def test_match_has_blanks_and_capital_letters_as_on_the_web(book: Book) -> None:
    number = number_of(book, "match")
    item, question = book.checks[number], book.questions[number]
    offered = [each["match"] for each in item["pairs"]]
    offered += [each["text"] for each in item["distractors"]]
    assert sorted(letter_of(question, text) for text in offered) == list("ABCD")
    assert all(pair["term"] in question for pair in item["pairs"])
    assert book.lengths(number) == [pytest.approx(BLANK, abs=1)] * len(item["pairs"])


def test_steps_have_blanks_and_are_out_of_order(book: Book) -> None:
    number = number_of(book, "order")
    item, question = book.checks[number], book.questions[number]
    places = [question.index(step["text"]) for step in item["steps"]]
    assert places != sorted(places)
    assert book.lengths(number) == [pytest.approx(BLANK, abs=1)] * len(places)


def test_items_have_a_line_in_the_margin(book: Book) -> None:
    number = number_of(book, "classify")
    item, question = book.checks[number], book.questions[number]
    # Kinds stand in their frames, which keep them apart from the comma.
    assert f"Categories: {', '.join(item['categories'])} " in question.replace(" , ", ", ")
    assert all(each["text"] in question for each in item["items"])
    assert book.lengths(number) == [pytest.approx(MARGIN, abs=1)] * len(item["items"])


def test_open_question_has_as_many_lines_as_the_bank_says(book: Book) -> None:
    number = number_of(book, "open")
    lines = book.checks[number]["lines"]
    assert book.lengths(number) == [pytest.approx(FULL, abs=1)] * lines


def test_choices_have_no_line(book: Book) -> None:
    for kind in ("single-choice", "multiple-response", "true-false"):
        assert book.lengths(number_of(book, kind)) == []


def test_discussion_questions_have_their_numbers_and_purposes(book: Book) -> None:
    text = " ".join(book.texts[: book.answers_from - 1])
    items = [item for item in book.items if item["type"] == "discussion"]
    for at, item in enumerate(items, 1):
        purpose = f"Purpose ({item['level']}): {item['purpose']}"
        assert f"1.{at} {item['stem']} {purpose}" in text


def test_reference_to_an_exercise_tells_its_page(book: Book) -> None:
    number = number_of(book, "numeric")
    page = book.page_of(f"Exercise {number}. The rate")
    assert f"See Exercise {number} (p. {page})." in book.texts[-2]


def test_a_sum_has_room_to_reckon_above_its_line(book: Book) -> None:
    file = book.path.with_name("sheet.pdf")
    found = []
    with PdfDocument(file) as pdf:
        for page in pdf:
            text = page.get_textpage()
            words = text.search("Working")
            while (place := words.get_next()) is not None:
                _, low, _, _ = text.get_charbox(place[0])
                lines = text.search("Answer:", index=place[0])
                start = lines.get_next()
                assert start is not None
                found.append((low - text.get_charbox(start[0])[3]) / MILLIMETRE)
    assert len(found) == sum(item["type"] == "numeric" for item in book.items) > 0
    assert min(found) > ROOM


# -- what is kept from students


def test_questions_hold_no_answer(book: Book) -> None:
    for number, item in book.checks.items():
        options = item.get("options", [])
        wrong = [*item.get("pairs", []), *item.get("distractors", []), *item.get("expected", [])]
        parts = [*options, *wrong, *item.get("steps", []), *item.get("items", [])]
        told = [part["feedback"] for part in parts]
        told += [str(part["value"]) for part in item.get("expected", [])]
        told += [level for row in item.get("rubric", []) for level in row["levels"][1:]]
        for key in ("solution", "model_answer", "feedback", "otherwise", "when_true", "when_false"):
            told += [item[key]] if key in item else []
        if item["type"] == "numeric":
            told.append(f" {item['answer']} ")
        told += item.get("accepted", [])
        before = " ".join(book.texts[: book.answers_from - 1])
        for text in told:
            assert folded(text) not in folded(book.questions[number]), (number, text)
            if len(text) > 30:
                assert folded(text) not in before, (number, text)


def test_items_for_class_and_notes_for_teachers_are_nowhere(book: Book) -> None:
    for name in ("book", "sheet"):
        data = book.path.with_name(f"{name}.pdf").read_bytes()
        for part, text in pdf_parts(data):
            words = text if isinstance(text, str) else text.decode("utf-8", "replace")
            assert "classonly" not in words.casefold(), (name, part)
            assert "teachernote" not in words.casefold(), (name, part)


# -- answers


@pytest.mark.parametrize("kind", ["single-choice", "multiple-response"])
def test_answer_names_the_letters_that_are_printed_at_the_options(book: Book, kind: str) -> None:
    number = number_of(book, kind)
    question, answer = book.questions[number], book.answers[number]
    item = book.checks[number]
    right = [option["text"] for option in item["options"] if option.get("correct")]
    keys = sorted(f"{letter_of(question, text)}) {text}" for text in right)
    assert answer.startswith(f"{'; '.join(keys)} {item['solution']} See: ")


def test_matches_have_the_letters_that_are_printed(book: Book) -> None:
    number = number_of(book, "match")
    question, answer = book.questions[number], book.answers[number]
    pairs = [
        f"{pair['term']}: {letter_of(question, pair['match'])}) {pair['match']}"
        for pair in book.checks[number]["pairs"]
    ]
    assert " ".join(answer.split()).startswith(f"Matches: {' '.join(pairs)} ")


def test_grid_is_answered_in_the_order_in_which_it_is_printed(book: Book) -> None:
    number = number_of(book, "classify")
    items = book.checks[number]["items"]
    category = {item["text"]: item["category"] for item in items}
    printed = sorted(category, key=book.questions[number].index)
    assert printed != list(category)
    rows = [f"{text.removesuffix('.')}: {category[text]}" for text in printed]
    answer = " ".join(book.answers[number].split())
    assert answer.startswith(f"Categories: {' '.join(rows)} ")


@pytest.mark.parametrize(
    ("kind", "start"),
    [
        ("true-false", "False By check C1"),
        ("numeric", "800 per 100,000 100 / 12,500"),
        ("order", "In this order: 1. A theft happens 2. Somebody reports it 3. A clerk counts"),
        ("short-answer", "denominator It is the denominator"),
        ("open", "A model answer: It can be trusted as far as its source goes, which says"),
    ],
)
def test_answer_stands_under_its_number(book: Book, kind: str, start: str) -> None:
    answer = book.answers[number_of(book, kind)]
    assert " ".join(answer.split()).startswith(start), answer


def test_rubric_stands_with_the_model_answer(book: Book) -> None:
    number = number_of(book, "open")
    levels = "0 none 1 a number 2 a number and a source 3 a number and a source and its limits"
    assert f" How to mark exercise {number}: Points Evidence {levels} See: " in book.answers[number]


def test_every_solution_is_printed_once(book: Book) -> None:
    after = " ".join(book.texts[book.answers_from - 1 :])
    for number, item in book.checks.items():
        solution = folded(item["solution" if "solution" in item else "model_answer"])
        assert solution in book.answers[number]
        assert after.count(solution) == 1


def test_answers_tell_where_exercises_and_passages_are(book: Book) -> None:
    pages = [link.page for link in book.ways_there().values()]
    assert pages[0] < pages[-1]
    assert (
        f"1 Counting Exercises on pp. {pages[0]}–{pages[-1]} " in book.texts[book.answers_from - 1]
    )
    page = book.page_of("He judges that it will grow")
    assert book.answers["1.1"].endswith(f"See: The number, p. {page}")
    claim = book.answers[number_of(book, "true-false")]
    assert claim.endswith(f"See: Source check, p. {book.page_of('Follow the footnote')}")


def test_head_of_each_page_of_answers_names_the_first_and_the_last(long_book: Book) -> None:
    numbers = list(long_book.checks)
    seen = []
    for text in long_book.texts[long_book.answers_from :]:
        head = re.match(rf"(?:Small )?{TITLE} (1\.\d+)–(1\.\d+) ", text)
        if head is None:
            break
        first, last = map(numbers.index, head.groups())
        here = [n for n in numbers if f" {n}. " in text[head.end() - 1 :]]
        assert here == numbers[first : last + 1]
        seen += here
    assert seen
    assert seen == numbers[-len(seen) :]


# -- links


@pytest.mark.parametrize("which", ["book", "long_book"])
def test_links_lead_to_the_answer_and_back(which: str, request: pytest.FixtureRequest) -> None:
    book: Book = request.getfixturevalue(which)
    there, back = book.ways_there(), book.ways_back()
    for number in book.checks:
        go, come = there[number], back[number]
        assert go.words == f"Answer, p. {come.page}"
        assert (go.to_page, come.to_page) == (come.page, go.page)
        # Both lead to within three lines of where the other stands.
        assert abs(go.to_y - come.y) < 36
        assert abs(come.to_y - go.y) < 36


def test_links_to_passages_lead_to_the_page_they_name(book: Book) -> None:
    links = [link for link in book.links if link.page == book.answers_from]
    found = [re.search(r", p\. (\d+)$", link.words) for link in links]
    pages = [
        (int(match[1]), link.to_page) for match, link in zip(found, links, strict=True) if match
    ]
    assert len(pages) == len(book.checks)
    assert all(said == true for said, true in pages)


def test_exercise_that_stands_twice_is_answered_once(book: Book) -> None:
    number = number_of(book, "short-answer")
    [again] = [link for link in book.links if link.page > book.answers_from + 1
               and link.words.startswith("Answer,")]  # fmt: skip
    back = book.ways_back()[number]
    assert again.to_page == back.page
    assert abs(again.to_y - back.y) < 36
    assert back.to_page < book.answers_from, "it leads to the chapter"


# -- pages


def test_no_exercise_is_split(long_book: Book) -> None:
    pages = set()
    for number, item in long_book.checks.items():
        if item["type"] != "single-choice":
            continue
        page = long_book.page_of(f"Exercise {number}. {item['title']}")
        assert long_book.page_of(folded(item["options"][-1]["text"])) == page, number
        pages.add(page)
    assert len(pages) > 8


def test_exercise_that_fits_is_followed_on_the_same_page_or_the_next(long_book: Book) -> None:
    pages = [(item, long_book.page_of(f"Exercise {n}. ")) for n, item in long_book.checks.items()]
    steps = [after - page for (item, page), (_, after) in pairwise(pages) if "options" in item]
    assert set(steps) == {0, 1}


def test_exercise_taller_than_a_page_goes_on(long_book: Book) -> None:
    first, last = long_book.page_of("Part 0 of a scene."), long_book.page_of("Part 899 of a scene.")
    assert last > first
    text = " ".join(long_book.texts[first - 1 : last])
    missing = [part for part in range(900) if f"Part {part} of a scene." not in text]
    # A page's head and foot may stand within one of them.
    assert len(missing) <= last - first


def test_lines_go_on_but_no_fewer_than_three_stand_together(long_book: Book) -> None:
    split = 0
    for number, item in long_book.checks.items():
        if item["type"] != "open":
            continue
        head = long_book.page_of(f"Exercise {number}. {item['title']}")
        assert len(long_book.lengths(number)) == item["lines"]
        start = long_book.ways_there()[number]
        lines = [line for line in long_book.lines if (line.page, -line.y) > (head, -start.y)]
        pages = [line.page for line in lines[: item["lines"]]]
        assert pages[0] == head
        assert min(pages.count(page) for page in set(pages)) >= 3
        split += len(set(pages)) > 1
    assert split


def test_nothing_is_drawn_into_the_foot_of_a_page(long_book: Book) -> None:
    assert min(line.y for line in long_book.lines) > BOTTOM - 1


# -- accessibility


@pytest.mark.parametrize("name", ["book", "sheet"])
def test_exercises_conform_to_pdf_ua(book: Book, name: str) -> None:
    report = page_validation.validate_pdf(str(book.path.with_name(f"{name}.pdf")), profile="ua1")
    assert report.is_compliant, report.to_dict()


def test_long_exercises_conform_to_pdf_ua(long_book: Book) -> None:
    assert page_validation.validate_pdf(str(long_book.path), profile="ua1").is_compliant


def test_exercises_are_headings_lists_and_tables(book: Book) -> None:
    with pikepdf.open(book.path) as pdf:
        found = tags(pdf)
        for page in pdf.pages:
            assert all(str(note.get("/Contents", "")) for note in page.get("/Annots", []))
    # "The number" in the essay's part and nine exercises; the tenth stands on a page of its own.
    assert sum(tag.kind == "H3" for tag in found) == 10
    items = [tag for tag in found if tag.kind == "LI"]
    # Options 8, terms 3 and matches 4, steps 4, items 3; in the answers 3 + 4 + 3.
    assert len(items) >= 32
    heads = [tag for tag in found if tag.kind == "TH"]
    # Each part of the evidence table 5, the table of an exercise 2, the rubric 2; the timeline is a
    # list.
    parts, others = divmod(len(heads), 5)
    assert parts in {1, 2}
    assert others == 4
    assert {tag.scope for tag in heads} == {"Column"}


def test_bookmarks_and_contents_name_no_exercise(book: Book) -> None:
    with pikepdf.open(book.path) as pdf, pdf.open_outline() as outline:
        top = [item.title for item in outline.root]
        below = [child.title for item in outline.root for child in item.children]
    assert TITLE in top
    assert "Check yourself" in below
    assert not [title for title in (*top, *below) if title.startswith("Exercise")]
    assert "Exercise" not in book.texts[2]


def test_same_exercises_give_the_same_bytes(book: Book, tmp_path: Path) -> None:
    assert printed(tmp_path, as_it_is).path.read_bytes() == book.path.read_bytes()


# -- builders without forms


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(ROOTS / "test-course", tmp_path_factory.mktemp("plain"))
    as_it_is(project, [])
    conf = project.folder / "conf.py"
    more = 'copyright = "Nobody"\nversion = "1"\n'
    conf.write_text(conf.read_text(encoding="utf-8") + more, encoding="utf-8")
    return project


def test_plain_text_writes_letters_out(shuffled: Project) -> None:
    assert shuffled.build("text") == []
    text = folded(shuffled.output("chapters/counting.txt", "text").read_text(encoding="utf-8"))
    questions, _, answers = text.partition(f"-[ {TITLE} ]-")
    for words in ("A period of time", "A place that is named", "how many there are"):
        assert f"{letter_of(questions, words)}) {words}" in answers
    assert "Exercise 1.1. What is counted Single choice, understand, 2 minutes. " in questions
    assert "gives. True or false? Exercise 1.4." in questions
    assert re.search(r"Answer: _+ per 100,000", questions)
    assert "The count on p. 1 is of thefts in a year." not in questions
    assert re.search(r"Exercise 1\.7\. Categories: .{,120}There is a count: fact", answers)
    assert re.search(r"Points\W+Evidence\W+0\W+none\W+1\W+a number", answers)


def test_epub_links_questions_and_answers(shuffled: Project) -> None:
    assert shuffled.build("epub") == []
    page = shuffled.output("chapters/counting.xhtml", "epub").read_text(encoding="utf-8")
    soup = BeautifulSoup(page, "html.parser")
    heading = soup.find(id="answers")
    assert heading is not None
    assert heading.get_text() == TITLE, "it has no number"
    there = [link["href"] for link in soup.select(".exercise-facts a")]
    back = [link["href"] for link in soup.select(".exercise-lead a")]
    passages = [link["href"] for link in soup.select(".exercise-passage a")]
    assert len(there) == len(back) == len(passages) == 9
    for href in (*there, *back, *passages):
        assert soup.find(id=str(href).removeprefix("#")), href
    assert [str(each).removeprefix("#exercise-") for each in back] == [
        str(each).removeprefix("#answer-") for each in there
    ]


def test_latex_has_a_label_for_each_link_between_them(shuffled: Project) -> None:
    assert shuffled.build("latex") == []
    [path] = shuffled.output("", "latex").glob("*.tex")
    text = path.read_text(encoding="utf-8")
    labels = re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", text)
    links = re.findall(r"\\hyperref\[\\detokenize\{([^}]*:(?:answer|exercise)-[^}]*)\}\]", text)
    # There and back for nine, once more for the one that stands twice, and a reference.
    assert len(links) >= 9 + 9 + 1 + 1
    assert set(links) <= set(labels)
    assert len(labels) == len(set(labels))
    assert text.index("{Exercise\u00a01.9") < text.index(f"\\chapter{{{TITLE}}}")


def test_xml_has_ordinary_nodes_alone(shuffled: Project) -> None:
    assert shuffled.build("xml") == []
    text = shuffled.output("chapters/counting.xml", "xml").read_text(encoding="utf-8")
    assert "<exercise" not in text
    assert text.count('<container classes="exercise-print ') == 9
    assert text.count('<container classes="exercise-answer-print"') == 9


@pytest.mark.parametrize("builder", ["text", "html"])
def test_place_for_answers_without_exercises_is_left_out(course: Project, builder: str) -> None:
    course.edit("other.md", "# Another page\n", "# Another page\n\n```{answers}\n```\n")
    assert course.build(builder) == []
