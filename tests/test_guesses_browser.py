"""Guesses and ratings in a real browser: kept, shown again, exported, imported, deleted."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from conftest import ROOTS, STARTER, Project
from forms import CHAPTER, PROGRESS, listen
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, FilePayload, Locator, Page

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=\"document.title='gone'\"> & más\nsecond line"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };"
CLOSED = """Object.defineProperty(window, 'localStorage', {
    get() { throw new Error('SecurityError'); } });"""
KEPT = "Kept in this browser."
UNKEPT = "Kept only until you leave this page:"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small course as a site, with the page for progress."""
    project = Project(ROOTS / "test-course", tmp_path_factory.mktemp("guesses"))
    (project.folder / "practice").mkdir()
    text = "# Your progress\n\n```{progress}\n```\n"
    (project.folder / f"{PROGRESS}.md").write_text(text, encoding="utf-8")
    project.edit("index.md", "other\n", f"other\n{PROGRESS}\n")
    assert project.build() == []
    return project.output("")


@pytest.fixture
def visit(chromium: Browser, site: Path) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page from the file system, in a browser of its own."""
    contexts = []
    said: list[list[str]] = []

    def open_page(name: str, *, script: str = "", scripts: bool = True, width: int = 1280) -> Page:
        context = chromium.new_context(
            java_script_enabled=scripts, viewport={"width": width, "height": 800}
        )
        contexts.append(context)
        said.append(listen(context))
        context.add_init_script(script)
        page = context.new_page()
        page.goto((site / f"{name}.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [each for each in said if each] == []


def go(page: Page, site: Path, name: str) -> None:
    """Open another page of the site."""
    page.goto((site / f"{name}.html").as_uri())


def guess(page: Page, at: int) -> Locator:
    """Return the field of the guess number *at*, by its name."""
    question = ["How many?", "Who counted?"][at]
    return page.get_by_role("textbox", name=f"{question} Your guess", exact=True)


def shown(page: Page, at: int) -> Locator:
    """Return where Key points has what the reader guessed."""
    return page.locator(".your-guesses .guess-yours").nth(at)


def entries(page: Page) -> dict[str, dict[str, object]]:
    """Return what is kept of guesses and ratings."""
    found: dict[str, str] = page.evaluate("({...localStorage})")
    named = {key.partition(":")[2]: text for key, text in found.items()}
    return {
        key: json.loads(text)
        for key, text in named.items()
        if key.startswith(("guess:", "rating:"))
    }


def imported(page: Page, data: object) -> str:
    """Import a file that holds *data*, and return what the page says."""
    file: FilePayload = {
        "name": "p.json",
        "mimeType": "application/json",
        "buffer": json.dumps(data).encode(),
    }
    status = page.locator(".progress-page [role=status]")
    status.evaluate("status => { status.textContent = ''; }")
    page.get_by_label("Import progress from a file").set_input_files(file)
    expect(status).not_to_be_empty()
    return status.inner_text()


def test_guess_is_kept_and_stands_beside_what_was_found(visit: Callable[..., Page]) -> None:
    page = visit(CHAPTER)
    title = page.title()
    expect(shown(page, 0)).to_contain_text("None is kept in this browser.")
    guess(page, 0).fill(HOSTILE)
    for _ in range(2):
        # At once, and after a reload.
        expect(shown(page, 0).locator(".guess-text")).to_have_text(HOSTILE)
        expect(shown(page, 1)).to_contain_text("None is kept in this browser.")
        found = page.locator(".your-guesses .guess-found").nth(0)
        expect(found).to_contain_text("The essay says a hundred.")
        page.reload()
        expect(guess(page, 0)).to_have_value(HOSTILE)
    assert page.locator(".your-guesses :is(img, script)").count() == 0
    assert page.title() == title
    [(key, entry)] = entries(page).items()
    assert re.fullmatch(r"guess:counting:[0-9a-f]{8}", key)
    assert entry.pop("seen")
    assert entry == {"version": 1, "text": HOSTILE}


def test_status_says_once_that_it_is_kept(visit: Callable[..., Page]) -> None:
    page = visit(CHAPTER)
    status = page.locator(".guess-room [role=status]").first
    expect(status).to_be_empty()
    status.evaluate(
        """status => { window.said = []; new MutationObserver(
            () => window.said.push(status.textContent)).observe(status, { childList: true }); }"""
    )
    guess(page, 0).press_sequentially("about", delay=20)
    expect(status).to_have_text(KEPT)
    guess(page, 0).press_sequentially(" ten", delay=20)
    page.wait_for_timeout(1000)
    assert page.evaluate("window.said") == [KEPT]
    # Nothing says right or wrong.
    assert page.locator(".your-guesses [data-result], .your-guesses [data-verdict]").count() == 0


def test_emptied_field_is_kept_no_longer(visit: Callable[..., Page]) -> None:
    page = visit(CHAPTER)
    guess(page, 1).fill("The police")
    assert len(entries(page)) == 1
    guess(page, 1).fill("  ")
    expect(page.locator(".guess-room [role=status]").nth(1)).to_have_text("No longer kept.")
    expect(shown(page, 1)).to_contain_text("None is kept in this browser.")
    assert entries(page) == {}


def test_line_without_a_guess_leads_back_to_the_question(visit: Callable[..., Page]) -> None:
    page = visit(CHAPTER)
    link = shown(page, 1).get_by_role("link", name="Before you read")
    link.click()
    question = page.locator(str(link.get_attribute("href")))
    expect(question).to_have_text("Who counted?")
    expect(question).to_be_in_viewport()


def test_keyboard_alone(visit: Callable[..., Page]) -> None:
    page = visit(CHAPTER)
    guess(page, 0).focus()
    page.keyboard.type("ninety")
    page.keyboard.press("Tab")
    expect(guess(page, 1)).to_be_focused()
    assert guess(page, 1).evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    # The rating: arrows choose; what is held back opens by Enter.
    group = page.get_by_role("group", name=re.compile("How strong is the evidence"))
    group.get_by_label("strong", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(group.get_by_label("moderate", exact=True)).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.locator(".held-back summary").last).to_be_focused()
    ours = page.locator(".held-back").last.get_by_text("Nothing is given.")
    expect(ours).to_be_hidden()
    page.keyboard.press("Enter")
    expect(ours).to_be_visible()
    page.reload()
    expect(group.get_by_label("moderate", exact=True)).to_be_checked()
    expect(guess(page, 0)).to_have_value("ninety")


def test_guess_in_one_tab_shows_in_the_other(visit: Callable[..., Page]) -> None:
    page = visit(CHAPTER)
    other = page.context.new_page()
    other.goto(page.url)
    guess(page, 0).fill("ninety")
    expect(guess(other, 0)).to_have_value("ninety")
    expect(shown(other, 0).locator(".guess-text")).to_have_text("ninety")
    group = other.locator(".rate-first").first
    page.locator(".rate-first").first.get_by_label("weak", exact=True).check()
    expect(group.get_by_label("weak", exact=True)).to_be_checked()


def test_without_scripts_nothing_is_dead(visit: Callable[..., Page]) -> None:
    page = visit(CHAPTER, scripts=False)
    expect(page.locator(".block-before-you-read")).to_contain_text("Who counted?")
    assert page.locator(".guess-room:visible, .kept-status:not(:empty)").count() == 0
    expect(page.locator(".block-key-points")).to_contain_text("The essay says a hundred.")
    assert page.locator(".guess-yours:visible").count() == 0
    page.get_by_label("weak", exact=True).check()
    held = page.locator(".held-back")
    for at in range(held.count()):
        words = held.nth(at).locator("p").first
        expect(words).to_be_hidden()
        held.nth(at).locator("summary").click()
        expect(words).to_be_visible()


@pytest.mark.parametrize(
    ("script", "trouble"),
    [
        (FULL, "the browser's store is full"),
        (CLOSED, "the browser lets this page keep nothing"),
    ],
    ids=["full", "closed"],
)
def test_store_that_takes_nothing_breaks_no_page(
    visit: Callable[..., Page], script: str, trouble: str
) -> None:
    page = visit(CHAPTER, script=script)
    status = page.locator(".guess-room [role=status]").first
    expect(status).to_have_text(f"{UNKEPT} {trouble}.")
    guess(page, 0).fill("ten")
    expect(status).to_have_text(f"{UNKEPT} {trouble}.")
    expect(shown(page, 0).locator(".guess-text")).to_have_text("ten")


BROKEN = {
    "no JSON": "{",
    "null": "null",
    "list": "[]",
    "number": "7",
    "other version": json.dumps({"version": 2, "text": "a", "seen": "2026-11-30"}),
    "no text": json.dumps({"version": 1, "seen": "2026-11-30"}),
    "text in a list": json.dumps({"version": 1, "text": ["a"], "seen": "2026-11-30"}),
    "empty": json.dumps({"version": 1, "text": " ", "seen": "2026-11-30"}),
    "too long": json.dumps({"version": 1, "text": "a" * 2001, "seen": "2026-11-30"}),
    "no day": json.dumps({"version": 1, "text": "a", "seen": 7}),
}


def test_broken_entry_counts_as_none(visit: Callable[..., Page], site: Path) -> None:
    page = visit(CHAPTER)
    guess(page, 0).fill("ten")
    page.get_by_label("weak", exact=True).check()
    names = page.evaluate("Object.keys(localStorage)")
    assert len(names) == 2
    for text in BROKEN.values():
        page.evaluate("([n, t]) => n.forEach(k => localStorage.setItem(k, t))", [names, text])
        page.reload()
        expect(guess(page, 0)).to_have_value("")
        expect(shown(page, 0)).to_contain_text("None is kept in this browser.")
        assert page.locator(".rate-first :checked").count() == 0
    guess(page, 0).fill("eleven")
    page.reload()
    expect(guess(page, 0)).to_have_value("eleven")
    # The broken rating does not count, is told, and goes into the file as it is, like what was
    # written over.
    go(page, site, PROGRESS)
    expect(page.locator(".progress-unread")).to_contain_text("1 entry that cannot be read")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    data = json.loads(download.value.path().read_text())
    assert len(data["notes"]) == 1
    assert sorted(key.split(":")[0] for key in data["unread"]) == ["aside", "rating"]


def test_exported_deleted_and_imported(visit: Callable[..., Page], site: Path) -> None:
    page = visit(CHAPTER)
    guess(page, 0).fill(HOSTILE)
    guess(page, 1).fill("The police")
    page.get_by_label("weak", exact=True).check()
    kept = entries(page)
    assert sorted(key.split(":")[0] for key in kept) == ["guess", "guess", "rating"]
    go(page, site, PROGRESS)
    status = page.locator(".progress-page [role=status]")
    with page.expect_download() as download:
        page.get_by_role("button", name="Export progress to a file").click()
    expect(status).to_have_text(
        "Saved 0 answers, 2 guesses and 1 rating to small-course-progress.json."
    )
    data = json.loads(download.value.path().read_text())
    assert data["notes"] == kept
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete all progress").click()
    expect(status).to_have_text("All progress in this browser is deleted.")
    assert page.evaluate("localStorage.length") == 0
    go(page, site, CHAPTER)
    expect(guess(page, 0)).to_have_value("")
    expect(shown(page, 0)).to_contain_text("None is kept in this browser.")
    go(page, site, PROGRESS)
    assert imported(page, data) == "Took over 0 answers, 2 guesses and 1 rating."
    assert entries(page) == kept
    go(page, site, CHAPTER)
    expect(guess(page, 0)).to_have_value(HOSTILE)
    expect(shown(page, 1).locator(".guess-text")).to_have_text("The police")
    expect(page.get_by_label("weak", exact=True)).to_be_checked()


def test_import_keeps_newer_ones_and_leaves_out_what_is_broken(
    visit: Callable[..., Page], site: Path
) -> None:
    page = visit(CHAPTER)
    guess(page, 0).fill("ten")
    [(name, newer)] = entries(page).items()
    go(page, site, PROGRESS)
    good = {"version": 1, "text": "old", "seen": "2020-01-01"}
    data = {
        "format": "courseware-progress",
        "version": 1,
        "course": "small-course",
        "exercises": {},
        "notes": {
            name: good,
            "guess:counting:0a1b2c3d": {**good, "more": "x"},
            "__proto__": good,
            "constructor": good,
            "guess:<b>:1": good,
            "counting-claim": good,
            "rating:counting:l004": {**good, "text": ["weak"]},
        },
    }
    text = json.dumps(data)
    assert imported(page, json.loads(text)) == (
        "Took over 0 answers and 1 guess. 1 newer answer here stayed. 5 entries could not be read."
    )
    assert entries(page) == {name: newer, "guess:counting:0a1b2c3d": good}
    for notes in (None, 7, "text"):
        assert imported(page, {**data, "notes": notes}) == (
            "Took over 0 answers. 1 entry could not be read."
        )
    # A file of before has none.
    del data["notes"]
    assert imported(page, data) == "Took over 0 answers."


@pytest.mark.parametrize("width", [320, 1280])
def test_fits_the_window(
    visit: Callable[..., Page], shared_build: Callable[[Path, str], Path], width: int
) -> None:
    # The starter has the frame of real courses.
    page = visit(CHAPTER, width=width)
    page.goto((shared_build(STARTER, "html") / "chapters/evening-hours.html").as_uri())
    page.locator(".guess-room textarea").first.fill("x" * 300)
    for summary in page.locator(".held-back summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    yours, found = shown(page, 0).bounding_box(), page.locator(".guess-found").first.bounding_box()
    assert yours is not None
    assert found is not None
    if width == 320:
        assert found["y"] >= yours["y"] + yours["height"]
    else:
        assert found["x"] >= yours["x"] + yours["width"]
    for label in page.locator(".rate-choice").all():
        box = label.bounding_box()
        assert box is not None
        assert box["height"] >= 24


def test_forced_colours_leave_borders_and_focus(chromium: Browser, site: Path) -> None:
    context = chromium.new_context(forced_colors="active", color_scheme="dark")
    page = context.new_page()
    page.goto((site / f"{CHAPTER}.html").as_uri())
    guess(page, 0).focus()
    style = guess(page, 0).evaluate(
        "e => { const s = getComputedStyle(e); return [s.borderTopStyle, s.outlineStyle]; }"
    )
    context.close()
    assert style == ["solid", "solid"]
