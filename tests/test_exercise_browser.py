"""Exercises in a real browser: marking, keyboard, what is kept, review, and who is left out.

They are those of the small course, whose bank has one exercise of each type.
"""

from __future__ import annotations

import gzip
import json
import re
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

import pytest
from conftest import ENGINE, ROOTS, Project
from courseware.bank.review import GAPS
from forms import CHAPTER, INDEX, PROGRESS, REVIEW, listen
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import (
        Browser,
        Dialog,
        FilePayload,
        Locator,
        Page,
    )

pytestmark = pytest.mark.browser

STATIC = ENGINE / "pages" / "static"
KEEPING_SCRIPTS = (
    *("store.js", "dom.js", "answers.js", "drafts.js", "kept.js", "marking.js", "exercises.js"),
    *("review.js", "progress.js", "exercise-list.js", "marks.js"),
)
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
)
FULL_STORE, CLOSED_STORE = (
    "the browser's store is full",
    "the browser lets this page keep nothing",
)
UNKEPT = "It is kept only until you leave this page:"
CANNOT_KEEP = "New answers cannot be kept:"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };"
CLOSED = """Object.defineProperty(window, 'localStorage', {
    get() { throw new Error('SecurityError'); } });"""
NOON = datetime.fromisoformat("2026-11-24T12:00:00+00:00")


@dataclass(frozen=True)
class Case:
    """An answer to an exercise, what the status says, and what is said of each input.

    That is the word that stands beside it and the feedback below the verdict, with a bar between.
    """

    exercise: str
    answer: str | list[str] | dict[str, str]
    result: str
    status: str
    notes: dict[str, str]


TERMS = {
    "Count": "A. how many there are",
    "Rate": "C. how many for each of something",
    "Footnote": "B. a note that names a source",
}
STEPS = {
    "A theft happens": "1, first",
    "Somebody reports it": "2",
    "A clerk counts the reports": "3",
    "The essay quotes the count": "4, last",
}
KINDS = {
    "There is a count.": "fact",
    "Theft is growing worse.": "judgement",
    "It will grow further.": "prediction",
}
CASES = {
    "single right": Case(
        "counting-single",
        ["Thefts in a year"],
        "right",
        "Right.",
        {"Thefts in a year": "Right | The essay says thefts on p. 1, and a year is meant."},
    ),
    "single wrong": Case(
        "counting-single",
        ["Thieves in a year"],
        "wrong",
        "Not right.",
        {
            "Thieves in a year": "Not right | A thief may steal twice, "
            "so thieves and thefts are different counts."
        },
    ),
    "multiple right": Case(
        "counting-multiple",
        ["A period of time", "A place that is named"],
        "right",
        "Right.",
        {
            "A period of time": "Right | Without a period, the count on p. 1 says nothing.",
            "A place that is named": "Right | Without a place, the count on p. 1 says nothing.",
        },
    ),
    "multiple partly": Case(
        "counting-multiple",
        ["A period of time", "A famous author"],
        "partly",
        "Partly right: 1 answer is wrong, 1 answer is missing.",
        {
            "A period of time": "Right | Without a period, the count on p. 1 says nothing.",
            "A famous author": "Not right | "
            "A name does not make a count comparable with another one.",
        },
    ),
    "multiple missing": Case(
        "counting-multiple",
        ["A place that is named"],
        "partly",
        "Partly right: 1 answer is missing.",
        {"A place that is named": "Right | Without a place, the count on p. 1 says nothing."},
    ),
    "multiple wrong": Case(
        "counting-multiple",
        ["A famous author", "A larger number"],
        "wrong",
        "Not right: 2 answers are wrong, 2 answers are missing.",
        {
            "A famous author": "Not right | "
            "A name does not make a count comparable with another one.",
            "A larger number": "Not right | "
            "Size is no virtue in a count; what it counts is what matters.",
        },
    ),
    "claim right": Case(
        "counting-claim",
        ["False"],
        "right",
        "Right.",
        {"False": "Right | The source says ninety, as close check C1 tells, and not a hundred."},
    ),
    "claim wrong": Case(
        "counting-claim",
        ["True"],
        "wrong",
        "Not right.",
        {
            "True": "Not right | The essay says a hundred, "
            "but the source that the check found says ninety."
        },
    ),
    "number right": Case(
        "counting-number",
        "800",
        "right",
        "Right.",
        {"Your answer": "Right | A hundred over 12,500, times 100,000, makes 800 in all."},
    ),
    "number expected": Case(
        "counting-number",
        "125",
        "wrong",
        "Not right.",
        {
            "Your answer": "Not right | That is people for each theft, "
            "so the ratio stands on its head."
        },
    ),
    "number otherwise": Case(
        "counting-number",
        "42",
        "wrong",
        "Not right.",
        {
            "Your answer": "Not right | Divide the thefts by the people "
            "and then multiply by 100,000."
        },
    ),
    "match right": Case(
        "counting-match",
        TERMS,
        "right",
        "Right.",
        dict.fromkeys(TERMS, "Right | "),
    ),
    "match partly": Case(
        "counting-match",
        {**TERMS, "Rate": "D. how many there will be"},
        "partly",
        "Partly right: 2 of 3 are right.",
        {
            "Count": "Right | ",
            "Rate": "Not right | That would be a forecast, which none of the three is.",
            "Footnote": "Right | ",
        },
    ),
    "match wrong": Case(
        "counting-match",
        dict(zip(TERMS, [*list(TERMS.values())[1:], TERMS["Count"]], strict=True)),
        "wrong",
        "Not right.",
        {
            "Count": "Not right | A count says how many, and no more.",
            "Rate": "Not right | A rate divides by something else.",
            "Footnote": "Not right | It stands at the foot of the page.",
        },
    ),
    "order right": Case(
        "counting-order",
        STEPS,
        "right",
        "Right.",
        dict.fromkeys(STEPS, "Right | "),
    ),
    "order partly": Case(
        "counting-order",
        {**STEPS, "A theft happens": "2", "Somebody reports it": "1, first"},
        "partly",
        "Partly right: 2 of 4 are right.",
        {
            **dict.fromkeys(STEPS, "Right | "),
            "A theft happens": "Not right | Without a theft there is nothing to report.",
            "Somebody reports it": "Not right | A report comes before any count of reports.",
        },
    ),
    "classify right": Case(
        "counting-classify",
        KINDS,
        "right",
        "Right.",
        dict.fromkeys(KINDS, "Right | "),
    ),
    "classify partly": Case(
        "counting-classify",
        {**KINDS, "It will grow further.": "judgement"},
        "partly",
        "Partly right: 2 of 3 are right.",
        {
            **dict.fromkeys(KINDS, "Right | "),
            "It will grow further.": "Not right | It speaks of the future, so it predicts.",
        },
    ),
    "word right": Case(
        "counting-word",
        "Denominator",
        "right",
        "Right.",
        {"Your answer": "Right | The denominator stands below the line of a rate (p. 2)."},
    ),
    "word expected": Case(
        "counting-word",
        "the numerator",
        "wrong",
        "Not right.",
        {
            "Your answer": "Not right | The numerator stands above the line, "
            "and it is counted first."
        },
    ),
    "word otherwise": Case(
        "counting-word",
        "fraction",
        "wrong",
        "Not right.",
        {
            "Your answer": "Not right | It stands below the line, "
            "and the chapter says that it would help."
        },
    ),
}
MARKED = {
    name: [case for case in CASES.values() if case.exercise == name]
    for name in dict.fromkeys(case.exercise for case in CASES.values())
}
ALL_IDS = [*MARKED, "counting-open"]


