"""The course offline in a real browser, and from a disk."""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import until
from courseware.data.glossary import load_glossary
from offlinecopy import KEEP, REMOVE, answer_one, cached, press, registrations, silent
from ours import CHAPTERS, DATA, DOCS, OTHERS, SETTINGS, SOME_CHAPTERS, source, title
from served import FOLDER, Served, listed, version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser
LAST = CHAPTERS[-1]
#: A page that offers the copy, besides that for progress.
OFFERS = next(name for name in OTHERS if "{offline-copy}" in source(name))
KINDS_OF_PAGE = [*OTHERS, LAST, "genindex", "search", "offline"]


def found_in(word: str) -> list[str]:
    """Return the chapters in whose text *word* stands."""
    return [name for name in CHAPTERS if re.search(rf"\b{word}\b", source(name))]


#: The term of one word that most chapters have, the last among them.
WORD = max(
    (term.term.lower() for term in load_glossary(DATA / "glossary.yml", SETTINGS).terms),
    key=lambda word: (LAST in found_in(word), len(found_in(word)) if word.isalpha() else 0),
)


@pytest.fixture(scope="module")
def site(shared_build: Callable[[Path, str], Path]) -> Path:
    """Return the site of the course itself."""
    return shared_build(DOCS, "html")


@pytest.fixture
def reader(chromium: Browser) -> Iterator[BrowserContext]:
    """Return a reader's browser, in which nothing has been kept."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    yield context
    context.close()


@contextmanager
def serving(folder: Path, site: Path) -> Iterator[Served]:
    """Serve *site* while a test needs it."""
    served = Served(site, folder)
    yield served
    served.stop()


@pytest.fixture
def whole(site: Path, tmp_path: Path) -> Iterator[Served]:
    """Return a server for the course itself."""
    with serving(tmp_path, site) as served:
        yield served


# ---- keeping ----


def test_nothing_is_kept_before_a_reader_asks(whole: Served, reader: BrowserContext) -> None:
    page = reader.new_page()
    for name in ("index", OFFERS, "practice/progress", LAST, "search"):
        page.goto(f"{whole.home}{name}.html")
        page.wait_for_load_state("networkidle")
        assert registrations(page) == 0
        # Only where the button stands is the script for it loaded.
        scripts = page.locator("script[src*=offline-copy]").count()
        assert scripts == page.locator(".offline-copy").count()
    assert cached(page) == {}
    assert "sw.js" not in whole.log
    page.goto(f"{whole.home}{OFFERS}.html")
    offered = json.loads(Path(whole.folder, FOLDER, "offline.json").read_text(encoding="utf-8"))
    step = page.locator(".offline-step")
    step.filter(has_text=f"{offered['files']} files, ").wait_for()
    assert re.fullmatch(r"\d+ files, \d+\.\d MB, PDFs not among them\.", step.inner_text())


def test_whole_course_without_a_network(site: Path, whole: Served, reader: BrowserContext) -> None:
    page = reader.new_page()
    page.goto(f"{whole.home}practice/progress.html")
    page.locator(".offline-step", has_text="files").wait_for()
    page.evaluate(
        """() => {
          const step = document.querySelector(".offline-step");
          window.shown = [];
          new MutationObserver(() => window.shown.push(step.innerText.trim()))
            .observe(step, { childList: true, subtree: true });
        }"""
    )
    press(page, KEEP)
    page.get_by_role("button", name=REMOVE).wait_for()
    files = listed(site.joinpath("sw.js").read_text(encoding="utf-8"))
    assert f"{len(files)} of {len(files)} files" in page.evaluate("window.shown")
    # The button that was pressed has gone: the focus is on the words that say how it went.
    assert page.evaluate("document.activeElement.className") == "offline-status"
    [[name, kept]] = [entry for entry in cached(page).items() if "note" not in entry[0]]
    assert version(site.joinpath("sw.js").read_text(encoding="utf-8")) in name
    assert sorted(kept) == sorted(whole.home + address for address, _ in files)
    whole.stop()
    with silent(page):
        for name in KINDS_OF_PAGE:
            page.goto(f"{whole.home}{name}.html")
            assert page.locator("h1").count() >= 1
            assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--cw-accent')")
        statuses = page.evaluate(
            "names => Promise.all(names.map(name => fetch(name).then(r => r.status)))",
            [whole.home + address for address, _ in files],
        )
        assert statuses == [200] * len(files)
        check_figures_and_terms(page, whole.home)
        check_search(page, whole.home)
        check_marking(page, whole.home)
        check_download(page, whole.home)
        page.goto(f"{whole.home}?from=mail")
        assert title("index") in page.locator("article h1").inner_text()
    whole.start()


def check_figures_and_terms(page: Page, home: str) -> None:
    """Look at each figure of a chapter, and at the definition of a term."""
    page.goto(f"{home}{CHAPTERS[0]}.html")
    figures = page.locator("img.figure-light")
    assert figures.count() == source(CHAPTERS[0]).count("{evidence-figure}")
    for figure in figures.all():
        figure.scroll_into_view_if_needed()
        until(page, "image => image.naturalWidth > 0", figure.element_handle())
    page.locator("a[aria-describedby^=definition]").first.hover()
    page.locator(".definition-shown, [popover], .definition").first.wait_for(state="attached")


def check_search(page: Page, home: str) -> None:
    """Search, and go from a result to the chapter."""
    page.goto(f"{home}search.html?q={WORD}")
    page.locator("#search-results mark", has_text=re.compile(WORD, re.IGNORECASE)).first.wait_for()
    page.fill("#search-words", title(LAST))
    page.locator("#search-results a", has_text=title(LAST)).first.click()
    page.wait_for_url(f"**/{LAST}.html*")


def check_marking(page: Page, home: str) -> None:
    """Answer an exercise, and find the answer on the page for progress."""
    page.goto(f"{home}{LAST}.html")
    answer_one(page)
    page.goto(f"{home}practice/progress.html")
    tried = page.locator(".progress-table tbody td").all_inner_texts()
    assert sum(map(int, tried[0::4] + tried[1::4])) == 1


def check_download(page: Page, home: str) -> None:
    """Take the numbers behind a figure away as a file."""
    page.goto(f"{home}{CHAPTERS[0]}.html")
    until(page, "document.querySelector('script[src*=offline-copy]')")
    page.wait_for_load_state("networkidle")
    page.locator("details:has(a[download]) summary").first.click()
    with page.expect_download() as offered:
        page.locator("a[download]").first.click()
    assert offered.value.suggested_filename.endswith(".csv")
    assert offered.value.path().stat().st_size > 100


def test_pages_load_nothing_that_is_not_in_the_list(
    site: Path, whole: Served, reader: BrowserContext
) -> None:
    files = listed(site.joinpath("sw.js").read_text(encoding="utf-8"))
    page = reader.new_page()
    for name in ("index", SOME_CHAPTERS[0], "practice/review", "search"):
        page.goto(f"{whole.home}{name}.html?q={WORD}")
        page.wait_for_load_state("networkidle")
    assert len(set(whole.log)) > 12
    # How large a copy is, the server alone tells.
    assert set(whole.log) - {path for path, _ in files} == {"offline.json"} & set(whole.log)


def test_browser_finds_no_fault_with_the_manifest(whole: Served, reader: BrowserContext) -> None:
    page = reader.new_page()
    page.goto(f"{whole.home}{LAST}.html")
    until(page, "document.querySelector('link[rel=manifest]')")
    found = reader.new_cdp_session(page).send("Page.getAppManifest")
    assert found["url"] == f"{whole.home}manifest.webmanifest"
    assert found["errors"] == []
    assert json.loads(found["data"])["name"] == SETTINGS.title


# ---- from the file system, and where something is closed ----


def test_search_from_the_file_system(site: Path, reader: BrowserContext) -> None:
    page = reader.new_page()
    with silent(page):
        check_search(page, f"{site.as_uri()}/")
        answer_one(page)


def test_copy_on_a_disk_needs_no_other(site: Path, reader: BrowserContext) -> None:
    page = reader.new_page()
    with silent(page):
        for name in {OFFERS, "practice/progress"}:
            page.goto(site.joinpath(f"{name}.html").as_uri())
            page.get_by_text("You are reading a copy from your own disk; nothing more").wait_for()
            assert page.locator(".offline-copy button").count() == 0
            # From a disk, a browser refuses to load a manifest, and says so.
            assert page.locator("link[rel=manifest]").count() == 0


def test_without_scripts_there_is_a_way_and_no_dead_button(site: Path, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.joinpath("search.html").as_uri())
    assert page.locator(".bd-search-container :is(form, button, input):visible").count() == 0
    assert page.locator(".search-elsewhere").is_visible()
    hrefs = [a.get_attribute("href") for a in page.locator(".search-elsewhere a").all()]
    assert hrefs == ["genindex.html", "reference/glossary.html"]
    page.locator(".search-elsewhere a").first.click()
    page.wait_for_url("**/genindex.html")
    page.goto(site.joinpath("practice/progress.html").as_uri())
    assert page.locator(".offline-copy button").count() == 0
    assert page.locator(".offline-copy p").is_visible()
    context.close()
