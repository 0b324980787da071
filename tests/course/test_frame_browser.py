"""The frame around the pages in a real browser: menus, colours, keys, paper, readers' wishes."""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from axe import WCAG, axe
from browser import until
from ours import CHAPTERS, DOCS, HEADINGS, OTHERS, SOME_CHAPTERS, title
from weight import files_of, weight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from conftest import Builds
    from playwright.sync_api import Browser, Page

    Visit = Callable[..., AbstractContextManager[Page]]

pytestmark = pytest.mark.browser

CHAPTER = CHAPTERS[0]
KINDS_OF_PAGE = [*OTHERS, *SOME_CHAPTERS[:2], "genindex", "search"]
#: What axe cannot tell, and why it is right nevertheless.
EXPLAINED = {
    # The open list lies over the bar: what axe cannot see is covered.
    ("color-contrast", "site-brand"),
}
PANELS = ["site-navigation", "page-contents", "site-search", "site-colours"]


@pytest.fixture(scope="module")
def site(shared_build: Callable[[Path, str], Path]) -> Path:
    """Return the course as a site."""
    return shared_build(DOCS, "html")


@pytest.fixture(scope="module")
def visit(chromium: Browser, site: Path) -> Visit:
    """Return a context manager that opens a page from the file system."""

    @contextmanager
    def opened(
        name: str, width: int = 1280, scheme: str = "light", *, script: bool = True, **other: object
    ) -> Iterator[Page]:
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=script,
            **other,  # type: ignore[arg-type]
        )
        page = context.new_page()
        page.goto((site / f"{name}.html").as_uri())
        yield page
        context.close()

    return opened


def panel(page: Page, name: str) -> None:
    """Open the panel *name* by its button."""
    page.locator(f"button[popovertarget={name}]").first.click()
    assert page.evaluate(f"document.getElementById('{name}').matches(':popover-open')")


# -- for everyone ----------------------------------------------------------------------------------


def findings(page: Page) -> list[str]:
    """Return what axe finds on *page*, or cannot tell and nobody has explained."""
    # What has been scrolled out of a list lies under the bar, where axe cannot tell its ground.
    page.evaluate("document.getElementById('site-navigation')?.scrollTo(0, 0)")
    found = axe(page, tags=(*WCAG, "best-practice"), kinds=("violations", "incomplete"))
    return [
        f"{kind}: {rule}: {html[:200]}"
        for kind, broken in found.items()
        for rule, html in broken
        if not any(rule == known and name in html for known, name in EXPLAINED)
    ]


@pytest.mark.parametrize("name", KINDS_OF_PAGE)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (320, "light")])
def test_axe_finds_nothing(visit: Visit, name: str, width: int, scheme: str) -> None:
    with visit(name, width, scheme) as page:
        assert page.evaluate("document.documentElement.dataset.theme") == scheme
        assert findings(page) == []