class Sheet:
    """One exercise on a page, as a student sees it."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self.root = page.locator(f"[data-exercise={name}]")
        self.status = self.root.locator("form > .exercise-foot > [role=status]")
        self.check = self.root.get_by_role("button", name=re.compile("Check answer|Compare with"))
        self.again = self.root.get_by_role("button", name="Try again")
        self.answer = self.root.locator(".exercise-answer")
        self.notes = self.root.locator(".exercise-note")
        self.solve = self.root.get_by_role("button", name=re.compile("(Show|Hide) solution"))
        self.following = self.root.get_by_role("button", name="Next exercise")

    def control(self, label: str) -> Locator:
        """Return the input that *label* names."""
        return self.root.get_by_label(label, exact=True)

    def fill(self, answer: str | list[str] | dict[str, str]) -> None:
        """Give *answer*: options to click, lists to choose from, or words to write."""
        if isinstance(answer, str):
            self.control("Your answer").fill(answer)
        elif isinstance(answer, list):
            for label in answer:
                self.root.locator("label", has_text=re.compile(f"^{label}$")).click()
        else:
            for label, choice in answer.items():
                self.control(label).select_option(label=choice)

    def give(self, answer: str | list[str] | dict[str, str]) -> None:
        """Give *answer* and have it checked."""
        self.fill(answer)
        self.check.click()

    def assert_marked(self, case: Case) -> None:
        """Assert that the exercise shows what *case* says, and nothing else."""
        expect(self.status).to_have_text(case.status)
        expect(self.root).to_have_attribute("data-result", case.result)
        assert self.feedback() == case.notes

    def feedback(self) -> dict[str, str]:
        """Return the word and the feedback by the label of the input that they describe."""
        found: dict[str, str] = self.root.evaluate(
            """root => {
                const said = {};
                for (const place of root.querySelectorAll('.exercise-mark, .exercise-note')) {
                    const described = `[aria-describedby~="${place.id}"]`;
                    const [input, ...others] = root.querySelectorAll(described);
                    const mark = place.matches('.exercise-mark');
                    const apart = !input || others.length ||
                        place.closest('label, [role=status]') ||
                        (mark ? place.parentNode !== input.parentNode
                              : !place.closest('.exercise-notes'));
                    const label = apart ? 'apart from its input' : input.labels[0].textContent;
                    const words = place.querySelector('.exercise-said') || place;
                    const text = words.textContent.trim();
                    said[label] = mark ? `${text} | ${said[label] || ''}`
                                       : (said[label] || '') + text;
                }
                return said; }"""
        )
        return found


def key_of(page: Page, name: str) -> str:
    """Return under which key the course that *page* shows keeps the exercise *name*."""
    address = urlsplit(page.url)
    if address.scheme == "file":
        return f"small-course:{name}"
    depth = str(page.get_attribute("html", "data-content_root"))
    return f"small-course@{urlsplit(urljoin(page.url, depth)).path}:{name}"


def kept(page: Page, name: str) -> dict[str, Any]:
    """Return what the browser keeps of the exercise *name*."""
    text = page.evaluate("key => localStorage.getItem(key)", key_of(page, name))
    state: dict[str, Any] = json.loads(text) if text else {}
    return state


def put(page: Page, name: str, state: object) -> None:
    """Keep *state* of the exercise *name*, as text if it is one."""
    text = state if isinstance(state, str) else json.dumps(state)
    page.evaluate("([k, v]) => localStorage.setItem(k, v)", [key_of(page, name), text])


def entry(
    result: str, box: int, due: str, *, answer: object = "", seen: str = ""
) -> dict[str, Any]:
    """Return what is kept of an exercise."""
    return {"answer": answer, "result": result, "box": box, "due": due, "seen": seen or due}


def focused(page: Page) -> str:
    """Return what has the focus: its label, or its text as it is seen."""
    words: str = page.evaluate(
        """() => { const e = document.activeElement;
                   return e.labels && e.labels[0] ? e.labels[0].textContent : e.textContent; }"""
    )
    return words.partition(" for Exercise")[0]


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until *target* has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"Tab does not reach {target}")


def record(status: Locator) -> Callable[[], list[str]]:
    """Return a function that tells all that comes to stand in *status* from now on."""
    status.evaluate(
        """status => { window.said = []; new MutationObserver(
            () => window.said.push(status.textContent)).observe(
            status, { childList: true, characterData: true, subtree: true }); }"""
    )
    return partial(status.page.evaluate, "window.said")


def go(page: Page, name: str) -> None:
    """Open the page *name* of the small course in place of another of its pages."""
    page.goto(urljoin(page.url, f"../{name}.html"))


def go_to(page: Page, name: str) -> Page:
    """Open the page *name* likewise, and return *page*."""
    go(page, name)
    return page


def counted(page: Page) -> list[str]:
    """Return how many exercises are right, to try again and not tried, by the page for progress."""
    return page.locator("tbody td").all_inner_texts()[:3]


# ---- what the tests share ----


@pytest.fixture(scope="session")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small course as a site, with the pages for practice."""
    project = Project(ROOTS / "test-course", tmp_path_factory.mktemp("practice"))
    (project.folder / "practice").mkdir()
    for page, title, directive in (
        (INDEX, "All exercises", "exercise-index"),
        (PROGRESS, "Your progress", "progress"),
        (REVIEW, "Review", "review"),
    ):
        text = f"# {title}\n\n```{{{directive}}}\n```\n"
        (project.folder / f"{page}.md").write_text(text, encoding="utf-8")
    project.edit("index.md", "other\n", f"other\n{INDEX}\n{PROGRESS}\n{REVIEW}\n")
    # The theme's search box comes with a script in the page, which is not ours.
    project.edit("conf.py", "html_theme =", 'html_sidebars = {"**": []}\nhtml_theme =')
    bank = "exercises/bank/counting.yml"
    project.edit(
        bank,
        "      - value: 0.8\n",
        "      - value: 1250000\n"
        "        feedback: That is far more than there are people in the town.\n"
        "        misconception: scale-slip\n"
        "      - value: -800\n"
        "        feedback: Nobody can be robbed fewer times than never, so mind the sign.\n"
        "        misconception: scale-slip\n"
        "      - value: 0.8\n",
    )
    project.edit(bank, "el denominador]", "el denominador, Año de la Straße]")
    assert project.build() == []
    return project.output("")


@pytest.fixture(scope="module")
def desk(chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    """Return a page that most tests use in turn, and what it complains of.

    A context for each test would take most of the time.
    """
    context = chromium.new_context(timezone_id="UTC")
    said = listen(context)
    yield context.new_page(), said
    context.close()


@pytest.fixture
def visit(desk: tuple[Page, list[str]], practice: Path) -> Iterator[Callable[[str], Page]]:
    """Return a function that opens a page of the small course from the file system.

    After the test nothing is kept any more, and no page may have complained.
    """
    page, said = desk

    def open_page(name: str) -> Page:
        page.goto((practice / f"{name}.html").as_uri())
        return page

    yield open_page
    page.evaluate("localStorage.clear()")
    complaints = said.copy()
    said.clear()
    assert complaints == []


@pytest.fixture
def visit_with(chromium: Browser, practice: Path) -> Iterator[Callable[..., Page]]:
    """Return a function like `visit`, with a context of its own for what cannot be undone.

    That is a ``script`` which runs before those of the page, a time ``zone``, a clock that stands
    still ``at`` a time, or that no ``scripts`` run.
    """
    said: list[list[str]] = []
    with ExitStack() as stack:

        def open_page(
            name: str,
            *,
            script: str = "",
            scripts: bool = True,
            zone: str = "UTC",
            at: datetime = NOON,
        ) -> Page:
            context = chromium.new_context(java_script_enabled=scripts, timezone_id=zone)
            stack.callback(context.close)
            said.append(listen(context))
            context.add_init_script(script)
            page = context.new_page()
            page.clock.set_fixed_time(at)
            page.goto((practice / f"{name}.html").as_uri())
            return page

        yield open_page
    assert [each for each in said if each] == []


@pytest.fixture
def chapter(visit: Callable[[str], Page]) -> Page:
    """Return the chapter of the small course, freshly opened."""
    return visit(CHAPTER)


class Guarded(SimpleHTTPRequestHandler):
    """Serves files with a Content-Security-Policy, and says nothing of it."""

    def do_GET(self) -> None:
        """Give a file; for the icon that browsers ask every host for, say that there is none."""
        if self.path == "/favicon.ico":
            self.send_response(204)
            self.end_headers()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """Add the policy."""
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_args: object) -> None:
        """Keep silent."""


@pytest.fixture(scope="module")
def served(practice: Path) -> Iterator[str]:
    """Return the address at which the small course is served with the policy."""
    yield from serve(practice)


