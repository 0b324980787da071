"""Exercises of the course in a browser: small screens, light and dark, the filter of the index."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from axe import axe
from browser import until
from courseware.bank.load import load_bank
from courseware.bank.model import Audience, Discussion
from forms import INDEX, PROGRESS, REVIEW, listen
from ours import DOCS, EXERCISES, source
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import (
        Browser,
        Page,
    )

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def desk(chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    """Return a page that most tests use in turn, and what it complains of.

    A context for each test would take most of the time.
    """
    context = chromium.new_context(timezone_id="UTC")
    said = listen(context)
    yield context.new_page(), said
    context.close()


# ---- the whole course: small screens, light and dark, the filter of the index ----

BANK = load_bank(EXERCISES / "bank")
#: The chapter with most exercises on its page.
LARGEST = max(
    (f"chapters/{file.chapter}" for file in BANK.files),
    key=lambda name: len(source(name)),
)
WIDTHS = pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (320, "dark")], ids=["1280 light", "320 dark"]
)
# Miss every exercise of the page, and open all that can be opened.
MISS = """() => {
    for (const root of document.querySelectorAll('article [data-exercise]')) {
        const key = JSON.parse(root.dataset.key);
        const wrong = [...root.querySelectorAll('.exercise-option input')]
            .filter(input => key.right && !key.right.includes(input.value));
        for (const input of root.dataset.kind === 'multiple-response' ? wrong : wrong.slice(0, 1))
            input.checked = true;
        const places = root.querySelectorAll('select').length;
        for (const select of root.querySelectorAll('select'))
            select.value = root.dataset.kind === 'order' ?
                String(Number(key.rows[select.name]) % places + 1) : [...select.options].find(
                option => option.value && option.value !== key.rows[select.name]).value;
        const field = root.querySelector('.exercise-field :is(input, textarea)');
        if (field) field.value = key.number ? '987654321' : 'no such thing';
        root.querySelector('form').requestSubmit();
    }
    for (const details of document.querySelectorAll('article details')) details.open = true;
}"""


@pytest.fixture
def real(
    desk: tuple[Page, list[str]], shared_build: Callable[[Path, str], Path]
) -> Iterator[Callable[[str, int, str], Page]]:
    """Return a function that opens a page of the real course, so wide and light or dark."""
    page, said = desk
    site = shared_build(DOCS, "html")

    def open_page(name: str, width: int = 1280, scheme: str = "light") -> Page:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.goto((site / f"{name}.html").as_uri())
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        return page

    yield open_page
    page.evaluate("localStorage.clear()")
    page.set_viewport_size({"width": 1280, "height": 720})
    page.emulate_media(color_scheme="light")
    complaints = said.copy()
    said.clear()
    assert complaints == []


def violations(page: Page, place: str = "article.bd-article") -> list[tuple[str, str]]:
    """Return what axe finds in *place*: the rule, and the element that breaks it."""
    return axe(page, place=(place,))["violations"]


def too_wide(page: Page) -> list[str]:
    """Return what sticks out of the window sideways."""
    wide: list[str] = page.evaluate(
        """() => [document.scrollingElement, ...document.querySelectorAll('article *')]
            .filter(e => (e.getBoundingClientRect().right > innerWidth + 1 ||
                          e === document.scrollingElement && e.scrollWidth > innerWidth) &&
                         !e.closest('.pst-scrollable-table-container, mjx-container, pre') &&
                         !e.closest('.visually-hidden'))
            .map(e => `${e.tagName} ${e.className} ${e.textContent.slice(0, 40)}`)"""
    )
    return wide


def too_small(page: Page) -> list[str]:
    """Return targets that a finger would miss: buttons below 44 px, other controls below 24 px."""
    small: list[str] = page.evaluate(
        """() => [...document.querySelectorAll(`:is(.exercise, .exercise-filter, .review-page,
                .progress-page) :is(button, label, select, textarea, summary, input[type=text],
                input[type=file])`)]
            .filter(e => e.checkVisibility())
            .map(e => [e, e.getBoundingClientRect()])
            .filter(([e, box]) => box.height < (e.tagName === 'BUTTON' ? 44 : 24))
            .map(([e, box]) => `${e.tagName} ${e.textContent.slice(0, 40)} ${box.height}`)"""
    )
    return small


@WIDTHS
def test_chapter_is_accessible_before_and_after_answers(
    real: Callable[[str, int, str], Page], width: int, scheme: str
) -> None:
    page = real(LARGEST, width, scheme)
    assert violations(page) == []
    assert (too_wide(page), too_small(page)) == ([], [])
    page.evaluate(MISS)
    missed = page.locator("[data-exercise][data-result=wrong], [data-kind=open]").count()
    assert missed == page.locator("[data-exercise]").count() > 0
    assert page.locator(".exercise-mark").count() >= missed - 2
    expect(page.locator(".exercise-rating:visible").first).to_be_visible()
    # The theme takes a moment to see which of the tables that came to light scroll sideways.
    until(
        page,
        """() => [...document.querySelectorAll('.exercise .pst-scrollable-table-container')].every(
            place => place.scrollWidth <= place.clientWidth || place.tabIndex === 0)""",
    )
    assert violations(page, "article :is(.exercise, .exercise-progress)") == []
    assert (too_wide(page), too_small(page)) == ([], [])


@WIDTHS
@pytest.mark.parametrize("name", [INDEX, PROGRESS, REVIEW])
def test_pages_for_practice_are_accessible(
    real: Callable[[str, int, str], Page], name: str, width: int, scheme: str
) -> None:
    page = real(name, width, scheme)
    if name == REVIEW:
        page.get_by_label("Take").select_option("all")
        page.get_by_role("button", name="Start").click()
        expect(page.locator("[data-exercise]:visible")).to_have_count(1)
        page.evaluate(MISS)
    if name == PROGRESS:
        page.get_by_role("button", name="Export").click()
        expect(page.locator(".progress-page [role=status]")).to_contain_text("Saved 0 answers")
        # Axe takes what scrolled below the bar for a target that is too small.
        page.evaluate("scrollTo(0, 0)")
    assert violations(page) == []
    assert (too_wide(page), too_small(page)) == ([], [])


def test_list_of_pages_shows_progress(real: Callable[..., Page]) -> None:
    page = real(LARGEST)
    page.evaluate(MISS)
    row = page.locator("#site-navigation li.current", has=page.locator("a.current")).last
    expect(row.locator(".progress-mark")).to_have_text(re.compile(r"^0 of \d+ right$"))
    assert violations(page, "#site-navigation") == []
    page.evaluate(
        """() => window.coursewareChapters.chapters[0].exercises.forEach(id =>
            window.coursewareStore.keep(id, { answer: 'x', result: 'right', box: 1,
                due: '2020-01-01', seen: '2020-01-01' }))"""
    )
    expect(page.locator("#site-navigation .progress-mark[data-mark=done]")).to_have_text("done")
    due = page.locator("#site-navigation .progress-mark[data-mark=due]")
    expect(due).to_have_text(re.compile(r"^\d+ due$"))


def test_session_of_ten_is_mixed_over_chapters_and_outcomes(real: Callable[..., Page]) -> None:
    page = real(REVIEW)
    page.get_by_label("Take").select_option("all")
    page.get_by_role("button", name="Start a session of 10").click()
    seen: list[str] = []
    for _ in range(10):
        root = page.locator(".review-stage [data-exercise]")
        seen.append(str(root.get_attribute("data-exercise")))
        page.get_by_role("button", name="Leave it").click()
    expect(page.get_by_role("heading", name="Session done")).to_be_focused()
    assert len({BANK.by_id[name].outcome for name in seen}) == 10
    chapters = [BANK.chapter_of[name] for name in seen]
    assert len(set(chapters)) > 3
    assert all(one != other for one, other in pairwise(chapters[:6]))


def test_index_is_filtered_by_what_each_exercise_is(real: Callable[..., Page]) -> None:
    page = real(INDEX)
    items = page.locator(".exercise-list > li")
    total = items.count()
    status = page.locator(".exercise-filter [role=status]")
    expect(status).to_have_text(f"Showing {total} of {total} exercises.")
    assert total == len(
        [
            e
            for e in BANK.by_id.values()
            if isinstance(e, Discussion) or e.audience is Audience.SELF_CHECK
        ]
    )
    chapter, kind, level, outcome = (
        page.get_by_label(label, exact=True) for label in ("Chapter", "Type", "Level", "Outcome")
    )
    headings = page.locator("section.chapter > h2")

    def shown(selector: str) -> int:
        """Assert that just the exercises that *selector* names are shown; return how many."""
        visible = page.locator(".exercise-list > li:visible")
        count = page.locator(selector).count()
        expect(visible).to_have_count(count)
        assert visible.evaluate_all("(all, sel) => all.every(each => each.matches(sel))", selector)
        expect(status).to_have_text(f"Showing {count} of {total} exercises.")
        return count

    assert kind.locator("option").first.inner_text() == "all"
    kind.select_option(label="Single choice")
    assert 0 < shown("li.type-single-choice") < total
    level.select_option("evaluate")
    assert 0 < shown("li.type-single-choice.level-evaluate") < total
    second = headings.nth(1).inner_text().rstrip("#")
    chapter.select_option(label=second)
    place = ".chapter:nth-of-type(2)"
    shown(f"{place} li.type-single-choice.level-evaluate")
    kind.select_option("")
    level.select_option("")
    assert shown(f"{place} li.exercise-none, {place} .exercise-list > li") > 10
    expect(page.locator("section.chapter > h2:visible")).to_have_count(1)
    # The outcome of another chapter: none is left, and no heading stands over nothing.
    other = page.locator(".chapter:nth-of-type(3) .exercise-list > li").first
    names = str(other.get_attribute("class")).split()
    name = next(each for each in names if each.startswith("outcome-"))
    outcome.select_option(name.removeprefix("outcome-"))
    assert shown("li.nothing") == 0
    expect(page.locator("section.chapter > h2:visible")).to_have_count(0)
    chapter.select_option("")
    assert 1 < shown(f"li.{name}") < total
    # By keyboard, and back to all.
    outcome.focus()
    page.keyboard.press("Home")
    expect(outcome).to_be_focused()
    expect(status).to_have_text(f"Showing {total} of {total} exercises.")