@pytest.mark.parametrize("name", PANELS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_a_panel_open(visit: Visit, name: str, scheme: str) -> None:
    with visit(CHAPTER, 320, scheme) as page:
        panel(page, name)
        assert findings(page) == []


@pytest.mark.parametrize("name", PANELS)
def test_panel_opens_and_closes_by_keyboard_and_focus_returns(visit: Visit, name: str) -> None:
    with visit(CHAPTER, 390) as page:
        page.locator(f"button[popovertarget={name}]").first.focus()
        page.keyboard.press("Enter")
        box = page.locator(f"#{name}")
        assert box.evaluate("e => e.matches(':popover-open')")
        page.keyboard.press("Tab")
        assert page.evaluate(f"document.activeElement.closest('#{name}') !== null")
        page.keyboard.press("Escape")
        assert not box.evaluate("e => e.matches(':popover-open')")
        focused = page.evaluate("document.activeElement.getAttribute('popovertarget')")
        assert focused == name


@pytest.mark.parametrize("name", ["site-navigation", "page-contents"])
def test_list_has_a_name_and_a_button_that_closes_it(visit: Visit, name: str) -> None:
    with visit(CHAPTER, 390) as page:
        panel(page, name)
        assert page.locator(f"#{name}").get_by_role("navigation").count() == 1
        close = page.locator(f"#{name}").get_by_role("button", name="Close")
        assert close.evaluate("e => e === document.activeElement")
        close.press("Enter")
        assert not page.locator(f"#{name}").is_visible()
        assert page.evaluate("document.activeElement.getAttribute('popovertarget')") == name


def test_link_of_the_page_leads_there_and_closes_the_list(visit: Visit) -> None:
    with visit(CHAPTER, 390) as page:
        panel(page, "page-contents")
        page.locator("#page-contents a", has_text=HEADINGS["key-points"]).click()
        assert not page.locator("#page-contents").is_visible()
        top = page.locator("#key-points").evaluate("e => e.getBoundingClientRect().top")
        bar = page.locator(".site-bar").evaluate("e => e.getBoundingClientRect().bottom")
        assert bar <= top < 400


@pytest.mark.parametrize("width", [390, 1280])
def test_everything_in_the_bar_shows_its_focus(visit: Visit, width: int) -> None:
    with visit(CHAPTER, width) as page:
        reached = []
        for _ in range(9):
            page.keyboard.press("Tab")
            focus = page.evaluate(
                """() => { const e = document.activeElement, s = getComputedStyle(e);
                return [e.className, s.outlineStyle, parseFloat(s.outlineWidth)]; }"""
            )
            reached.append(focus[0])
            assert focus[1] == "solid", focus
            assert focus[2] >= 2, focus
        assert {"skip-to-text d-print-none", "site-brand", "site-button"} <= {
            name.replace(" for-narrow", "") for name in reached
        }


def test_skip_link_leads_past_bar_and_lists(visit: Visit) -> None:
    with visit(CHAPTER) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_in_the_bar_are_large(visit: Visit, width: int) -> None:
    with visit(CHAPTER, width) as page:
        sizes = page.locator(".site-bar > :is(a, button):visible").evaluate_all(
            "all => all.map(e => [e.offsetWidth, e.offsetHeight])"
        )
        assert len(sizes) >= 3
        assert min(side for size in sizes for side in size) >= 44


@pytest.mark.parametrize("name", ["index", CHAPTER, "practice/progress", "reference/ledger"])
def test_text_twice_as_large_fits(visit: Visit, name: str) -> None:
    # A page lets nobody add styles: what is tried here, browsers do by themselves.
    with visit(name, 390, bypass_csp=True) as page:
        page.add_style_tag(content="html { font-size: 200% }")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        cut = page.locator(".site-bar > :is(a, button):visible").evaluate_all(
            """all => all.filter(e => { const r = e.getBoundingClientRect();
            return r.left < 0 || r.right > innerWidth || e.scrollWidth > e.clientWidth + 1; })
            .map(e => e.textContent)"""
        )
        assert cut == []


# The measures of WCAG 2.2, 1.4.12.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important } p { margin-bottom: 2em !important }"""


@pytest.mark.parametrize("name", ["index", CHAPTER, "practice/progress", "reference/glossary"])
def test_text_with_more_space_is_not_cut(visit: Visit, name: str) -> None:
    with visit(name, 320, bypass_csp=True) as page:
        page.add_style_tag(content=SPACED)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.site-bar *, article *')].filter(e => {
              const s = getComputedStyle(e);
              return e.clientWidth > 1 && s.overflow === 'hidden' && e.offsetParent &&
                (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
            }).map(e => e.className + ': ' + e.textContent.slice(0, 60))"""
        )
        assert cut == []


def test_nothing_moves_where_readers_want_no_motion(visit: Visit) -> None:
    with visit(CHAPTER, 390, reduced_motion="reduce") as page:
        moving = page.evaluate(
            """() => [...document.querySelectorAll('*')].filter(e => {
              const s = getComputedStyle(e);
              return s.transitionDuration.split(',').some(t => parseFloat(t) > 0) ||
                s.animationName !== 'none' || s.scrollBehavior === 'smooth';
            }).map(e => e.className)"""
        )
        assert moving == []


def test_forced_colours_keep_buttons_and_the_open_page_visible(visit: Visit) -> None:
    with visit(CHAPTER, 1280, forced_colors="active") as page:
        borders = page.locator(".site-bar > button:visible, .exercise-button:visible").evaluate_all(
            "all => all.map(e => getComputedStyle(e).borderTopStyle)"
        )
        assert set(borders) == {"solid"}
        current = page.locator(".site-navigation .current.active > a")
        assert current.evaluate("e => getComputedStyle(e).borderInlineStartWidth") == "3px"
        axe = [line for line in findings(page) if line.startswith("violations")]
        assert axe == []


# -- colours ---------------------------------------------------------------------------------------

GROUND = "getComputedStyle(document.body).backgroundColor"


def test_colours_stay_as_chosen_on_every_page(visit: Visit, site: Path) -> None:
    with visit(CHAPTER) as page:
        light = page.evaluate(GROUND)
        panel(page, "site-colours")
        page.get_by_label("Dark").check()
        dark = page.evaluate(GROUND)
        assert dark != light
        # The browser hands what is kept to other pages in its own time.
        page.wait_for_timeout(1000)
        page.goto((site / "reference/glossary.html").as_uri())
        assert page.evaluate(GROUND) == dark
        panel(page, "site-colours")
        assert page.get_by_label("Dark").is_checked()
        page.get_by_label("As the system").check()
        assert page.evaluate(GROUND) == light
        page.emulate_media(color_scheme="dark")
        until(page, f"{GROUND} === '{dark}'")


@pytest.mark.parametrize("kept", ["'purple'", "''", "'{}'"])
def test_colours_that_were_kept_wrongly_are_those_of_the_system(visit: Visit, kept: str) -> None:
    with visit(CHAPTER, scheme="dark") as page:
        page.evaluate(f"localStorage.setItem('mode', {kept})")
        page.reload()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        panel(page, "site-colours")
        assert page.get_by_label("As the system").is_checked()


def luminance(colour: str) -> float:
    """Return how light an ``rgb()`` *colour* is, as WCAG 2.2 reckons."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