def serve(folder: Path) -> Iterator[str]:
    """Serve *folder* with the policy, and yield its address, until the test is over."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Guarded, directory=folder)) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


# ---- the script ----


def test_scripts_are_small_classic_and_without_markup_in_strings(practice: Path) -> None:
    sizes = {
        path.name: len(gzip.compress(path.read_bytes(), 9))
        for name in KEEPING_SCRIPTS
        for path in STATIC.glob(name)
    }
    assert set(sizes) == set(KEEPING_SCRIPTS)
    # What readers or files say must never be read as markup or code.
    script = b"".join((STATIC / name).read_bytes() for name in KEEPING_SCRIPTS)
    assert not re.search(rb"innerHTML|outerHTML|insertAdjacent|\beval\b|new Function", script)
    for name, own in {
        CHAPTER: {"exercises.js"},
        INDEX: {"exercise-list.js"},
        PROGRESS: {"progress.js"},
        REVIEW: {"exercises.js", "review.js"},
        "reference/glossary": set(),
    }.items():
        html = (practice / f"{name}.html").read_text(encoding="utf-8")
        loaded = re.findall(r'<script[^>]*src="[^"]*/([^/"?]+\.js)', html)
        assert len(loaded) == len(set(loaded))
        special = {"exercises.js", "review.js", "progress.js", "exercise-list.js"}
        assert special & set(loaded) == own
        assert sum(sizes.get(each, 0) for each in loaded) < 20_000
        assert not re.search(r"<[^>]+\s(on[a-z]+|style)=", one_main(html))
        assert 'type="module"' not in html


def one_main(html: str) -> str:
    """Return the text of a page, without what stands around it."""
    return html.partition("<main")[2].partition("</main>")[0]


# ---- marking ----


@pytest.mark.parametrize("name", MARKED)
def test_marked_by_mouse(chapter: Page, name: str) -> None:
    sheet = Sheet(chapter, name)
    expect(sheet.answer).to_be_hidden()
    expect(sheet.again).to_be_hidden()
    first = sheet.root.locator("fieldset :is(input, select)").first
    for case in MARKED[name]:
        sheet.fill(case.answer)
        expect(sheet.status).to_be_empty()
        assert sheet.feedback() == {}
        sheet.check.click()
        sheet.assert_marked(case)
        expect(sheet.status).to_be_in_viewport()
        expect(sheet.answer).to_be_hidden()
        assert focused(chapter) == "Check answer"
        sheet.solve.click()
        expect(sheet.answer.locator(".exercise-solution")).to_be_visible()
        expect(sheet.solve).to_have_attribute("aria-expanded", "true")
        # Nothing is locked.
        assert sheet.root.locator(":disabled, [readonly]").count() == 0
        # Try again: all is clear, and the focus on the first input.
        sheet.again.click()
        expect(first).to_be_focused()
        expect(sheet.again).to_be_hidden()
        expect(sheet.answer).to_be_hidden()
        assert sheet.feedback() == {}
        assert sheet.root.get_attribute("data-result") is None
        assert sheet.root.locator("fieldset :checked:not(option)").count() == 0
        values = sheet.root.locator("fieldset :is(select, input[type=text])")
        assert values.evaluate_all("all => all.every(each => each.value === '')")


def test_all_is_there_again_after_a_reload_and_nothing_is_announced(chapter: Page) -> None:
    for cases in MARKED.values():
        Sheet(chapter, cases[-1].exercise).give(cases[-1].answer)
    chapter.reload()
    for cases in MARKED.values():
        sheet = Sheet(chapter, cases[-1].exercise)
        past = sheet.root.locator("p.exercise-status:not([role])")
        assert past.text_content() == f"Last time: {cases[-1].status}"
        assert sheet.status.text_content() == ""
        assert sheet.root.get_attribute("data-result") == cases[-1].result
        assert sheet.feedback() == cases[-1].notes
        sheet.check.click()
        expect(past).to_have_count(0)
        sheet.assert_marked(cases[-1])


def test_nothing_answered_is_no_try(chapter: Page) -> None:
    lacks = {
        "counting-match": "Choose for every line first: 3 lines are open.",
        "counting-order": "Choose for every line first: 4 lines are open.",
        "counting-classify": "Choose for every line first: 3 lines are open.",
        "counting-number": "Write your answer first.",
        "counting-word": "Write your answer first.",
        "counting-open": "Write your answer first.",
    }
    for name in ALL_IDS:
        sheet = Sheet(chapter, name)
        sheet.check.click()
        expect(sheet.status).to_have_text(lacks.get(name, "Choose an answer first."))
        expect(sheet.root.locator("fieldset :is(input, select, textarea)").first).to_be_focused()
    expect(chapter.locator(".exercise-answer:visible")).to_have_count(0)
    expect(chapter.get_by_role("button", name="Try again")).to_have_count(0)
    assert chapter.evaluate("localStorage.length") == 0


def test_open_lines_are_no_try_and_take_back_what_was_said(chapter: Page) -> None:
    sheet = Sheet(chapter, "counting-match")
    sheet.give(TERMS)
    before = kept(chapter, sheet.name)
    sheet.control("Rate").select_option("")
    sheet.check.click()
    expect(sheet.status).to_have_text("Choose for every line first: 1 line is open.")
    expect(sheet.control("Rate")).to_be_focused()
    assert sheet.feedback() == {}
    assert sheet.root.get_attribute("data-result") is None
    assert kept(chapter, sheet.name) == before


def test_answer_can_be_changed_and_checked_again(chapter: Page) -> None:
    sheet = Sheet(chapter, "counting-single")
    wrong, right = CASES["single wrong"], CASES["single right"]
    sheet.give(wrong.answer)
    sheet.assert_marked(wrong)
    sheet.give(right.answer)
    sheet.assert_marked(right)
    described = sheet.root.locator("input[aria-describedby]")
    expect(described).to_have_count(1)


def test_unit_still_describes_the_field_beside_the_feedback(chapter: Page) -> None:
    sheet = Sheet(chapter, "counting-number")
    field = sheet.control("Your answer")
    unit = field.get_attribute("aria-describedby")
    sheet.give("800")
    expect(field).to_have_accessible_description(
        "per 100,000 Right A hundred over 12,500, times 100,000, makes 800 in all."
    )
    sheet.again.click()
    assert field.get_attribute("aria-describedby") == unit


def heard(sheet: Sheet, forms: list[str]) -> dict[str, str]:
    """Return, for each form of an answer, the feedback, or the status where there is none."""
    said: dict[str, str] = sheet.root.evaluate(
        """async (root, forms) => {
            const said = {};
            for (const form of forms) {
                root.querySelector('input').value = form;
                root.querySelector('form').requestSubmit();
                const place = root.querySelector('.exercise-note .exercise-said') ||
                    root.querySelector('form [role=status]');
                while (!place.textContent) await new Promise(done => setTimeout(done, 5));
                said[form] = place.textContent;
            }
            return said; }""",
        forms,
    )
    return said


NUMBERS = [
    ("A hundred over", ["800", " 800 ", "+800", "800.", "800.0", "800,0", "800.4", "799,6"]),
    ("A hundred over", ["800%", "$800", "US$ 800", "USD 800", "US 800", "800 años"]),
    ("A hundred over", ["800 per 100,000", "800 Per 100,000", "800 thefts per 100,000"]),
    ("A hundred over", ["1600/2", "799 1/2", "799 ½", "799½", "0.8 thousand", "+1600 / 2"]),
    ("That is the rate for every hundred", ["0.8", ".8", "0,8", ",8", "0.8 %", "4/5", "\u2158"]),
    ("That is far more", ["1250000", "1,250,000", "1.250.000", "1 250 000", "1’250’000"]),
    ("That is far more", ["1\u202f250\u00a0000", "1,250,000.0", "1.250.000,0", "$1,250,000"]),
    ("That is far more", ["1.25 million", "1,25 Million", "1250 thousand thefts", "1 1/4 million"]),
    ("Nobody can be robbed", ["-800", "\u2212800", "–800", "- 800", "-$800", "-800 thefts"]),
    ("Nobody can be robbed", ["-1600/2"]),
    ("Divide the thefts", ["42", "800.6", "80", "8,000", "100,000", "80 000", "1/2", "2 billion"]),
    ("“many” has no figures. Write one number, such as 12.5, 1,250 or 3/4.", ["many"]),
    ("“-” has no figures.", ["-"]),
    ("“8oo” mixes letters with figures.", ["8oo"]),
    ("“1e3” mixes letters with figures.", ["1e3"]),
    ("“3/0” divides by nothing.", ["3/0"]),
    ("“800-900” holds more than one number.", ["800-900"]),
    ("“1 or 2” holds more than one number.", ["1 or 2"]),
    ("“1,2,3” cannot be read as a number.", ["1,2,3"]),
    ("“--8” cannot be read as a number.", ["--8"]),
    ("“eight hundred” has no figures.", ["eight hundred"]),
]


def test_forms_of_a_number(chapter: Page) -> None:
    for said, forms in NUMBERS:
        for form, words in heard(Sheet(chapter, "counting-number"), forms).items():
            assert words.startswith(said), form


WORDS = [
    ("The denominator", ["denominator", "DENOMINATOR", "The denominator", "Denominator."]),
    ("The denominator", [" dénominator ", "«denominator»", "El denominador"]),
    ("The denominator", ["denominador", "un denominador!", "año de la straße"]),
    ("The denominator", ["ano de la strasse", "AÑO DE LA STRASSE", "An\u0303o de la straße"]),
    ("The numerator stands", ["numerator", "a Numerator"]),
    ("Did you mean “denominator”?", ["denominater", "denominators", "de nominator", "enominator"]),
    ("Did you mean “denominator”?", ["denomiantor", "The Denominater."]),
    ("Did you mean “numerator”?", ["numeratro"]),
    (
        "It stands below",
        ["denomin", "the", "numerator denominator", "donemiantor", "denominator 2"],
    ),
    ("Write your answer first.", ["?!", "…", "   "]),
]


def test_forms_of_a_short_answer(chapter: Page) -> None:
    for said, forms in WORDS:
        for form, words in heard(Sheet(chapter, "counting-word"), forms).items():
            assert words.startswith(said), form


def test_a_slip_is_asked_about_and_no_try(chapter: Page) -> None:
    sheet = Sheet(chapter, "counting-word")
    sheet.give("denominater")
    expect(sheet.status).to_have_text("Did you mean “denominator”?")
    assert kept(chapter, sheet.name) == {}
    assert sheet.root.get_attribute("data-result") is None
    sheet.root.get_by_role("button", name="Yes, “denominator”").click()
    sheet.assert_marked(CASES["word right"])
    assert kept(chapter, sheet.name)["answer"] == "denominator"
    # Who has it checked once more means what stands there.
    sheet.again.click()
    sheet.give("denominater")
    sheet.check.click()
    sheet.assert_marked(CASES["word otherwise"])


def test_next_exercise_leads_on_and_the_last_one_leads_nowhere(chapter: Page) -> None:
    sheet = Sheet(chapter, "counting-word")
    sheet.give("fraction")
    sheet.following.press("Enter")
    expect(chapter.locator("#exercise-counting-open .exercise-title")).to_be_focused()
    expect(chapter.locator("#exercise-counting-open .exercise-title")).to_be_in_viewport()
    last = Sheet(chapter, "counting-open")
    last.give("Ninety.")
    expect(last.again).to_be_visible()
    expect(last.following).to_be_hidden()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_verdicts_differ_in_words_sign_and_colour(visit: Callable[[str], Page], theme: str) -> None:
    page = visit(CHAPTER)
    page.set_viewport_size({"width": 390, "height": 700})
    page.evaluate("theme => { document.documentElement.dataset.theme = theme; }", theme)
    looks = []
    for name in ("single right", "multiple partly", "single wrong"):
        case = CASES[name]
        sheet = Sheet(page, case.exercise)
        sheet.give(case.answer)
        sheet.assert_marked(case)
        expect(sheet.status).to_be_in_viewport(ratio=1)
        expect(sheet.check).to_be_in_viewport(ratio=1)
        look = sheet.status.evaluate(
            """status => { const style = getComputedStyle(status);
                return [getComputedStyle(status, '::before').content[1], style.color,
                        style.backgroundColor]; }"""
        )
        assert contrast(look[1], look[2]) >= 7
        looks.append(look)
    signs, inks, tints = zip(*looks, strict=True)
    assert [len(set(each)) for each in (signs, inks, tints)] == [3, 3, 3]
    page.set_viewport_size({"width": 1280, "height": 720})


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, written as rgb() (WCAG 2.2, relative luminance)."""

    def light(colour: str) -> float:
        parts = [int(each) / 255 for each in re.findall(r"\d+", colour)[:3]]
        linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


# ---- the keyboard alone ----


@pytest.mark.parametrize(
    "case", [CASES["single wrong"], CASES["claim wrong"]], ids=["single", "claim"]
)
def test_arrows_choose_and_enter_submits(chapter: Page, case: Case) -> None:
    sheet = Sheet(chapter, case.exercise)
    radios = sheet.root.locator("input[type=radio]")
    tab_to(chapter, radios.first)
    chapter.keyboard.press("Space")
    for _ in range(radios.count()):
        chapter.keyboard.press("ArrowDown")
        expect(sheet.status).to_be_empty()
    assert isinstance(case.answer, list)
    while focused(chapter) != case.answer[0]:
        chapter.keyboard.press("ArrowUp")
    expect(sheet.status).to_be_empty()
    assert kept(chapter, sheet.name) == {}
    chapter.keyboard.press("Enter")
    sheet.assert_marked(case)
    assert focused(chapter) == case.answer[0]
    # On to the buttons: the second clears, and leads back to the choice.
    tab_to(chapter, sheet.check)
    chapter.keyboard.press("Tab")
    assert focused(chapter) == "Try again"
    chapter.keyboard.press("Enter")
    expect(radios.first).to_be_focused()
    expect(sheet.status).to_be_empty()


def test_checkboxes_by_keyboard(chapter: Page) -> None:
    case = CASES["multiple partly"]
    sheet = Sheet(chapter, case.exercise)
    tab_to(chapter, sheet.root.locator("input").first)
    for _ in range(4):
        if focused(chapter) in case.answer:
            chapter.keyboard.press("Space")
        chapter.keyboard.press("Tab")
    expect(sheet.status).to_be_empty()
    assert focused(chapter) == "Check answer"
    chapter.keyboard.press("Space")
    sheet.assert_marked(case)


