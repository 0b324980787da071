"""The course offline in a real browser: keeping, new versions, removing; and from a disk."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

import pytest
from axe import axe
from browser import until
from conftest import ROOTS, Project
from offlinecopy import KEEP, REMOVE, answer_one, cached, press, registrations, silent
from served import Served, listed, version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Dialog, Page

pytestmark = pytest.mark.browser

CHAPTER = "chapters/counting"
# The theme on which the frame of the pages stands.
FRAME = '"sphinx_book_theme"'
OLD = "Follow the footnote"
NEW = "Trace the footnote"


@pytest.fixture
def reader(chromium: Browser) -> Iterator[BrowserContext]:
    """Return a reader's browser, in which nothing has been kept."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(15_000)
    yield context
    context.close()


class Publisher:
    """Publishes the small course, as it was or as it is now, on a server."""

    def __init__(self, sites: dict[str, Path], folder: Path) -> None:
        self.sites = sites
        self.current = folder / "current"
        self.publish("old")
        www = folder / "www"
        www.mkdir()
        self.served = Served(self.current, www)
        self.home = self.served.home

    def publish(self, name: str) -> None:
        """Put the version *name* onto the server."""
        self.current.unlink(missing_ok=True)
        self.current.symlink_to(self.sites[name], target_is_directory=True)