# -- without scripts -------------------------------------------------------------------------------


def test_phone_has_menus_without_scripts(visit: Visit) -> None:
    with visit(CHAPTER, 390, script=False) as page:
        assert not page.locator("#site-navigation").is_visible()
        page.locator("button[popovertarget=site-navigation]").first.click()
        page.locator("#site-navigation a", has_text="Glossary").click()
        page.wait_for_url("**/glossary.html")
        page.go_back()
        page.locator("button[popovertarget=page-contents]").first.click()
        assert page.locator("#page-contents").is_visible()
        # A button that could do nothing is not shown.
        assert not page.locator("button[popovertarget=site-colours]").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_system_decides_on_light_or_dark_without_scripts(visit: Visit, scheme: str) -> None:
    with visit(CHAPTER, scheme=scheme) as page:
        with_script = page.screenshot(clip={"x": 300, "y": 0, "width": 600, "height": 800})
        ground = page.evaluate(GROUND)
    with visit(CHAPTER, scheme=scheme, script=False) as page:
        assert (luminance(ground) < 0.2) == (scheme == "dark")
        # Colours are those of the page with scripts, to the dot; the bar has one button less.
        without = page.screenshot(clip={"x": 300, "y": 0, "width": 600, "height": 800})
    assert with_script == without


# -- on paper --------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_has_dark_ink_no_furniture_and_everything_unfolded(visit: Visit, scheme: str) -> None:
    with visit(CHAPTER, scheme=scheme) as page:
        page.emulate_media(media="print")
        furniture = ".site-bar, .site-navigation, .page-contents, .site-turn, .skip-to-text"
        assert page.locator(furniture).locator("visible=true").count() == 0
        for selector in (
            "article p",
            "article h2",
            "article td",
            ".exercise-title",
            "article li a",
        ):
            ink = page.locator(selector).first.evaluate("e => getComputedStyle(e).color")
            assert contrast(ink, "rgb(255, 255, 255)") >= 7, selector
        assert page.evaluate(GROUND) == "rgb(255, 255, 255)"
        assert page.locator("details table td").first.is_visible()
        assert not page.locator(".exercise-answer").first.is_visible()
        room = page.locator(".exercise textarea").first
        assert room.evaluate("e => e.offsetHeight") >= 100


def test_script_unfolds_for_browsers_whose_style_sheets_cannot(visit: Visit) -> None:
    with visit(CHAPTER) as page:
        unfolded = "document.querySelectorAll('details[open]').length"
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.evaluate(unfolded) > 0
        assert page.locator(".exercise-answer[open]").count() == 0
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.evaluate(unfolded) == 0


SHOWN = "e => getComputedStyle(e, '::after').content"


def test_paper_shows_where_links_lead_outside(visit: Visit) -> None:
    with visit(CHAPTER) as page:
        page.locator("article p").first.evaluate(
            """e => { e.innerHTML += '<a class="outside" href="https://example.org/a">here</a>' }"""
        )
        page.emulate_media(media="print")
        outside = page.locator("a.outside").evaluate(SHOWN)
        assert "https://example.org/a" in outside
        assert page.locator("article p a[href^='#'], article p a.internal").first.evaluate(
            SHOWN
        ) in {"none", "normal"}


def test_paper_does_not_say_an_address_twice(visit: Visit) -> None:
    with visit("reference/sources") as page:
        page.emulate_media(media="print")
        addresses = page.locator(".bibliography a[href^=http]")
        assert addresses.count() > 0
        assert set(addresses.evaluate_all(f"all => all.map({SHOWN})")) == {"none"}