@pytest.mark.parametrize(
    "case", [CASES["number expected"], CASES["word right"]], ids=["number", "word"]
)
def test_fields_by_keyboard(chapter: Page, case: Case) -> None:
    sheet = Sheet(chapter, case.exercise)
    tab_to(chapter, sheet.control("Your answer"))
    chapter.keyboard.type(str(case.answer))
    chapter.keyboard.press("ArrowLeft")
    expect(sheet.status).to_be_empty()
    chapter.keyboard.press("Enter")
    sheet.assert_marked(case)
    expect(sheet.control("Your answer")).to_be_focused()


@pytest.mark.parametrize(
    "case",
    [CASES["match partly"], CASES["order right"], CASES["classify partly"]],
    ids=["match", "order", "classify"],
)
def test_lists_by_keyboard(chapter: Page, case: Case) -> None:
    assert isinstance(case.answer, dict)
    sheet = Sheet(chapter, case.exercise)
    selects = sheet.root.locator("select")
    tab_to(chapter, selects.first)
    for at in range(selects.count()):
        select = selects.nth(at)
        expect(select).to_be_focused()
        choices = select.locator("option").all_inner_texts()
        for _ in range(choices.index(case.answer[focused(chapter)])):
            chapter.keyboard.press("ArrowDown")
        if at < selects.count() - 1:
            chapter.keyboard.press("Tab")
    expect(sheet.status).to_be_empty()
    chapter.keyboard.press("Tab")
    chapter.keyboard.press("Enter")
    sheet.assert_marked(case)


def test_hint_and_answer_by_keyboard(chapter: Page) -> None:
    sheet = Sheet(chapter, "counting-claim")
    hint = sheet.root.locator(".exercise-hint")
    tab_to(chapter, hint.locator("summary"))
    chapter.keyboard.press("Enter")
    expect(hint.get_by_text("Follow the footnote.")).to_be_visible()
    expect(sheet.status).to_be_empty()
    sheet.give(["True"])
    tab_to(chapter, sheet.solve)
    chapter.keyboard.press("Space")
    expect(sheet.solve).to_have_accessible_name("Hide solution for Exercise\u00a01.3.")
    expect(sheet.answer.get_by_text("By check C1 the source says ninety.")).to_be_visible()
    link = sheet.answer.get_by_role("link", name="Source check")
    tab_to(chapter, link)
    chapter.keyboard.press("Enter")
    chapter.wait_for_url("**#source-check")
    # A new try begins with the answer closed.
    sheet.again.click()
    expect(sheet.answer.get_by_text("By check C1")).to_be_hidden()


# ---- open questions ----


def test_open_question_by_keyboard(chapter: Page) -> None:
    sheet = Sheet(chapter, "counting-open")
    rating = sheet.root.locator(".exercise-rating")
    rated = rating.locator("[role=status]")
    tab_to(chapter, sheet.control("Your answer"))
    chapter.keyboard.type("One sentence.")
    chapter.keyboard.press("Enter")
    chapter.keyboard.type("Another.")
    expect(sheet.status).to_be_empty()
    expect(sheet.answer).to_be_hidden()
    expect(rating).to_be_hidden()
    chapter.keyboard.press("Tab")
    assert focused(chapter) == "Compare with a model answer"
    chapter.keyboard.press("Enter")
    expect(sheet.status).to_have_text(
        "The model answer is open below: compare, then judge your own."
    )
    expect(sheet.answer.get_by_text("It can be trusted as far as")).to_be_visible()
    assert kept(chapter, sheet.name) == {}
    tab_to(chapter, rating.locator("input").first)
    chapter.keyboard.press("Enter")
    expect(rated).to_have_text("Choose a judgement first.")
    chapter.keyboard.press("Space")
    chapter.keyboard.press("ArrowDown")
    assert focused(chapter) == "It holds in part"
    assert kept(chapter, sheet.name) == {}
    chapter.keyboard.press("Enter")
    expect(rated).to_have_text("It holds in part.")
    state = kept(chapter, sheet.name)
    assert (state["result"], state["answer"]) == ("partly", "One sentence.\nAnother.")


def test_open_question_by_mouse_and_again_after_a_reload(chapter: Page) -> None:
    sheet = Sheet(chapter, "counting-open")
    sheet.give("Ninety.")
    sheet.control("It holds up").check()
    assert kept(chapter, sheet.name) == {}
    sheet.root.get_by_role("button", name="Keep my judgement").click()
    assert kept(chapter, sheet.name)["result"] == "right"
    # What is written after the judgement is kept with it.
    sheet.control("Your answer").fill("Ninety, says C1.")
    chapter.reload()
    expect(sheet.control("Your answer")).to_have_value("Ninety, says C1.")
    expect(sheet.control("It holds up")).to_be_checked()
    expect(sheet.root.get_by_text("Last time: It holds up.")).to_be_visible()
    expect(sheet.answer).to_have_attribute("open", "")
    sheet.again.click()
    expect(sheet.control("Your answer")).to_be_focused()
    expect(sheet.control("Your answer")).to_have_value("")
    expect(sheet.answer).to_be_hidden()
    expect(sheet.root.locator(".exercise-rating")).to_be_hidden()
    assert sheet.root.locator(":checked").count() == 0


def test_open_answer_is_not_lost_before_it_is_judged(chapter: Page) -> None:
    sheet = Sheet(chapter, "counting-open")
    sheet.control("Your answer").fill("A long thought")
    chapter.reload()
    expect(sheet.control("Your answer")).to_have_value("A long thought")
    expect(sheet.answer).to_be_hidden()
    sheet.check.click()
    # Nor by a new try: it waits until its writer deletes it.
    sheet.again.click()
    chapter.reload()
    field = sheet.control("Your answer")
    expect(field).to_have_value("")
    expect(sheet.root.locator(".draft-text")).to_have_text("A long thought")
    field.fill("A new one")
    sheet.root.get_by_role("button", name="Add it to the answer").click()
    expect(field).to_have_value("A new one\n\nA long thought")
    expect(sheet.root.locator(".draft-text")).to_be_hidden()
    chapter.reload()
    expect(field).to_have_value("A new one\n\nA long thought")
    expect(sheet.root.locator(".draft-text")).to_be_hidden()


def test_two_tabs_write_one_answer_and_nothing_is_lost(visit_with: Callable[..., Page]) -> None:
    one = visit_with(CHAPTER)
    other = one.context.new_page()
    other.add_init_script(
        "addEventListener('storage', e => { if (window.asleep) e.stopImmediatePropagation(); });"
    )
    other.goto(one.url)
    mine, theirs = (Sheet(page, "counting-open").control("Your answer") for page in (one, other))
    # What is written here shows there at once.
    mine.fill("Written here")
    expect(theirs).to_have_value("Written here")
    theirs.fill("Written here and there")
    expect(mine).to_have_value("Written here and there")
    # A tab that slept has not heard of it: both texts stay, and it says so.
    other.evaluate("() => { window.asleep = true; }")
    put(one, "draft:counting-open", "A text of a tab that slept")
    key = key_of(one, "draft:counting-open")
    other.wait_for_function("key => localStorage.getItem(key).startsWith('A text')", arg=key)
    theirs.press_sequentially("!")
    shown = Sheet(other, "counting-open").root.locator(".draft-other")
    expect(shown).to_contain_text("Another text of yours for this answer is kept as well")
    expect(shown.locator(".draft-text")).to_have_text("A text of a tab that slept")
    expect(theirs).to_have_value("Written here and there!")
    other.reload()
    expect(theirs).to_have_value("Written here and there!")
    expect(shown.locator(".draft-text")).to_have_text("A text of a tab that slept")
    shown.get_by_role("button", name="Delete it").click()
    expect(shown).to_be_hidden()


def test_answers_in_one_tab_show_in_the_others(visit_with: Callable[..., Page]) -> None:
    one = visit_with(CHAPTER)
    pages = {name: one.context.new_page() for name in (CHAPTER, INDEX, PROGRESS)}
    for name, page in pages.items():
        page.goto(urljoin(one.url, f"../{name}.html"))
    begun = Sheet(pages[CHAPTER], "counting-single")
    begun.fill(["Thefts in a month"])
    case = CASES["claim wrong"]
    Sheet(one, case.exercise).give(case.answer)
    Sheet(one, "counting-single").give(CASES["single right"].answer)
    seen = Sheet(pages[CHAPTER], case.exercise)
    expect(seen.root).to_have_attribute("data-result", "wrong")
    assert seen.feedback() == case.notes
    expect(seen.status).to_be_empty()
    tally = "1 of 9 right, 1 to try again, 7 not tried."
    expect(pages[CHAPTER].locator(".exercise-tally")).to_have_text(tally)
    # What is being answered there stays as it is.
    expect(begun.control("Thefts in a month")).to_be_checked()
    expect(pages[PROGRESS].locator("tbody td").first).to_have_text("1")
    listed = pages[INDEX].locator(".id-counting-claim .exercise-mark")
    expect(listed).to_have_text("Not right")
    Sheet(one, case.exercise).give(["False"])
    expect(listed).to_have_text("Right")
    expect(seen.root).to_have_attribute("data-result", "right")
    pages[PROGRESS].once("dialog", lambda dialog: dialog.accept())
    pages[PROGRESS].get_by_role("button", name="Delete").click()
    expect(listed).to_have_text("Not tried")
    expect(one.locator(".exercise-tally")).to_contain_text("9 not tried")
    expect(seen.root).not_to_have_attribute("data-result", "right")


# ---- what a screen reader hears ----


def test_status_is_there_before_it_speaks_and_speaks_once(chapter: Page) -> None:
    sheet = Sheet(chapter, "counting-single")
    # A region that is not displayed is unknown to screen readers, and its first words are lost.
    assert sheet.status.evaluate("e => getComputedStyle(e).display") == "block"
    assert sheet.status.evaluate("e => e.getBoundingClientRect().height") == 0
    said = record(sheet.status)
    sheet.give(["Thieves in a year"])
    expect(sheet.status).not_to_be_empty()
    assert said() == ["Not right."]
    # The same words are announced again, because they were gone for a moment.
    sheet.check.click()
    expect(sheet.status).not_to_be_empty()
    assert said() == ["Not right.", "", "Not right."]


