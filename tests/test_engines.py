"""What every reader does, in three browsers: one description of each journey for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest
from conftest import ROOTS, Project
from courseware.bank.model import TypeName
from engines import ENGINES
from reader import Reader
from served import Served

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.browser

CHAPTER, TITLE = "chapters/counting", "Counting"
GROUND = "() => getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a server of the small course, which has every type of exercise, in the frame."""
    course = Project(ROOTS / "test-course", tmp_path_factory.mktemp("small"))
    course.edit("conf.py", '"basic"', '"sphinx_book_theme"')
    course.edit("other.md", "This page", "```{offline-copy}\n```\n\nThis page")
    assert course.build() == []
    server = Served(course.output(""), tmp_path_factory.mktemp("served"))
    yield server
    server.stop()


@pytest.fixture(scope="module", params=ENGINES)
def reader(request: pytest.FixtureRequest) -> Iterator[Reader]:
    """Return a reader in one of the browsers, in which nothing has been kept."""
    with ENGINES[request.param]() as engine:
        yield Reader(engine)


def test_machine_without_a_browser_skips_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    for name, word in (("Firefox", "firefox-esr"), ("WebKit", "WebKitWebDriver")):
        for required, raised in (
            ("no", pytest.skip.Exception),
            ("required", pytest.fail.Exception),
        ):
            monkeypatch.setenv("BROWSER_TESTS", required)
            with pytest.raises(raised, match=f"for want of {word}"), ENGINES[name]():
                pass


def test_reading(reader: Reader, served: Served) -> None:
    reader.open(served.home)
    reader.press("link", TITLE)
    reader.sees("heading", TITLE)
    # The colours that one chose stay, from the first moment of each page.
    light = reader.engine.run(GROUND)
    reader.press("button", "Colours")
    reader.press("radio", "Dark")
    reader.until(f"light => ({GROUND})() !== light", light)
    dark = reader.engine.run(GROUND)
    reader.open(f"{served.home}reference/glossary.html")
    assert reader.engine.run(GROUND) == dark
    reader.press("button", "Colours")
    reader.press("radio", "Light")
    reader.until(f"light => ({GROUND})() === light", light)


def test_menus(reader: Reader, served: Served) -> None:
    reader.open(f"{served.home}{CHAPTER}.html")
    reader.press("button", "Menu")
    reader.sees("dialog", "Menu")
    assert reader.all("main") == []
    for _ in range(4):
        reader.engine.key("Tab")
        assert reader.engine.run("() => document.activeElement.closest('[role=dialog]') !== null")
    reader.engine.key("Escape")
    reader.sees("main", "")
    assert reader.all("dialog") == []
    assert reader.focused == "Menu"
    reader.press("button", "Menu")
    reader.press("link", "Glossary")
    reader.at("glossary.html")
    reader.sees("heading", "Glossary")


def test_search(reader: Reader, served: Served) -> None:
    reader.open(f"{served.home}{CHAPTER}.html")
    reader.press("button", "Search")
    reader.press("searchbox", "")
    reader.write("denominator")
    # Results come as one types, and Enter opens the first.
    reader.sees("link", "denominator")
    reader.engine.key("Enter")
    reader.at("glossary.html")
    reader.sees("heading", "Glossary")


def test_definitions(reader: Reader, served: Served) -> None:
    reader.open(f"{served.home}{CHAPTER}.html")
    reader.focus("link", "denominator")
    reader.reads("Out of how many.")
    reader.engine.key("Escape")


#: Gives some answer to every exercise, of whatever type it is, and returns how many there are.
ANSWER = """() => {
  const tell = (e, ...types) => types.forEach(type =>
    e.dispatchEvent(new Event(type, { bubbles: true })));
  const boxes = [...document.querySelectorAll('main [data-exercise]')];
  boxes.forEach(box => {
    const groups = new Set();
    box.querySelectorAll('input, select, textarea').forEach(e => {
      if (e.type === 'radio' || e.type === 'checkbox') {
        if (!groups.has(e.name)) { groups.add(e.name); if (!e.checked) { e.click(); } }
      } else if (e.tagName === 'SELECT') {
        e.selectedIndex = 1 + groups.size % (e.options.length - 1);
        groups.add(e);
        tell(e, 'input', 'change');
      } else {
        e.value = '7';
        tell(e, 'input', 'change');
      }
    });
  });
  return boxes.length;
}"""
#: What the exercises hold, open ones aside, and how many of all have a verdict.
HELD = """() => [...document.querySelectorAll('main [data-exercise]')].filter(box =>
  !box.querySelector('textarea')).map(box =>
  [...box.querySelectorAll('input, select, textarea')].map(e =>
    e.type === 'radio' || e.type === 'checkbox' ? e.checked : e.value).join())"""
JUDGED = """() => [...document.querySelectorAll('main [data-exercise]')].filter(box =>
  [...box.querySelectorAll('[role=status]')].some(e => e.textContent.trim())).length"""


def test_exercises(reader: Reader, served: Served) -> None:
    reader.open(f"{served.home}{CHAPTER}.html")
    # All types but the discussion, which asks for no answer.
    count = reader.engine.run(ANSWER)
    assert count >= len(get_args(TypeName)) - 1
    checks = [name for name in reader.all("button") if name.startswith("Check answer")]
    assert len(checks) == len(set(checks)) >= len(get_args(TypeName)) - 2
    for check in checks:
        reader.press("button", check)
    reader.until(f"least => ({JUDGED})() >= least", len(checks))
    held = reader.engine.run(HELD)
    assert all(held)
    # What was answered is there when one comes back.
    reader.open(served.home)
    reader.open(f"{served.home}{CHAPTER}.html")
    reader.until(f"held => JSON.stringify(({HELD})()) === JSON.stringify(held)", held)


def test_offline(reader: Reader, served: Served) -> None:
    reader.open(f"{served.home}other.html")
    reader.press("button", "Keep")
    reader.sees("button", "Remove")
    served.stop()
    try:
        reader.open(f"{served.home}{CHAPTER}.html")
        reader.sees("heading", TITLE)
        reader.press("button", "Menu")
        reader.sees("dialog", "Menu")
    finally:
        served.start()
    reader.open(f"{served.home}other.html")
    reader.press("button", "Remove")