def test_printed_title_keeps_its_number(visit: Visit) -> None:
    with visit(CHAPTER) as page:
        page.emulate_media(media="print")
        numbered = f"1. {title(CHAPTER)}"
        assert page.title().startswith(numbered)
        titles = page.locator("h1").locator("visible=true").all_inner_texts()
        assert [title.rstrip("#") for title in titles] == [numbered]


# -- weight ----------------------------------------------------------------------------------------


#: How far below the window a browser fetches pictures that may wait, in CSS pixels: Chromium's
#: distance on a fast connection. Some of its builds look farther ahead.
AHEAD = 1250
FAR_BELOW = f"""() => [...document.querySelectorAll('img[loading=lazy]')]
.filter(e => e.getBoundingClientRect().top > innerHeight + {AHEAD})
.map(e => e.currentSrc || e.src)"""


def files_at(urls: list[str]) -> set[Path]:
    """Return the files that are at the addresses *urls* of the file system."""
    assert [url for url in urls if not url.startswith("file:")] == []
    return {Path(url2pathname(urlsplit(url).path)) for url in urls}


def asked_for(page: Page, path: Path) -> set[Path]:
    """Return every file that *page* asks for when the page *path* is opened, far pictures aside."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.wait_for_load_state("networkidle")
    return files_at(asked) - files_at(page.evaluate(FAR_BELOW))


#: Compressed, with all that is asked for.
MOST = {"index": 40, **dict.fromkeys(CHAPTERS, 75)}


@pytest.mark.parametrize("name", MOST)
def test_page_is_light(chromium: Browser, site: Path, name: str) -> None:
    page = chromium.new_page()
    asked = asked_for(page, site / f"{name}.html")
    page.close()
    # What the benchmark reckons from the page's text is what a browser asks for; but some ask for
    # no icon, and some for a figure that is near to the window.
    reckoned = set(files_of(site / f"{name}.html"))
    assert {path for path in asked ^ reckoned if path.suffix != ".svg"} == set()
    assert len(asked) <= 18
    assert sum(map(weight, asked)) <= MOST[name] * 1024


# -- what was taken out of the style sheets was not needed -----------------------------------------

# Custom properties that nothing reads are gone, and show in nothing.
STYLES = """() => {
  const names = [...getComputedStyle(document.body)].filter(name => !name.startsWith('--'));
  const elements = [...document.querySelectorAll('body, body *')].map(e => {
    const all = [`${e.tagName}.${e.className}`];
    for (const part of [null, '::before', '::after']) {
      const s = getComputedStyle(e, part);
      if (part && s.content === 'none') continue;
      for (const name of names) all.push(s.getPropertyValue(name));
    }
    return all.join('|');
  });
  return [names.join('|'), ...elements];
}"""


@pytest.mark.parametrize(
    ("name", "width", "medium"),
    [
        ("index", 1280, "screen"),
        (CHAPTER, 390, "screen"),
        (CHAPTER, 1280, "print"),
        ("reference/glossary", 1280, "screen"),
        ("practice/exercises", 390, "screen"),
        ("search", 1280, "screen"),
    ],
)
def test_page_looks_as_with_all_rules(
    visit: Visit, whole_css: str, name: str, width: int, medium: str
) -> None:
    with visit(name, width, bypass_csp=True) as page:
        page.emulate_media(media="print" if medium == "print" else "screen")
        page.wait_for_load_state("networkidle")
        ours = page.evaluate(STYLES)
        page.evaluate(
            """css => { const style = document.createElement('style'); style.textContent = css;
            document.querySelector('link[rel=stylesheet]').replaceWith(style); }""",
            whole_css,
        )
        theirs = page.evaluate(STYLES)
        assert len(ours) == len(theirs)
        # Properties, and the element's parts one after the other.
        names = ours[0].split("|")
        differing = [
            (a.split("|")[0], *wrong)
            for a, b in zip(ours, theirs, strict=True)
            if a != b
            for wrong in zip(["", *names * 3], a.split("|"), b.split("|"), strict=False)
            if wrong[1] != wrong[2]
        ]
        assert differing == []


@pytest.fixture(scope="module")
def whole_css(shared_build: Builds, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the style sheet of the site with no rule left out."""
    project = shared_build.read(DOCS, tmp_path_factory.mktemp("whole"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("courseware.site.stylesheet.purge", lambda rules, _names: rules)
        assert project.build() == []
    css = project.output("_static/course.css").read_text("utf-8")
    assert len(css) > 200_000
    return css