def test_status_speaks_once_of_a_full_store(visit_with: Callable[..., Page]) -> None:
    sheet = Sheet(visit_with(CHAPTER, script=FULL), "counting-single")
    said = record(sheet.status)
    sheet.give(["Thieves in a year"])
    expect(sheet.status).not_to_be_empty()
    assert said() == [f"Not right. {UNKEPT} {FULL_STORE}."]


# ---- without a script, elsewhere, small, dark, still ----


def test_every_answer_is_reachable_without_scripts(visit_with: Callable[..., Page]) -> None:
    page = visit_with(CHAPTER, scripts=False)
    assert page.locator("[data-exercise] button").count() == 0
    loads: list[str] = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    for name in ("counting-number", "counting-word"):
        field = Sheet(page, name).control("Your answer")
        field.fill("125")
        field.press("Enter")
    for name in ALL_IDS:
        sheet = Sheet(page, name)
        solution = sheet.root.locator(".exercise-solution")
        expect(solution).to_be_hidden()
        sheet.answer.locator("summary").click()
        expect(solution).to_be_visible()
        hint = sheet.root.locator(".exercise-hint").first
        hint.locator("summary").click()
        expect(hint.locator("p")).to_be_visible()
    expect(page.get_by_text("800 per 100,000", exact=True)).to_be_visible()
    expect(Sheet(page, "counting-word").control("Your answer")).to_have_value("125")
    assert loads == []


def test_pages_for_practice_hold_nothing_dead_without_scripts(
    visit_with: Callable[..., Page],
) -> None:
    page = visit_with(INDEX, scripts=False)
    expect(page.locator(".exercise-list > li").first).to_be_visible()
    for name in (INDEX, PROGRESS, REVIEW, CHAPTER):
        go(page, name)
        expect(page.locator("main, [role=main]")).to_be_visible()
        assert page.locator(".needs-script:visible").count() == 0
        assert page.locator("[role=main] :is(button, table.progress-table):visible").count() == 0


def test_all_works_under_a_content_security_policy(chromium: Browser, served: str) -> None:
    watch = """window.refused = []; addEventListener('securitypolicyviolation',
               event => window.refused.push(event.violatedDirective));"""
    context = chromium.new_context()
    context.add_init_script(watch)
    page = context.new_page()

    def refused(name: str) -> list[str]:
        found: list[str] = page.evaluate("window.refused")
        return [f"{name}: {each}" for each in found]

    page.goto(f"{served}/{CHAPTER}.html")
    for cases in MARKED.values():
        sheet = Sheet(page, cases[-1].exercise)
        sheet.give(cases[-1].answer)
        sheet.assert_marked(cases[-1])
        sheet.again.click()
    found = refused(CHAPTER)
    page.goto(f"{served}/{PROGRESS}.html")
    with page.expect_download():
        page.get_by_role("button", name="Export").click()
    found += refused(PROGRESS)
    page.goto(f"{served}/{REVIEW}.html")
    expect(session(page, "all").locator(".exercise-title")).to_be_focused()
    found += refused(REVIEW)
    page.goto(f"{served}/{INDEX}.html")
    page.get_by_label("Type").select_option(label="Number")
    expect(page.locator(".exercise-list > li:visible")).to_have_count(1)
    found += refused(INDEX)
    assert found == []
    # The policy is on: it refuses a script in the page.
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))"
    )
    page.wait_for_function("window.refused.length")
    context.close()


def test_nothing_moves(chapter: Page) -> None:
    sheet = Sheet(chapter, "counting-single")
    sheet.give(["Thieves in a year"])
    moving = """root => [...root.querySelectorAll('*')].filter(e => {
        const style = getComputedStyle(e);
        return style.animationName !== 'none' || style.scrollBehavior === 'smooth' ||
               style.transitionDuration !== '0s'; }).map(e => e.className)"""
    assert sheet.root.evaluate(moving) == []


# ---- a store that is broken, full or closed ----


BROKEN = {
    "garbage": "{not json",
    "null": "null",
    "a number": "7",
    "a list": "[]",
    "a text": '"right"',
    "no fields": "{}",
    "unknown result": json.dumps(entry("perfect", 1, "2026-11-25")),
    "box as text": json.dumps({**entry("right", 1, "2026-11-25"), "box": "1"}),
    "box too high": json.dumps(entry("right", 6, "2026-11-25")),
    "box of a half": json.dumps({**entry("right", 1, "2026-11-25"), "box": 0.5}),
    "due in a list": json.dumps({**entry("right", 1, "2026-11-25"), "due": ["2026-11-25"]}),
    "due of a number": json.dumps({**entry("right", 1, "2026-11-25"), "due": 20261125}),
    "no day seen": json.dumps({**entry("right", 1, "2026-11-25"), "seen": None}),
    "huge": "x" * 2_000_000,
}


def test_broken_entries_count_as_not_tried(visit: Callable[[str], Page]) -> None:
    page = visit(PROGRESS)
    texts = [*BROKEN.values()]
    for broken in (texts[: len(ALL_IDS)], texts[-len(ALL_IDS) :]):
        for name, text in zip(ALL_IDS, broken, strict=True):
            put(page, name, text)
        go(page, PROGRESS)
        assert counted(page) == ["0", "0", "9"]
        expect(page.locator(".progress-unread")).to_have_text(
            "Kept in this browser, but not counted: 9 entries that cannot be read. "
            "They go into the exported file as they are."
        )
    go(page, CHAPTER)
    assert page.locator(".exercise-tally").inner_text().startswith("0 of 9 right, 0 to try again")
    sheet = Sheet(page, ALL_IDS[0])
    expect(sheet.root).to_contain_text("What this browser keeps of this exercise cannot be read.")
    broken = page.evaluate("key => localStorage.getItem(key)", key_of(page, sheet.name))
    sheet.give(["Thefts in a year"])
    assert kept(page, sheet.name)["result"] == "right"
    # Nothing is lost: what could not be read stands beside it.
    aside = page.evaluate("key => localStorage.getItem(key)", key_of(page, f"aside:{sheet.name}"))
    assert aside == broken
    go(page, REVIEW)
    expect(page.locator(".review-page > [role=status]")).to_have_text(
        "Nothing is due today; 8 new ones are ready."
    )


def test_entries_of_a_newer_edition_are_told_kept_and_given_out(
    visit: Callable[[str], Page],
) -> None:
    page = visit(PROGRESS)
    newer = {**entry("right", 1, "2026-11-25", answer=["true"]), "version": 2}
    put(page, "counting-claim", newer)
    put(page, "counting-gone", entry("right", 1, "2026-11-25", answer=["x"]))
    page.reload()
    assert counted(page) == ["0", "0", "9"]
    expect(page.locator(".progress-unread")).to_contain_text(
        "not counted: 1 entry from a newer edition of the course, "
        "1 entry of exercises that this edition does not have."
    )
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    data = json.loads(download.value.path().read_text())
    assert json.loads(data["unread"]["counting-claim"]) == newer
    assert list(data["exercises"]) == ["counting-gone"]
    go(page, CHAPTER)
    sheet = Sheet(page, "counting-claim")
    expect(sheet.root).to_contain_text(
        "comes from a newer edition of the course. It stays as it is"
    )
    sheet.give(["True"])
    text = page.evaluate("key => localStorage.getItem(key)", key_of(page, "aside:counting-claim"))
    assert json.loads(text) == newer
    said = imported(go_to(page, PROGRESS), exported({}, version=2))
    assert said.startswith("This file comes from a newer edition of the course")
    assert "nothing was changed" in said


def test_answer_that_fits_no_more_is_told_and_does_not_count(chapter: Page) -> None:
    page = chapter
    answers = [None, 7, ["x"], {"x": "y"}, [["x"]], {"length": 9}, {"0": "true"}, True]
    # Each exercise meets an answer of each sort that it never gives.
    for first in range(0, len(answers), 2):
        for at, name in enumerate(ALL_IDS):
            answer = answers[(first + at) % len(answers)]
            put(page, name, entry("right", 1, "2026-11-25", answer=answer))
        page.reload()
        expect(
            page.get_by_text("fits this exercise no more, whose words have changed")
        ).to_have_count(9)
        assert page.locator(".exercise-note, .exercise-mark").count() == 0
        assert page.locator("[data-result]").count() == 0
        assert page.locator("fieldset :checked:not(option)").count() == 0
        expect(page.locator(".exercise-tally")).to_contain_text("0 of 9 right")
    sheet = Sheet(page, "counting-match")
    expect(sheet.root).to_contain_text("Your answer of 25 November 2026 (right) fits")
    sheet.give(TERMS)
    sheet.assert_marked(CASES["match right"])
    expect(page.locator(".exercise-tally")).to_contain_text("1 of 9 right")


@pytest.mark.parametrize(
    ("script", "trouble"), [(FULL, FULL_STORE), (CLOSED, CLOSED_STORE)], ids=["full", "closed"]
)
def test_all_works_without_a_store(
    visit_with: Callable[..., Page], script: str, trouble: str
) -> None:
    page = visit_with(CHAPTER, script=script)
    expect(page.locator(".exercise-progress")).to_contain_text(f"{CANNOT_KEEP} {trouble}.")
    sheet = Sheet(page, "counting-claim")
    sheet.give(["True"])
    expect(sheet.status).to_have_text(f"Not right. {UNKEPT} {trouble}.")
    expect(page.locator(".exercise-tally")).to_have_text(
        "0 of 9 right, 1 to try again, 8 not tried."
    )
    essay = Sheet(page, "counting-open")
    essay.fill("Ninety.")
    expect(essay.status).to_have_text(f"{UNKEPT} {trouble}.")
    essay.check.click()
    essay.control("It holds up").check()
    essay.root.get_by_role("button", name="Keep my judgement").click()
    expect(essay.root.locator(".exercise-rating [role=status]")).to_contain_text(UNKEPT)
    # The page for review goes on from one exercise to the next.
    go(page, REVIEW)
    expect(page.locator(".review-page")).to_contain_text(CANNOT_KEEP)
    page.get_by_label("Take").select_option("all")
    page.get_by_role("button", name="Start").click()
    current = page.locator("[data-exercise]")
    first = str(current.get_attribute("data-exercise"))
    page.get_by_role("button", name="Leave it").click()
    expect(current).not_to_have_attribute("data-exercise", first)
    # The page for progress says so too, takes a file over, and gives one out.
    go(page, PROGRESS)
    expect(page.locator(".progress-page")).to_contain_text(CANNOT_KEEP)
    page.get_by_label("Import").set_input_files(
        exported({"counting-word": entry("right", 1, "2026-11-25", answer="denominator")})
    )
    status = page.locator(".progress-page [role=status]")
    expect(status).to_contain_text("1 answer did not fit into the store")
    assert counted(page) == ["1", "0", "8"]
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    assert list(json.loads(download.value.path().read_text())["exercises"]) == ["counting-word"]
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    expect(status).to_contain_text("deleted")
    assert ("could not be" in status.inner_text()) == (script == CLOSED)
    assert counted(page) == ["0", "0", "9"]