@pytest.fixture(scope="module")
def small_sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return two versions of the small course: in the new one, two pages differ."""
    folder = tmp_path_factory.mktemp("small")
    course = Project(ROOTS / "test-course", folder)
    course.edit("conf.py", '"basic"', FRAME)
    course.edit("other.md", "This page", "```{offline-copy}\n```\n\nThis page")
    sites = {}
    for name in ("old", "new"):
        assert course.build() == []
        sites[name] = Path(shutil.copytree(course.output(""), folder / name))
        if name == "old":
            course.edit(f"{CHAPTER}.md", OLD, NEW)
            course.edit("other.md", "nothing to do", "little to do")
    return sites


@pytest.fixture
def small(small_sites: dict[str, Path], tmp_path: Path) -> Iterator[Publisher]:
    """Return a server with the old version of the small course."""
    publisher = Publisher(small_sites, tmp_path)
    yield publisher
    publisher.served.stop()


def status(page: Page) -> str:
    """Return what the place of the copy says."""
    return page.locator(".offline-status").inner_text()


def keep(context: BrowserContext, address: str) -> Page:
    """Have a reader keep the course on the page *address*, and return the page."""
    page = context.new_page()
    page.goto(address)
    press(page, KEEP)
    page.get_by_role("button", name=REMOVE).wait_for()
    assert "all pages open without a network" in status(page)
    return page


def test_what_a_copy_lacks(small: Publisher, reader: BrowserContext) -> None:
    pdf = small.sites["old"] / "downloads" / "reader.pdf"
    pdf.parent.mkdir(exist_ok=True)
    pdf.write_bytes(b"%PDF-1.7 of the course")
    page = keep(reader, f"{small.home}other.html")
    fetched = f"fetch('{small.home}downloads/reader.pdf?x=1').then(r => r.text())"
    assert not any("downloads" in url for urls in cached(page).values() for url in urls)
    page.evaluate(fetched)
    # What the server does not have is told by the server, while there is one.
    gone = page.goto(f"{small.home}chapters/gone.html")
    assert gone is not None
    assert gone.status == 404
    # Parts of files, other methods and other hosts are left alone.
    for options in ("{ headers: { Range: 'bytes=0-3' } }", "{ method: 'HEAD' }"):
        small.served.log.clear()
        page.evaluate(f"fetch('{small.home}{CHAPTER}.html', {options}).catch(() => 0)")
        assert small.served.log in ([f"{CHAPTER}.html"], [])
    small.served.stop()
    assert page.evaluate(fetched) == "%PDF-1.7 of the course"
    page.goto(f"{small.home}chapters/gone.html?x=%E0%A4%A")
    page.wait_for_url("**/offline.html?page=*")
    page.get_by_text(re.compile("^You asked for")).wait_for()
    assert page.locator("article h1").inner_text().startswith("Not in your offline copy")
    link = page.locator(".offline-miss + p a")
    assert link.get_attribute("href") == f"{small.home}chapters/gone.html?x=%E0%A4%A"
    # Only addresses of the course are named.
    page.goto(f"{small.home}offline.html?page=javascript:alert(1)")
    page.wait_for_load_state("networkidle")
    assert page.locator(".offline-miss").count() == 1
    assert page.get_by_text(re.compile("^You asked for")).count() == 0
    small.served.start()


# ---- a new version ----


def look(page: Page) -> None:
    """Have the browser look for a new version now; left to itself, it takes a second or two."""
    page.evaluate("navigator.serviceWorker.getRegistration().then(r => r.update())")


def offer(page: Page, *, soon: bool = False) -> str:
    """Wait for the bar, and return what it says; *soon* has the browser look for a new version."""
    if soon:
        look(page)
    words = page.locator(".offline-bar p:not(:empty)")
    words.wait_for(timeout=30_000)
    return words.inner_text()


def body_of(page: Page, address: str) -> str:
    """Return the text of the page *address*."""
    page.goto(address)
    return page.locator("article").inner_text()


def test_new_version_is_offered_and_never_forced(small: Publisher, reader: BrowserContext) -> None:
    page = keep(reader, f"{small.home}other.html")
    page.goto(f"{small.home}{CHAPTER}.html")
    answer_one(page)
    page.evaluate("localStorage.setItem('of-another', 'kept')")
    before = page.evaluate("JSON.stringify(localStorage)")
    assert "small-course@" in before
    small.publish("new")
    small.served.log.clear()
    page.goto(f"{small.home}index.html")
    assert offer(page) == "A new version of the course is ready."
    # What has not changed is not loaded again; the bar moves nothing on the page.
    assert f"{CHAPTER}.html" in small.served.log
    assert "_static/exercises.js" not in small.served.log
    assert "reference/ledger.html" not in small.served.log
    with_bar, without_bar = page.evaluate(
        """() => {
          const top = () => document.querySelector("article").getBoundingClientRect().top;
          const bar = document.querySelector(".offline-bar");
          const shown = top();
          bar.style.display = "none";
          const hidden = top();
          bar.removeAttribute("style");
          return [shown, hidden];
        }"""
    )
    assert with_bar == without_bar
    # The focus stays where it was, and comes back there.
    assert page.evaluate("document.activeElement === document.body")
    page.locator("article a:visible").first.focus()
    press(page, "Later")
    assert page.locator(".offline-bar").count() == 0
    assert page.evaluate("document.activeElement.closest('article') !== null")
    # Later: the old version on every page, and no bar in this window.
    for name, words in ((CHAPTER, OLD), ("other", "nothing to do")):
        assert words in body_of(page, f"{small.home}{name}.html")
    until(page, "/a new version/.test(document.querySelector('.offline-status').innerText)")
    assert page.locator(".offline-bar").count() == 0
    # Even when all windows were closed, so that the new worker is at work.
    page.close()
    page = reader.new_page()
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        assert OLD in body_of(page, f"{small.home}{CHAPTER}.html")
        if offer(page) and not page.evaluate(WAITING):
            break
    assert OLD in body_of(page, f"{small.home}{CHAPTER}.html")
    offer(page)
    # Two Tabs from the top lead to the bar.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Use it now"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{small.home}{CHAPTER}.html"
    small.served.stop()
    for name, words in ((CHAPTER, NEW), ("other", "little to do")):
        assert words in body_of(page, f"{small.home}{name}.html")
    assert page.evaluate("JSON.stringify(localStorage)") == before
    assert page.locator(".offline-bar").count() == 0
    current = version(small.current.joinpath("sw.js").read_text(encoding="utf-8"))
    assert sorted(name.rpartition("|")[2] for name in cached(page)) == sorted([current, "note"])
    small.served.start()


WAITING = "navigator.serviceWorker.getRegistration().then(r => Boolean(r.waiting))"


def test_answer_that_is_begun_is_not_lost_unasked(small: Publisher, reader: BrowserContext) -> None:
    page = keep(reader, f"{small.home}other.html")
    other = reader.new_page()
    other.goto(f"{small.home}reference/glossary.html")
    page.goto(f"{small.home}{CHAPTER}.html")
    small.publish("new")
    page.goto(f"{small.home}{CHAPTER}.html")
    offer(page, soon=True)
    page.locator("[data-exercise] input[type=text]").first.fill("half of an ans")
    press(page, "Use it now")
    page.get_by_text("You have begun an answer on this page.").wait_for()
    assert page.locator("[data-exercise] input[type=text]").first.input_value() == "half of an ans"
    assert page.evaluate("document.activeElement.innerText") == "Use the new version now"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert NEW in page.locator("article").inner_text()
    # The other window is told, and left as it is.
    assert "in another window" in offer(other)
    with other.expect_navigation():
        press(other, "Load this page anew")
    # An answer that was checked is kept, and needs no warning.
    answer_one(page)
    small.publish("old")
    offer(page, soon=True)
    with page.expect_navigation():
        press(page, "Use it now")
    assert OLD in page.locator("article").inner_text()
    assert page.locator("[data-exercise] input[type=radio]").first.is_checked()


def test_version_that_cannot_be_loaded_leaves_the_old_one(
    small: Publisher, reader: BrowserContext
) -> None:
    page = keep(reader, f"{small.home}other.html")
    before = cached(page)
    small.publish("new")
    small.served.broken.add(f"{CHAPTER}.html")
    page.goto(f"{small.home}other.html")
    look(page)
    page.get_by_text("your copy stays as it is").wait_for()
    assert page.locator(".offline-bar").count() == 0
    assert before.items() <= cached(page).items()
    assert OLD in body_of(page, f"{small.home}{CHAPTER}.html")
    # The server is whole again: the next page finds the new version.
    small.served.broken.clear()
    page.goto(f"{small.home}index.html")
    assert offer(page, soon=True) == "A new version of the course is ready."
    with page.expect_navigation():
        press(page, "Use it now")
    assert NEW in body_of(page, f"{small.home}{CHAPTER}.html")


def test_first_copy_that_fails_says_what_to_do(small: Publisher, reader: BrowserContext) -> None:
    page = reader.new_page()
    page.goto(f"{small.home}other.html")
    files = len(listed(small.current.joinpath("sw.js").read_text(encoding="utf-8")))
    small.served.broken.add("searchindex.js")
    press(page, KEEP)
    page.get_by_text("“searchindex.js” is not on the server. Try again").wait_for()
    small.served.broken.clear()
    # A server, or something on the way, that changes files: they would not fit together.
    small.served.altered.add("searchindex.js")
    press(page, KEEP)
    page.get_by_text("“searchindex.js” is another one than was published.").wait_for()
    small.served.altered.clear()
    small.served.stop()
    press(page, KEEP)
    page.get_by_text("“searchindex.js” could not be loaded. See whether you are online").wait_for()
    # It is not used before it is whole, and goes on where it stopped.
    small.served.start()
    page.reload()
    page.get_by_text("loading it came to a halt").wait_for()
    small.served.log.clear()
    press(page, KEEP)
    page.get_by_text("all pages open without a network").wait_for()
    assert 1 <= len(small.served.log) < files / 2
    assert "searchindex.js" in small.served.log


def test_removing_takes_the_copy_and_nothing_else(small: Publisher, reader: BrowserContext) -> None:
    page = keep(reader, f"{small.home}other.html")
    page.evaluate(
        """async home => {
          localStorage.setItem("small-course:e1", "progress");
          await caches.open("of another site");
          await caches.open(`courseware|${home}below/|0123456789abcdef`);
        }""",
        small.home,
    )
    press(page, REMOVE)
    page.get_by_text("Your answers and your progress are as they were.").wait_for()
    assert registrations(page) == 0
    others = {"of another site", f"courseware|{small.home}below/|0123456789abcdef"}
    assert cached(page).keys() == others
    assert page.evaluate("localStorage.getItem('small-course:e1')") == "progress"
    # On the same page a browser revives the worker that it was about to end.
    press(page, KEEP)
    page.get_by_text("all pages open without a network").wait_for()
    assert len(cached(page)) == len(others) + 2
    press(page, REMOVE)
    page.get_by_text("Your answers and your progress are as they were.").wait_for()
    page.reload()
    page.get_by_role("button", name=KEEP).wait_for()
    assert registrations(page) == 0
    assert cached(page).keys() == others
    answer = page.goto(f"{small.home}{CHAPTER}.html")
    assert answer is not None
    assert not answer.from_service_worker


def test_two_copies_on_one_host_are_kept_apart(small: Publisher, reader: BrowserContext) -> None:
    (small.served.folder / "autumn").symlink_to(small.current, target_is_directory=True)
    autumn = urljoin(small.home, "../autumn/")
    first, second = (keep(reader, f"{home}other.html") for home in (small.home, autumn))
    assert registrations(second) == 2
    press(first, REMOVE)
    first.get_by_text("Your answers and your progress are as they were.").wait_for()
    kept = cached(second)
    assert kept
    assert {name.split("|")[1] for name in kept} == {autumn}
    assert all(address.startswith(autumn) for found in kept.values() for address in found)
    small.served.stop()
    try:
        second.goto(f"{autumn}{CHAPTER}.html")
        assert second.locator("h1").inner_text().startswith("1. Counting")
    finally:
        small.served.start()


# ---- looks ----


def test_loading_goes_on_when_the_page_is_left(small: Publisher, reader: BrowserContext) -> None:
    page = reader.new_page()
    page.goto(f"{small.home}other.html")
    small.served.held.add("searchindex.js")
    press(page, KEEP)
    page.get_by_text(re.compile(r"\d+ of \d+ files")).wait_for()
    page.reload()
    page.get_by_text("Keeping the course on this device.").wait_for()
    small.served.gate.set()
    page.get_by_text("all pages open without a network").wait_for()


def test_reader_without_a_network_is_asked_before_the_copy_goes(
    small: Publisher, reader: BrowserContext
) -> None:
    page = keep(reader, f"{small.home}other.html")
    reader.set_offline(True)
    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    press(page, REMOVE)
    assert len(asked) == 1
    assert "until you are online again" in asked[0]
    assert registrations(page) == 1
    page.reload()
    page.get_by_text("all pages open without a network").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bar_and_place_can_be_read_by_all(
    small: Publisher, chromium: Browser, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(color_scheme=scheme, viewport={"width": 320, "height": 640})
    page = keep(context, f"{small.home}other.html")
    small.publish("new")
    page.reload()
    offer(page, soon=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    found = axe(page, place=(".offline-bar", ".offline-copy"), kinds=("violations", "passes"))
    assert found["violations"] == []
    assert len({rule for rule, _ in found["passes"]}) > 5
    for button in page.locator(".offline-button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    # The last words of the page can be scrolled out from under the bar.
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    last = page.evaluate("document.querySelector('footer').getBoundingClientRect().bottom")
    assert last <= page.evaluate(
        "document.querySelector('.offline-bar').getBoundingClientRect().top"
    )
    context.close()


NO_WORKERS = "Object.defineProperty(Navigator.prototype, 'serviceWorker', {value: undefined})"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (NO_WORKERS, "A private window never does"),
        (
            "ServiceWorkerContainer.prototype.getRegistration = () => Promise.reject(new Error())",
            "A private window never does",
        ),
        (
            NO_WORKERS + "; Object.defineProperty(window, 'isSecureContext', {value: false})",
            "begins with https",
        ),
    ],
)
def test_browser_that_keeps_nothing(
    small: Publisher, reader: BrowserContext, script: str, words: str
) -> None:
    page = reader.new_page()
    page.add_init_script(script)
    with silent(page):
        page.goto(f"{small.home}other.html")
        page.locator(".offline-status", has_text=words).wait_for()
        assert page.locator(".offline-copy button").count() == 0
        page.goto(f"{small.home}{CHAPTER}.html")
        page.wait_for_load_state("networkidle")
