"""Guesses of "Before you read" and evidence tables that leave more and more to the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import ROOTS, STARTER, Project, one

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CHAPTER = "chapters/counting"
SOURCE = f"{CHAPTER}.md"
FOUND = "2. It does not say, and its *source* counted ninety.\n"
WORKED = "  worked: The *author* gives a round number and one note, which we could follow"


@pytest.fixture(scope="module")
def built(shared_build: Callable[[Path, str], Path]) -> Project:
    out = shared_build(ROOTS / "test-course", "html").parent
    return Project.at(out.parent / "docs", out)


# ---- what is told ----


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        pytest.param(
            FOUND,
            "",
            "```{your-guesses}",
            "{your-guesses}: expected 2 items, one for each question of 'Before you read', found 1",
            id="one item too few",
        ),
        pytest.param(
            FOUND,
            f"{FOUND}3. More.\n",
            "```{your-guesses}",
            "{your-guesses}: expected 2 items, one for each question of 'Before you read', found 3",
            id="one item too many",
        ),
        pytest.param(
            "1. The essay says a hundred.\n2. It",
            "The essay says a hundred. It",
            "The essay says a hundred.",
            "{your-guesses}: expected a numbered list alone, with what the page found for each",
            id="no list",
        ),
        pytest.param(
            "1. How many?\n2. Who counted?\n",
            "How many, and who counted?\n",
            "```{your-guesses}",
            "'## Before you read' of this page asks no questions in a numbered list",
            id="no questions",
        ),
        pytest.param(
            "- A number has a counter.",
            "```{your-guesses}\n1. A.\n2. B.\n```\n\n- A number has a counter.",
            "1. A.",
            "{your-guesses}: the page comes back to its guesses already; take this one out",
            id="twice",
        ),
        pytest.param(
            "  because: It is an opinion.",
            "  worked: So we rated it.\n  because: It is an opinion.",
            "worked: So we rated it.",
            "'worked' is for the first row, which shows how one rates",
            id="worked in another row",
        ),
    ],
)
def test_mistake_is_told_with_its_line(
    course: Project, old: str, new: str, at: str, message: str
) -> None:
    course.edit(SOURCE, old, new)
    line = course.line(SOURCE, at)
    # A directive's own line, or the one below it.
    places = [f"{SOURCE}:{line}: ", f"{SOURCE}:{line - 1}: "]
    told = [each for each in course.build() if message in each]
    assert len(told) == 1, told
    assert told[0].startswith(tuple(places)), told


def test_page_that_is_no_chapter_has_no_guesses(course: Project) -> None:
    course.edit("other.md", "This page", "```{your-guesses}\n1. One.\n```\n\nThis page")
    [told] = course.build()
    assert told.startswith("other.md:3: WARNING: {your-guesses}: ")


# ---- pages ----


def test_question_names_its_field_which_waits_for_a_script(built: Project) -> None:
    page = built.page(CHAPTER)
    rooms = page.select(".block-before-you-read li > .guess-room")
    assert len(rooms) == 2
    for room, question in zip(rooms, ["How many?", "Who counted?"], strict=True):
        assert room.has_attr("hidden")
        names = str(one(room, "textarea")["aria-labelledby"]).split()
        assert [one(page, f"[id='{name}']").get_text() for name in names] == [
            question,
            "Your guess",
        ]
        assert one(room, "label")["for"] == one(room, "textarea")["id"]
        assert one(room, "[role=status]").get_text() == ""


def test_key_points_say_what_was_found_for_each_question(built: Project) -> None:
    page = built.page(CHAPTER)
    kept = [room["data-keep"] for room in page.select(".guess-room")]
    items = page.select(".block-key-points .your-guesses > ol > li")
    assert [one(item, ".guess-question").get_text() for item in items] == [
        "How many?",
        "Who counted?",
    ]
    assert [one(item, "[data-kept]")["data-kept"] for item in items] == kept
    assert len(set(kept)) == 2
    assert one(items[1], ".guess-found em").get_text() == "source"
    # The key points themselves are counted as before.
    assert len(page.select(".block-key-points > ul > li")) == 3


def test_guess_goes_with_the_words_of_its_question(course: Project) -> None:
    assert course.build() == []
    before = [room["data-keep"] for room in course.page(CHAPTER).select(".guess-room")]
    course.edit(SOURCE, "1. How many?", "1. How many in a year?")
    assert course.build() == []
    after = [room["data-keep"] for room in course.page(CHAPTER).select(".guess-room")]
    assert before[0] != after[0]
    assert before[1] == after[1]


def test_rows_hold_back_more_and_more(built: Project) -> None:
    table = one(built.page(CHAPTER), "table.evidence-table")
    rows = table.select("tbody tr")
    assert [len(row.select("td")) for row in rows] == [5, 1, 5, 5, 4]
    first, worked, *middle, last = rows
    assert first.select("details, input") == []
    assert one(worked, "td")["colspan"] == "5"
    for row in middle:
        rating, change = row.select("td")[3:]
        assert rating.select("details") == []
        assert one(rating, ".strength")
        assert [child.name for child in change.find_all(recursive=False)] == ["details"]
    assert one(last, "td:last-child")["colspan"] == "2"
    assert [radio["value"] for radio in last.select("input[type=radio]")] == [
        "strong",
        "moderate",
        "weak",
        "none",
    ]
    assert len({radio["name"] for radio in last.select("input")}) == 1
    assert [one(last, f"label[for='{radio['id']}']").get_text() for radio in last.select("input")]
    details = one(last, "details")
    assert one(last, "fieldset").find_next_sibling("details") is details
    assert [words.get_text(" ", strip=True) for words in details.select("p")] == [
        "none : Nothing is given.",
        "What would change our mind: Any source.",
    ]
    # Heard without the rows around them, the disclosures differ.
    names = [summary.get_text() for summary in table.select("summary")]
    assert len(set(names)) == len(names) == 3


def test_scripts_come_in_order_and_where_they_are_needed(built: Project) -> None:
    names = [
        str(script["src"]).rpartition("/")[2].partition("?")[0]
        for script in built.page(CHAPTER).select("script[src]")
    ]
    ours = [name for name in names if name in {"store.js", "kept.js", "exercises.js"}]
    assert ours == ["store.js", "kept.js", "exercises.js"]
    assert built.page("other").select("script[src*='kept.js']") == []


# ---- courses and builders without ----


def test_course_without_these_parts_is_as_before(course: Project) -> None:
    course.edit(SOURCE, "```{your-guesses}\n1. The essay says a hundred.\n" + FOUND + "```\n\n", "")
    text = (course.folder / SOURCE).read_text(encoding="utf-8")
    start = text.index("  worked:")
    end = text.index("\n", start) + 1
    (course.folder / SOURCE).write_text(text[:start] + text[end:], encoding="utf-8")
    assert course.build() == []
    page = course.page(CHAPTER)
    assert page.select(".guess-room, .guess-sides, .held-back, .rate-first, .worked-row") == []
    assert page.select("script[src*='kept.js']") == []
    assert [len(row.select("td")) for row in page.select(".evidence-table tbody tr")] == [5] * 4


def test_builder_without_forms_has_lists_and_answers(course: Project) -> None:
    assert course.build("text") == []
    text = course.output(f"{CHAPTER}.txt", "text").read_text(encoding="utf-8")
    folded = " ".join(text.replace("|", " ").replace("**", "").split())
    assert "What this chapter found for your guesses under Before you read" in folded
    assert "2. It does not say, and its *source* counted ninety." in folded
    assert "Your guess" not in folded
    assert "What would change our mind" in folded
    end = folded.index("Answers to the exercises")
    assert folded.index("L004. (It will grow further.) none") > end
    assert folded.index("L002. (The count is called a fact.) A *different* record.") > end
    for ours in ("Nothing is given.", "Any source.", "A trend."):
        assert folded.count(ours) == 1
        assert folded.index(ours) > end


def test_starter_shows_both(shared_build: Callable[[Path, str], Path]) -> None:
    out = shared_build(STARTER, "html")
    page = Project.at(out, out.parent).page("chapters/evening-hours")
    assert len(page.select(".guess-room")) == len(page.select(".guess-sides")) == 2
    assert len(page.select(".worked-row")) == len(page.select(".rate-first")) == 1


def test_question_is_shown_again_with_whom_it_cites(course: Project) -> None:
    course.edit(SOURCE, "2. Who counted?", "2. Who counted {cite:p}`smith2009count`?")
    assert course.build("html") == []
    shown = course.page(CHAPTER).select(".guess-question")[1]
    assert shown.get_text() == "Who counted (Smith, 2009)?"
    assert str(one(shown, "a")["href"]).startswith("../reference/sources.html#")