# ---- progress ----


def exported(
    exercises: object, *, course: object = "small-course", **others: object
) -> FilePayload:
    """Return a file as the page for progress exports it."""
    data = {"format": "courseware-progress", "version": 1, "course": course, "saved": "2026-11-24"}
    text = json.dumps({**data, "exercises": exercises, **others})
    return {"name": "p.json", "mimeType": "application/json", "buffer": text.encode()}


def imported(page: Page, file: FilePayload) -> str:
    """Import *file*, and return what the page says."""
    status = page.locator(".progress-page [role=status]")
    status.evaluate("status => { status.textContent = ''; }")
    page.get_by_label("Import progress from a file").set_input_files(file)
    expect(status).not_to_be_empty()
    return status.inner_text()


def test_tally_of_the_chapter_follows_each_answer(chapter: Page) -> None:
    tally = chapter.locator(".exercise-tally")
    expect(tally).to_have_text("0 of 9 right, 0 to try again, 9 not tried.")
    sheet = Sheet(chapter, "counting-multiple")
    sheet.give(CASES["multiple partly"].answer)
    expect(tally).to_have_text("0 of 9 right, 1 to try again, 8 not tried.")
    sheet.again.click()
    sheet.give(CASES["multiple right"].answer)
    expect(tally).to_have_text("1 of 9 right, 0 to try again, 8 not tried.")
    chapter.reload()
    expect(tally).to_have_text("1 of 9 right, 0 to try again, 8 not tried.")
    expect(chapter.locator(".exercise-progress")).to_contain_text(
        "Your answers are kept in this browser alone; nobody else sees them."
    )
    assert CANNOT_KEEP not in chapter.locator(".exercise-progress").inner_text()


def test_table_of_progress_and_the_way_back_to_the_chapter(chapter: Page) -> None:
    Sheet(chapter, "counting-claim").give(["False"])
    Sheet(chapter, "counting-word").give("numerator")
    chapter.get_by_role("link", name="Your progress").first.click()
    chapter.wait_for_url(f"**/{PROGRESS}.html")
    table = chapter.get_by_role("table")
    assert table.locator("thead th[scope=col]").all_inner_texts() == [
        "Chapter",
        "Right",
        "To try again",
        "Not tried",
        "Due today",
    ]
    row = table.get_by_role("row", name="1. Counting")
    expect(row.get_by_role("rowheader")).to_have_text("1. Counting")
    assert row.get_by_role("cell").all_inner_texts() == ["1", "1", "7", "0"]
    # A page that the browser kept aside on the way shows what has changed since.
    put(chapter, "counting-word", entry("right", 1, "2026-11-25"))
    chapter.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert row.get_by_role("cell").all_inner_texts() == ["2", "0", "7", "1"]
    row.get_by_role("link").click()
    chapter.wait_for_url(f"**/{CHAPTER}.html#check-yourself")


def test_steps_have_each_a_place_of_their_own(chapter: Page) -> None:
    sheet = Sheet(chapter, "counting-order")
    sheet.give(dict.fromkeys(STEPS, "2"))
    expect(sheet.status).to_have_text("Use each number once.")
    assert kept(chapter, sheet.name) == {}


def test_verdict_goes_when_the_answer_changes(chapter: Page) -> None:
    sheet = Sheet(chapter, "counting-single")
    sheet.give(["Thieves in a year"])
    expect(sheet.status).to_have_text("Not right.")
    sheet.fill(["Thefts in a year"])
    expect(sheet.status).to_be_empty()
    assert sheet.feedback() == {}


def test_progress_leads_to_what_was_missed(chapter: Page) -> None:
    Sheet(chapter, "counting-word").give("numerator")
    Sheet(chapter, "counting-claim").give(["False"])
    go(chapter, PROGRESS)
    chapter.get_by_text("To try again: 1 exercise").click()
    missed = chapter.locator(".progress-page li")
    assert missed.all_inner_texts() == ["Exercise 1.8. Below the line"]
    missed.get_by_role("link").click()
    chapter.wait_for_url(f"**/{CHAPTER}.html#exercise-counting-word")


def test_export_reset_and_import_bring_all_back(chapter: Page) -> None:
    word = Sheet(chapter, "counting-word")
    word.give("<b>numerator</b> & más")
    Sheet(chapter, "counting-claim").give(["False"])
    chapter.evaluate("localStorage.setItem('other-course:x', 'stays')")
    states = {name: kept(chapter, name) for name in ("counting-word", "counting-claim")}
    go(chapter, PROGRESS)
    status = chapter.locator(".progress-page [role=status]")
    with chapter.expect_download() as download:
        chapter.get_by_role("button", name="Export progress to a file").click()
    expect(status).to_have_text("Saved 2 answers to small-course-progress.json.")
    assert download.value.suggested_filename == "small-course-progress.json"
    file = download.value.path().read_bytes()
    data = json.loads(file)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", data.pop("saved"))
    assert data == {
        "format": "courseware-progress",
        "version": 1,
        "course": "small-course",
        "exercises": states,
        "notes": {},
        "texts": {},
        "unread": {},
    }

    def answer(dialog: Dialog, *, accept: bool) -> None:
        assert dialog.type == "confirm"
        assert "cannot be undone" in dialog.message
        if accept:
            dialog.accept()
        else:
            dialog.dismiss()

    reset = chapter.get_by_role("button", name="Delete all progress")
    chapter.once("dialog", partial(answer, accept=False))
    reset.click()
    assert counted(chapter) == ["1", "1", "7"]
    assert kept(chapter, "counting-claim") == states["counting-claim"]
    chapter.once("dialog", partial(answer, accept=True))
    reset.click()
    expect(status).to_have_text("All progress in this browser is deleted.")
    expect(reset).to_be_focused()
    assert counted(chapter) == ["0", "0", "9"]
    assert chapter.evaluate("Object.keys(localStorage)") == ["other-course:x"]

    said = imported(chapter, {"name": "p.json", "mimeType": "application/json", "buffer": file})
    assert said == "Took over 2 answers."
    assert counted(chapter) == ["1", "1", "7"]
    assert {name: kept(chapter, name) for name in states} == states
    go(chapter, CHAPTER)
    expect(word.control("Your answer")).to_have_value("<b>numerator</b> & más")


NO_FILE = "This is no file of saved progress; nothing was changed."


def test_files_that_are_not_taken_over(visit: Callable[[str], Page]) -> None:
    page = visit(PROGRESS)
    good = {"counting-claim": entry("right", 1, "2026-11-25")}

    def plain(text: str) -> FilePayload:
        return {"name": "p.json", "mimeType": "application/json", "buffer": text.encode()}

    for text in ("", "{", "null", "[]", "7", '"text"', "{}", "\0\1\2", "<html>"):
        assert imported(page, plain(text)).startswith(NO_FILE), text
    assert imported(page, exported(good, format="other")).startswith(NO_FILE)
    assert imported(page, exported(good, version=0)).startswith(NO_FILE)
    for exercises in (None, "text", 7):
        assert imported(page, exported(exercises)).startswith(NO_FILE)
    other = "This file belongs to another course"
    assert (
        imported(page, exported(good, course="greek")) == f"{other} (greek); nothing was changed."
    )
    for course in (None, {"toString": 1}, ["small-course"], 7):
        assert imported(page, exported(good, course=course)) == f"{other}; nothing was changed."
    hostile = "<img src=x onerror=alert(1)>"
    assert hostile in imported(page, exported(good, course=hostile))
    assert imported(page, exported(good, course="x" * 10_000)).count("x") == 60
    assert page.locator(".progress-page img").count() == 0
    assert page.evaluate("localStorage.length") == 0


def test_import_keeps_newer_answers_and_leaves_out_what_is_broken(
    visit: Callable[[str], Page],
) -> None:
    page = visit(PROGRESS)
    newer = entry("wrong", 1, "2026-11-26", answer=["true"], seen="2026-11-25")
    put(page, "counting-claim", newer)
    put(page, "counting-word", entry("wrong", 1, "2026-11-21", seen="2026-11-20"))
    later = entry("right", 3, "2026-12-01", answer="denominator", seen="2026-11-24")
    said = imported(
        page,
        exported(
            {
                "counting-claim": entry("right", 2, "2026-11-27", seen="2026-11-24"),
                "counting-word": later,
                **{f"broken-{at}": text for at, text in enumerate(BROKEN.values())},
                "counting-single": {**later, "due": ["2026-12-01"]},
                "__proto__": later,
                "<script>": later,
                "x" * 61: later,
                "constructor": later,
            }
        ),
    )
    assert said == (
        "Took over 2 answers. 1 newer answer here stayed. 1 answer belongs to no exercise of this "
        f"edition: kept, but not counted. {len(BROKEN) + 4} entries could not be read."
    )
    assert kept(page, "counting-claim") == newer
    assert kept(page, "counting-word") == later
    assert sorted(page.evaluate("Object.keys(localStorage)")) == [
        "small-course:constructor",
        "small-course:counting-claim",
        "small-course:counting-word",
    ]
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    assert len(json.loads(download.value.path().read_text())["exercises"]) == 3


def test_hostile_strings_stay_text(visit: Callable[[str], Page]) -> None:
    page = visit(PROGRESS)
    hostile = (
        "\"'><img src=x onerror=\"document.title='gone'\"><script>document.title='gone'</script>"
    )
    title = page.title()
    exercises = {name: entry("wrong", 1, "2026-11-25", answer=hostile) for name in ALL_IDS}
    exercises["counting-multiple"]["answer"] = [hostile]
    exercises["counting-match"]["answer"] = {hostile: hostile, "__proto__": hostile}
    assert imported(page, exported(exercises)) == (
        "Took over 9 answers. 6 answers fit their exercise no more, whose words have changed: "
        "kept, but not counted."
    )
    assert counted(page) == ["0", "3", "6"]
    go(page, CHAPTER)
    for name in ("counting-word", "counting-open"):
        expect(Sheet(page, name).control("Your answer")).to_have_value(hostile)
    assert page.locator("[data-exercise] :is(img, script)").count() == 0
    go(page, REVIEW)
    go(page, PROGRESS)
    # On its page a number shows that it is none.
    assert counted(page) == ["0", "2", "7"]
    assert page.title() == title


def test_list_of_exercises_shows_their_state_and_what_to_try_again(
    visit_with: Callable[..., Page],
) -> None:
    page = visit_with(CHAPTER)
    Sheet(page, "counting-claim").give(["True"])
    Sheet(page, "counting-multiple").give(CASES["multiple partly"].answer)
    Sheet(page, "counting-word").give("denominator")
    put(page, "counting-single", entry("right", 2, days_after(NOON, 0), answer=[]))
    go(page, INDEX)
    for name, mark in {
        "counting-claim": "Not right",
        "counting-multiple": "Partly right",
        "counting-word": "Right",
        "counting-single": "Right, due today",
        "counting-number": "Not tried",
        "counting-talk-what": "",
    }.items():
        expect(page.locator(f".id-{name} .exercise-mark")).to_have_text(mark)
    shown = page.locator(".exercise-list > li:visible .exercise-entry a")
    for choice, count in {"to try again": 2, "due today": 1, "not tried": 5, "right": 2}.items():
        page.get_by_label("State").select_option(label=choice)
        expect(shown).to_have_count(count)
    go(page, f"{INDEX}.html#again".removesuffix(".html"))
    expect(shown).to_have_count(2)


def test_marks_of_progress_stand_on_cards_and_lead_on(
    visit_with: Callable[..., Page],
) -> None:
    page = visit_with("index")
    card = page.locator(".chapter-list > li").first
    expect(page.locator(".progress-mark:visible")).to_have_count(0)
    way_in = """() => { const way = document.createElement('div');
        way.innerHTML = '<a href="#">Start</a><div data-continue=""></div>';
        document.querySelector('.chapter-list').before(way); }"""
    page.evaluate(way_in)
    tab = page.context.new_page()
    tab.clock.set_fixed_time(NOON)
    tab.goto(urljoin(page.url, f"{CHAPTER}.html"))
    start = page.locator("[data-continue]").locator("..").get_by_role("link").first
    expect(start).to_have_text("Start")
    Sheet(tab, "counting-claim").give(["False"])
    expect(card.locator(".progress-mark")).to_have_text("1 of 9 right")
    expect(start).to_have_text("Continue with 1. Counting")
    expect(page.locator("[data-continue]")).to_have_text("1 of 9 exercises tried")
    assert str(start.get_attribute("href")).endswith(f"/{CHAPTER}.html")
    for name in ALL_IDS:
        put(tab, name, entry("right", 1, days_after(NOON, 0)))
    expect(card.locator(".progress-mark")).to_have_text("done")
    due = page.locator("[data-continue]").get_by_role("link", name="9 exercises due today")
    expect(due).to_be_visible()
    expect(start).to_have_text("Go on with the review")
    due.click()
    page.wait_for_url(f"**/{REVIEW}.html")


@pytest.mark.parametrize("name", [INDEX, PROGRESS, REVIEW])
def test_nothing_jumps_when_scripts_fill_the_page(
    visit_with: Callable[..., Page], name: str
) -> None:
    watch = """window.moved = 0; new PerformanceObserver(list => {
        for (const each of list.getEntries()) window.moved += each.value;
        }).observe({ type: 'layout-shift', buffered: true });"""
    page = visit_with(name, script=watch)
    page.wait_for_timeout(300)
    assert page.evaluate("window.moved") < 0.02


# ---- several courses on one host ----

TERMS_OF_YEAR = ("spring", "autumn")


@pytest.fixture
def terms(practice: Path, tmp_path: Path) -> Iterator[str]:
    """Return the address of a host with the small course in two folders, spring and autumn."""
    for term in TERMS_OF_YEAR:
        (tmp_path / term).symlink_to(practice, target_is_directory=True)
    yield from serve(tmp_path)


def test_two_copies_on_one_host_keep_answers_apart(
    visit_with: Callable[..., Page], terms: str
) -> None:
    page = visit_with(CHAPTER)
    spring, autumn = (f"{terms}/{term}/" for term in TERMS_OF_YEAR)
    page.goto(f"{spring}{CHAPTER}.html")
    Sheet(page, "counting-claim").give(["False"])
    page.goto(f"{autumn}{CHAPTER}.html")
    expect(page.locator(".exercise-tally")).to_have_text(
        "0 of 9 right, 0 to try again, 9 not tried."
    )
    Sheet(page, "counting-word").give("fraction")
    page.goto(f"{autumn}{PROGRESS}.html")
    assert counted(page) == ["0", "1", "8"]
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    assert counted(page) == ["0", "0", "9"]
    page.goto(f"{spring}{PROGRESS}.html")
    assert counted(page) == ["1", "0", "8"]


def test_answers_of_before_go_to_the_first_course_that_finds_them(
    visit_with: Callable[..., Page], terms: str
) -> None:
    page = visit_with(CHAPTER)
    spring, autumn = (f"{terms}/{term}/" for term in TERMS_OF_YEAR)
    page.goto(f"{spring}index.html")
    old = {
        "counting-claim": entry("right", 4, "2026-12-01", answer=["false"], seen="2026-11-20"),
        "counting-word": entry("wrong", 1, "2026-11-21", answer="fraction", seen="2026-11-20"),
    }
    newer = entry("right", 1, "2026-11-25", answer="denominator", seen="2026-11-24")
    page.evaluate(
        "all => Object.entries(all).forEach(([k, v]) => localStorage.setItem(k, v))",
        {
            **{f"small-course:{name}": json.dumps(state) for name, state in old.items()},
            "small-course:draft:counting-open": "Half a thought",
            "small-course-two:counting-claim": "another course's",
        },
    )
    put(page, "counting-word", newer)
    page.goto(f"{spring}{CHAPTER}.html")
    expect(Sheet(page, "counting-open").control("Your answer")).to_have_value("Half a thought")
    assert kept(page, "counting-claim") == old["counting-claim"]
    assert kept(page, "counting-word") == newer
    assert sorted(page.evaluate("Object.keys(localStorage)")) == [
        "small-course-two:counting-claim",
        "small-course@/spring/:counting-claim",
        "small-course@/spring/:counting-word",
        "small-course@/spring/:draft:counting-open",
    ]
    page.goto(f"{autumn}{PROGRESS}.html")
    assert counted(page) == ["0", "0", "9"]


def test_answers_of_before_stay_where_there_is_no_room_to_move_them(
    visit_with: Callable[..., Page], terms: str
) -> None:
    page = visit_with(CHAPTER, script=FULL)
    page.goto(f"{terms}/spring/index.html")
    text = json.dumps(entry("right", 4, "2026-12-01"))
    # What the script that fills the store has replaced, assignment still does.
    page.evaluate("text => { localStorage['small-course:counting-claim'] = text; }", text)
    page.goto(f"{terms}/spring/{CHAPTER}.html")
    expect(page.locator(".exercise-unkept")).to_be_visible()
    assert page.evaluate("localStorage['small-course:counting-claim']") == text


# ---- review ----


def days_after(start: datetime, days: int) -> str:
    """Return the date *days* after *start*, as it is kept."""
    return (start.date() + timedelta(days=days)).isoformat()


def session(page: Page, scope: str = "begun") -> Locator:
    """Start a session of what *scope* names, and return the exercise that is shown."""
    page.get_by_label("Take").select_option(scope)
    page.get_by_role("button", name=re.compile("Start|Another")).click()
    return page.locator(".review-stage [data-exercise]")


def solve(page: Page, current: Locator, *, right: bool = True) -> str:
    """Answer the exercise *current*, and return its name."""
    name = str(current.get_attribute("data-exercise"))
    sheet = Sheet(page, name)
    if name == "counting-open":
        sheet.give("Ninety.")
        sheet.control("It holds up" if right else "Not yet").check()
        sheet.root.get_by_role("button", name="Keep my judgement").click()
        return name
    cases = [each for each in MARKED[name] if (each.result == "right") == right]
    sheet.give(cases[0].answer)
    sheet.assert_marked(cases[0])
    return name


def test_right_answers_come_back_at_growing_intervals(visit_with: Callable[..., Page]) -> None:
    page = visit_with(CHAPTER)
    sheet = Sheet(page, "counting-claim")
    sheet.give(["False"])
    today = NOON
    assert kept(page, sheet.name)["due"] == days_after(today, 1)
    status = page.locator(".review-page > [role=status]")
    for box, gap in enumerate((*GAPS, GAPS[-1]), 1):
        # The day before it comes back, nothing is due.
        page.clock.set_fixed_time(today + timedelta(days=gap - 1))
        go(page, REVIEW)
        page.get_by_label("Take").select_option("due")
        back = today + timedelta(days=gap)
        spoken = f"{back.day} {back:%B %Y}"
        expect(status).to_have_text(
            f"Nothing is due today. The next exercise comes back on {spoken}."
        )
        expect(page.get_by_role("button", name="Start")).to_be_hidden()
        state = kept(page, sheet.name)
        assert (state["box"], state["due"]) == (min(box, len(GAPS)), days_after(today, gap))
        today = back
        page.clock.set_fixed_time(today)
        go(page, CHAPTER)
        sheet.again.click()
        sheet.give(["False"])
    assert kept(page, sheet.name)["box"] == len(GAPS)


def test_practice_before_the_day_moves_nothing_and_a_miss_moves_back(
    visit_with: Callable[..., Page],
) -> None:
    page = visit_with(CHAPTER)
    sheet = Sheet(page, "counting-multiple")
    due = days_after(NOON, 4)
    put(page, sheet.name, entry("right", 4, due, answer=[]))
    page.reload()
    sheet.give(CASES["multiple right"].answer)
    assert (kept(page, sheet.name)["box"], kept(page, sheet.name)["due"]) == (4, due)
    # Partly right counts as missed.
    sheet.again.click()
    sheet.give(CASES["multiple partly"].answer)
    state = kept(page, sheet.name)
    assert (state["result"], state["box"], state["due"]) == ("partly", 1, days_after(NOON, 1))
    # Right on the same day: it is right, but it still comes back tomorrow.
    sheet.again.click()
    sheet.give(CASES["multiple right"].answer)
    state = kept(page, sheet.name)
    assert (state["result"], state["box"], state["due"]) == ("right", 1, days_after(NOON, 1))
    # Missed when it was due.
    put(page, sheet.name, entry("right", 5, days_after(NOON, -2), answer=[]))
    page.reload()
    sheet.give(CASES["multiple wrong"].answer)
    state = kept(page, sheet.name)
    assert (state["result"], state["box"], state["due"]) == ("wrong", 1, days_after(NOON, 1))


@pytest.mark.parametrize(
    ("zone", "cases"),
    [
        pytest.param(
            # A day ahead of Greenwich even at noon.
            "Pacific/Kiritimati",
            [
                # instant, box before, day seen, day due
                ("2026-12-31T23:59:59+14:00", 1, "2026-12-31", "2027-01-03"),
                ("2027-01-01T00:00:00+14:00", 1, "2027-01-01", "2027-01-04"),
                ("2026-01-31T12:00:00+14:00", 4, "2026-01-31", "2026-03-07"),
                ("2028-02-27T00:30:00+14:00", 1, "2028-02-27", "2028-03-01"),
                ("2027-02-27T00:30:00+14:00", 1, "2027-02-27", "2027-03-02"),
            ],
            id="ends of months and years",
        ),
        pytest.param(
            "America/New_York",
            [
                # Clocks go forward on 8 March 2026 and back on 1 November 2026.
                ("2026-03-07T23:30:00-05:00", 0, "2026-03-07", "2026-03-08"),
                ("2026-03-08T00:15:00-05:00", 0, "2026-03-08", "2026-03-09"),
                ("2026-03-08T23:45:00-04:00", 0, "2026-03-08", "2026-03-09"),
                ("2026-10-31T23:30:00-04:00", 0, "2026-10-31", "2026-11-01"),
                ("2026-11-01T00:15:00-04:00", 0, "2026-11-01", "2026-11-02"),
                ("2026-11-01T23:45:00-05:00", 0, "2026-11-01", "2026-11-02"),
                ("2026-10-30T23:59:00-04:00", 1, "2026-10-30", "2026-11-02"),
            ],
            id="days of 23 and 25 hours",
        ),
        pytest.param(
            # Where the hour after midnight is skipped.
            "America/Santiago",
            [("2026-09-05T12:00:00-04:00", 0, "2026-09-05", "2026-09-06")],
            id="no midnight",
        ),
    ],
)
def test_days_are_days_of_the_calendar(
    visit_with: Callable[..., Page], zone: str, cases: list[tuple[str, int, str, str]]
) -> None:
    page = visit_with(CHAPTER, zone=zone)
    sheet = Sheet(page, "counting-claim")
    for instant, box, seen, due in cases:
        page.clock.set_fixed_time(datetime.fromisoformat(instant))
        put(page, sheet.name, entry("right", box, seen))
        sheet.give(["False"])
        state = kept(page, sheet.name)
        assert (instant, state["seen"], state["due"]) == (instant, seen, due)


def test_session_mixes_what_is_due_and_new_and_has_an_end(visit_with: Callable[..., Page]) -> None:
    page = visit_with(REVIEW)
    status = page.locator(".review-page > [role=status]")
    expect(status).to_have_text(
        "Nothing to review yet: do the exercises of a chapter first, "
        "or take new exercises of all chapters."
    )
    expect(page.locator("[data-exercise]")).to_have_count(0)
    # Choosing by keyboard must not carry the focus off.
    scope = page.get_by_label("Take")
    scope.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(scope).to_have_value("all")
    expect(scope).to_be_focused()
    expect(status).to_have_text("Nothing is due today; 9 new ones are ready.")
    put(page, "counting-claim", entry("wrong", 1, days_after(NOON, -1), answer=["true"]))
    put(page, "counting-word", entry("right", 1, days_after(NOON, -3), answer="denominator"))
    put(page, "counting-order", entry("right", 2, days_after(NOON, 1), answer={}))
    go(page, REVIEW)
    expect(status).to_have_text("2 exercises are due today, and 6 new ones are ready.")
    # Nothing of the exercises is there before a session asks for them.
    assert page.locator("[data-exercise]").count() == 0
    assert page.evaluate("performance.getEntriesByName(location.href).length") < 2
    assert page.locator("script[src*='review/counting']").count() == 0
    current = session(page)
    expect(status).to_have_text("Exercise 1 of 8 in this session.")
    expect(current.locator(".exercise-title")).to_be_focused()
    seen = []
    for at in range(8):
        name = solve(page, current, right=at != 1)
        back = "27" if name == "counting-word" and at != 1 else "25"
        expect(status).to_have_text(
            f"Exercise {at + 1} of 8. It comes back on {back} November 2026."
            if name not in {"counting-claim"} or at == 1
            else f"Exercise {at + 1} of 8. It comes back on 27 November 2026."
        )
        seen.append(name)
        last = "End the session" if at == 7 else "Next exercise"
        current.get_by_role("button", name=last).press("Enter")
    assert len(set(seen)) == 8
    assert "counting-order" not in seen
    end = page.get_by_role("heading", name="Session done")
    expect(end).to_be_focused()
    stage = page.locator(".review-stage")
    expect(stage).to_contain_text("7 of 8 answers right.")
    expect(stage.locator("li")).to_have_count(1)
    expect(stage.get_by_role("link")).to_have_attribute(
        "href", re.compile(f"{CHAPTER}.html#exercise-{seen[1]}$")
    )
    expect(stage.get_by_role("button")).to_have_count(0)
    expect(status).to_contain_text("Nothing is due today. The next exercise comes back on")


def test_exercise_right_twice_sends_its_sibling(visit_with: Callable[..., Page]) -> None:
    page = visit_with(CHAPTER)
    today = days_after(NOON, 0)
    # "counting-multiple" and "counting-open" have outcomes in common with others.
    state = {**entry("right", 2, today, answer=[], seen=days_after(NOON, -3)), "row": 2}
    put(page, "counting-word", state)
    go(page, REVIEW)
    current = session(page, "due")
    sibling = str(current.get_attribute("data-exercise"))
    assert sibling != "counting-word"
    expect(current.locator(".exercise-facts")).to_contain_text(
        "in place of exercise 1.8, for the same outcome"
    )
    solve(page, current)
    stood_for = kept(page, "counting-word")
    assert (stood_for["box"], stood_for["due"], stood_for["row"]) == (3, days_after(NOON, 7), 3)
    assert stood_for["answer"] == []
    assert kept(page, sibling)["box"] == 1
    # Missed, it brings both back tomorrow.
    put(page, "counting-word", state)
    go(page, REVIEW)
    current = session(page, "due")
    sibling = solve(page, current, right=False)
    tomorrow = days_after(NOON, 1)
    assert {kept(page, name)["due"] for name in (sibling, "counting-word")} == {tomorrow}
    assert kept(page, "counting-word")["result"] == "right"


NAME_AND_LABELS = """element => [
  element.dataset.exercise,
  [...element.querySelectorAll('fieldset label')].map(label => label.innerText.trim()),
]"""


def test_options_are_shuffled_in_review(visit_with: Callable[..., Page]) -> None:
    page = visit_with(REVIEW)
    orders: set[tuple[str, ...]] = set()
    steps: set[tuple[str, ...]] = set()
    for _ in range(12):
        put(page, "counting-single", entry("wrong", 1, days_after(NOON, 0)))
        put(page, "counting-order", entry("wrong", 1, days_after(NOON, 0)))
        go(page, REVIEW)
        current = session(page, "due")
        for _ in range(2):
            # At once: the next exercise may take the place of this one between two questions.
            name, labels = current.evaluate(NAME_AND_LABELS)
            (orders if name == "counting-single" else steps).add(tuple(labels))
            page.get_by_role("button", name="Leave it").click()
    assert len(orders) > 1
    assert {tuple(sorted(each)) for each in orders} == {tuple(sorted(next(iter(orders))))}
    assert len(steps) > 1
    assert tuple(STEPS) not in steps


def test_exercises_may_be_left_for_later(visit: Callable[[str], Page]) -> None:
    page = visit(REVIEW)
    current = session(page, "all")
    seen = []
    for _ in ALL_IDS:
        seen.append(current.get_attribute("data-exercise"))
        page.get_by_role("button", name="Leave it").press("Enter")
    assert sorted(map(str, seen)) == sorted(ALL_IDS)
    expect(page.locator(".review-stage")).to_contain_text("No exercise was answered.")
    assert page.evaluate("localStorage.length") == 0
    page.get_by_role("button", name="Another session").click()
    expect(current.locator(".exercise-title")).to_be_focused()


def test_session_says_where_an_exercise_cannot_be_loaded(chromium: Browser, served: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{served}/{REVIEW}.html")
    page.route("**/review/counting.js*", lambda route: route.abort())
    session(page, "all")
    expect(page.locator(".review-page > [role=status]")).to_contain_text("could not be loaded")
    page.unroute("**/review/counting.js*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".review-stage [data-exercise]")).to_have_count(1)
    context.close()


def test_draft_of_the_chapter_survives_the_review(visit_with: Callable[..., Page]) -> None:
    page = visit_with(CHAPTER)
    field = Sheet(page, "counting-open").control("Your answer")
    field.fill("A long thought")
    for name in set(ALL_IDS) - {"counting-open"}:
        put(page, name, entry("right", 1, days_after(NOON, 1)))
    go(page, REVIEW)
    session(page)
    expect(field).to_have_value("")
    field.fill("Another thought")
    # What is written in the review is a draft of its own.
    go(page, REVIEW)
    session(page)
    expect(field).to_have_value("Another thought")
    go(page, CHAPTER)
    expect(field).to_have_value("A long thought")
