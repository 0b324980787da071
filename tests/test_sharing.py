"""How pages are found and shared: descriptions, cards, structured data, sitemap, lost addresses."""

from __future__ import annotations

import json
import re
import shutil
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from conftest import ROOTS, Project, one
from courseware.pages.emblem import PLAIN
from courseware.sharing.address import fault_of
from courseware.sharing.cards import card_inputs, draw_card
from courseware.sharing.describe import cut, fitting, sentences
from courseware.sharing.facts import PageFacts
from courseware.sharing.structured import script
from PIL import Image, ImageColor
from sharedpages import MADE, data, is_framed, meta, pages, served

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

ADDRESS = "https://example.org/a-course/"
CHAPTER = "chapters/counting"


@pytest.fixture
def published(course: Project) -> Project:
    """Return the small course with an address, not built yet."""
    publish(course)
    return course


def build_small(folder: Path, *, address: str) -> Path:
    """Build the small course for all tests here; return its folder."""
    course = Project(ROOTS / "test-course", folder)
    configure(course, 'sharing_notfound_pages = ["reference/glossary"]')
    if address:
        publish(course, address)
    assert course.build() == []
    return course.output("")


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small course, built without an address."""
    return build_small(tmp_path_factory.mktemp("bare"), address="")


@pytest.fixture(scope="module")
def addressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the small course, built with an address."""
    return build_small(tmp_path_factory.mktemp("addressed"), address=ADDRESS)


def publish(course: Project, address: str = ADDRESS) -> None:
    """Give *course* an address."""
    conf = course.folder / "conf.py"
    conf.write_text(f'{conf.read_text("utf-8")}\nhtml_baseurl = "{address}"\n', "utf-8")


def unpublish(course: Project) -> None:
    """Take the address away."""
    course.edit("conf.py", f'\nhtml_baseurl = "{ADDRESS}"\n', "")


def configure(course: Project, line: str) -> None:
    """Add a *line* to the configuration."""
    conf = course.folder / "conf.py"
    conf.write_text(f"{conf.read_text('utf-8')}\n{line}\n", "utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("The U.S. Congress met. It rose.", ["The U.S. Congress met.", "It rose."]),
        ("See p. 3 of it.", ["See p. 3 of it."]),
        ("“Success? Or failure?” He asks.", ["“Success? Or failure?”", "He asks."]),
        ("His “Success? Or failure” is short.", ["His “Success? Or failure” is short."]),
        ("Up by 3.5 a year. In 2009. Éxito.", ["Up by 3.5 a year.", "In 2009.", "Éxito."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    found = sentences([text])
    # An abbreviation before a figure may end a sentence or not; here it must not lose anything.
    assert " ".join(found) == " ".join(expected)
    if "p. 3" not in text:
        assert found == expected


@pytest.mark.parametrize(
    ("offered", "expected"),
    [
        (["A" * 60 + ".", "B" * 60 + ".", "C" * 60 + "."], ["A" * 60 + ".", "B" * 60 + "."]),
        # What does not fit by itself is passed over, for the first that does.
        (["a " * 90 + "end.", "Whole."], ["Whole."]),
        # Too little by itself: the next is cut after a part of it, or after a word.
        (
            ["Short.", "First of it, " + "word " * 20 + "then, " + "word " * 20 + "end."],
            ["Short.", "First of it, " + "word " * 20 + "then…"],
        ),
        # A reference whose words are not known yet.
        (["See \ufffc.", "Whole."], ["Whole."]),
        (["Whole.", "See \ufffc.", "More."], ["Whole."]),
        (["See \ufffc."], []),
        ([], []),
    ],
)
def test_whole_sentences_are_chosen(offered: list[str], expected: list[str]) -> None:
    assert fitting(offered) == expected


def test_nothing_is_cut_within_a_word() -> None:
    text = "Counting (again), he said: “twelve”; and so the twelfth counter – a woman – agreed."
    for most in range(1, len(text)):
        result = cut(text, most)
        assert len(result) <= most
        # What is left out begins with no letter.
        assert not result or re.match(re.escape(result.removesuffix("…")) + r"(?!\w)", text)
        assert not result or result[-1] == "…"
    assert cut(text, len(text)) == text


def test_author_may_describe_a_page(course: Project) -> None:
    path = course.folder / "other.md"
    head = "---\nmyst:\n  html_meta:\n    description: What the author says of it.\n---\n"
    path.write_text(head + path.read_text("utf-8"), "utf-8")
    assert course.build() == []
    page = course.page("other")
    assert meta(page, "description") == "What the author says of it."
    assert meta(page, "og:description") == "What the author says of it."
    assert data(page)["description"] == "What the author says of it."


def test_citations_and_unknown_words_are_left_out(course: Project) -> None:
    course.edit(
        "other.md",
        "This page has nothing to do with the data.",
        "It cites a book {cite:p}`jones2001`: this one. {ledger}`L001`\n"
        "See {doc}`/index`.\nNot *this* one any more.",
    )
    another = "@book{jones2001, author = {J}, title = {T}, year = {2001}, publisher = {P}}"
    course.edit("data/references.bib", "@book{jones", f"{another}\n@book{{jones")
    course.build()
    assert meta(course.page("other"), "description") == "It cites a book: this one."


# -- Open Graph and cards


def test_addresses_are_absolute_and_agree(addressed: Path) -> None:
    for name, page in pages(addressed).items():
        address = ADDRESS if name == "index" else f"{ADDRESS}{name}.html"
        links = page.select('head link[rel="canonical"]')
        assert [link["href"] for link in links] == [address]
        assert meta(page, "og:url") == data(page)["url"] == address


def test_every_page_has_a_card(addressed: Path) -> None:
    found = pages(addressed)
    cards = set()
    for name, page in found.items():
        address = meta(page, "og:image")
        assert address.startswith(ADDRESS)
        path = addressed / urlsplit(address.removeprefix(ADDRESS)).path
        cards.add(path)
        assert path.read_bytes().startswith(b"\x89PNG")
        with Image.open(path) as picture:
            size = (meta(page, "og:image:width"), meta(page, "og:image:height"))
            assert size == ("1200", "630") == tuple(map(str, picture.size))
        assert meta(page, "twitter:card") == "summary_large_image"
        # What Sphinx makes itself has the card of the course.
        shown = found["index"] if name in MADE else page
        alternative = meta(page, "og:image:alt")
        assert alternative.startswith("Small Course")
        assert meta(shown, "og:title") in alternative
        if shown.select('[property="og:description"]'):
            assert alternative.endswith(meta(shown, "og:description"))
    assert cards == set((addressed / "_images" / "cards").rglob("*.png"))
    assert len(cards) == len(found) - len(MADE)
    assert len({card.read_bytes() for card in cards}) == len(cards)


def test_long_words_fit_on_a_card() -> None:
    course: Any = SimpleNamespace(language="en", project="Long", sharing_tagline="")
    facts = PageFacts("long", "12", "Title of a page " * 20, "It says very much. " * 30, "")
    assert is_framed(draw_card(card_inputs(course, facts, PLAIN)).convert("RGB"))


def test_card_and_icons_show_the_emblem_that_the_course_names(published: Project) -> None:
    published.edit("conf.py", "nitpicky", 'html_favicon = "mark.svg"\nnitpicky')
    drawing = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">
        <path fill="{}" d="M0 0h8v8H0z"/></svg>"""
    addresses = set()
    for colour in ("#c00000", "#0000c0"):
        mark = drawing.format(colour)
        (published.folder / "mark.svg").write_text(mark, encoding="utf-8")
        assert published.build() == []
        for name, spot in (("_images/cards/other", (138, 138)), ("icons/icon-512", (256, 256))):
            with Image.open(published.output(f"{name}.png")) as picture:
                seen = picture.convert("RGB").getpixel(spot)
            assert seen == ImageColor.getrgb(colour), name
        addresses.add(meta(published.page("other"), "og:image"))
    # Previews are kept by address.
    assert len(addresses) == 2


def test_cards_are_drawn_again_only_when_they_change(published: Project) -> None:
    assert published.build() == []
    folder = published.output("_images/cards")
    first = {path: path.stat().st_mtime_ns for path in folder.rglob("*.png")}
    address = meta(published.page(CHAPTER), "og:image")
    published.edit(f"{CHAPTER}.md", "settle an argument?", "end an argument?")
    published.edit("other.md", "nothing to do", "nothing at all to do")
    (published.folder / "unlisted.md").write_text("---\norphan: true\n---\n# New\n\nA page.\n")
    assert published.build() == []
    then = {path: path.stat().st_mtime_ns for path in folder.rglob("*.png")}
    changed = {
        path.relative_to(folder).as_posix() for path in then if first.get(path) != then[path]
    }
    assert changed == {f"{CHAPTER}.png", "other.png", "unlisted.png"}
    # Previews are kept by address.
    assert meta(published.page(CHAPTER), "og:image") != address
    (published.folder / "unlisted.md").unlink()
    folder.joinpath("other.png").write_bytes(b"\x89PNG broken")
    published.edit("other.md", "nothing at all", "nothing whatever")
    assert published.build() == []
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*.png")} == {
        path.relative_to(published.folder).with_suffix(".png").as_posix()
        for path in published.folder.rglob("*.md")
    }
    with Image.open(folder / "other.png") as picture:
        assert picture.size == (1200, 630)


def contents(course: Project) -> dict[str, bytes]:
    """Return every file that a reader gets, by name."""
    folder = course.output("")
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".buildinfo")
    }


def test_bytes_are_the_same_however_it_is_built(published: Project) -> None:
    configure(published, 'sharing_course = {"about": ["a", "b"], "author": {"name": "A"}}')
    assert published.build() == []
    first = contents(published)
    assert {"sitemap.xml", "robots.txt", "404.html", f"_images/cards/{CHAPTER}.png"} <= set(first)
    # Sphinx reads in parallel from six pages on.
    assert len(list(published.folder.rglob("*.md"))) > 5
    shutil.rmtree(published.output("").parent)
    assert published.build(parallel=2) == []
    assert contents(published) == first


def test_setting_and_taking_away_the_address_leaves_nothing_behind(course: Project) -> None:
    assert course.build() == []
    without = contents(course)
    publish(course)
    assert course.build() == []
    assert set(contents(course)) > {"sitemap.xml", "robots.txt"}
    unpublish(course)
    assert course.build() == []
    assert contents(course) == without


def test_without_an_address_nothing_needs_one(course: Project) -> None:
    assert course.build() == []
    names = {path.name for path in course.output("").rglob("*")}
    assert names.isdisjoint({"sitemap.xml", "robots.txt", "cards"})
    for name, page in pages(course.output("")).items():
        assert meta(page, "og:title")
        assert not page.select('link[rel="canonical"], [name^="twitter:"], [property^="og:image"]')
        assert not page.select('[property="og:url"]')
        said = data(page)
        assert "url" not in said
        # A machine finds the course from where it found the page.
        course_id = said["@id"] if name == "index" else said["isPartOf"]["@id"]
        assert urljoin(f"file:///site/{name}.html", course_id) == "file:///site/index.html#course"


def test_data_cannot_end_their_element(course: Project) -> None:
    nasty = "</script><!-- & <b>"
    page = BeautifulSoup(f"<p>{script({'name': nasty})}<i>after</i></p>", "html.parser")
    assert json.loads(one(page, "script").get_text()) == {"name": nasty}
    assert one(page, "p > i").get_text() == "after"
    course.edit("other.md", "# Another page", '# About `</script>` & "quotes"')
    assert course.build() == []
    said = course.page("other")
    assert data(said)["name"] == meta(said, "og:title") == "About </script> & “quotes”"


def test_what_a_chapter_lacks_is_not_claimed(course: Project) -> None:
    text = (course.folder / f"{CHAPTER}.md").read_text("utf-8")
    assert course.build() == []
    said = data(course.page(CHAPTER))
    assert said["position"] == 1
    assert said["timeRequired"] == "PT90M"
    assert said["name"] == "1. Counting"
    assert "license" not in said
    assert "isBasedOn" not in said
    uses = {"self-checks": "self-assessment", "discussion-questions": "class discussion"}
    assert said["educationalUse"] == ["reading", *(uses[u] for u in uses if f"{{{u}}}" in text)]


# -- sitemap


def test_sitemap_lists_all_pages_and_no_others(addressed: Path) -> None:
    root = ET.parse(addressed / "sitemap.xml").getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    assert root.tag == f"{space}urlset"
    listed = [str(loc.text) for loc in root.iterfind(f"{space}url/{space}loc")]
    folder = ROOTS / "test-course"
    names = {str(path.relative_to(folder).with_suffix("")) for path in folder.rglob("*.md")}
    rest = {f"{ADDRESS}{name}.html" for name in names - {"index"}}
    assert sorted(listed) == sorted({ADDRESS, *rest})
    assert len(listed) == len(names)
    # No dates: those of the build would say nothing, and change every day.
    assert {child.tag for child in root.iter()} == {f"{space}{t}" for t in ("urlset", "url", "loc")}
    # And each leads to a page.
    for address in listed:
        assert (addressed / (address.removeprefix(ADDRESS) or "index.html")).is_file()
    robots = (addressed / "robots.txt").read_text("utf-8").splitlines()
    assert robots[0] == "User-agent: *"
    assert f"Sitemap: {ADDRESS}sitemap.xml" in robots
    assert not any(line.startswith("Disallow: /") for line in robots)


def test_addresses_of_folders(published: Project) -> None:
    assert published.build("dirhtml") == []
    sitemap = published.output("sitemap.xml", "dirhtml").read_text("utf-8")
    assert f"<loc>{ADDRESS}{CHAPTER}/</loc>" in sitemap
    html = published.output(f"{CHAPTER}/index.html", "dirhtml").read_text("utf-8")
    page = BeautifulSoup(html, "html.parser")
    assert one(page, 'link[rel="canonical"]')["href"] == f"{ADDRESS}{CHAPTER}/"
    assert data(page)["@id"] == f"{ADDRESS}{CHAPTER}/"
    assert published.output(f"_images/cards/{CHAPTER}.png", "dirhtml").is_file()


def test_files_of_the_project_are_left_alone(published: Project) -> None:
    own = published.folder / "extra"
    own.mkdir()
    for name in ("robots.txt", "404.html"):
        (own / name).write_text("ours\n")
    configure(published, 'html_extra_path = ["extra"]')
    for address in (ADDRESS, ""):
        published.edit("conf.py", "html_baseurl = ", f'html_baseurl = "{address}"  # ')
        assert published.build() == []
        assert published.output("sitemap.xml").exists() == bool(address)
        assert published.output("robots.txt").read_text() == "ours\n"
        assert published.output("404.html").read_text() == "ours\n"


@pytest.mark.parametrize("builder", ["text", "epub", "singlehtml", "xml"])
def test_builders_of_other_things_are_left_alone(published: Project, builder: str) -> None:
    configure(published, 'version = "1"')
    assert [line for line in published.build(builder) if "courseware" in line] == []
    names = {path.name for path in published.output("", builder).rglob("*")}
    assert names.isdisjoint({"sitemap.xml", "robots.txt", "404.html", "cards"})
    for path in published.output("", builder).rglob("*.*html"):
        assert "og:title" not in path.read_text("utf-8")


# -- settings


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("a-course", "does not begin with https://"),
        ("//example.org/", "does not begin with https://"),
        ("ftp://example.org/", "does not begin with https://"),
        ("https:///a-course", "names no host"),
        ("https://example.org/?page=", "has a query"),
        ("https://example.org/#top", "has a query"),
        ("https://example.org/a course/", "has a space"),
        ("https://[example.org/", "Invalid IPv6 URL"),
        ("https://example.org", ""),
        ("http://localhost:8000/a/", ""),
    ],
)
def test_addresses_are_checked(address: str, fault: str) -> None:
    assert fault in fault_of(address)
    assert bool(fault_of(address)) == bool(fault)


def refusal(course: Project, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what a build says that ends at once."""
    from sphinx.cmd.build import build_main

    capsys.readouterr()
    arguments = ["-q", "-b", "html", str(course.folder), str(course.folder.parent / "out")]
    with pytest.raises(SystemExit) as ended:
        build_main(arguments)
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_wrong_address_is_told_with_its_place(
    course: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(course, "a-course")
    said = refusal(course, capsys)
    line = course.line("conf.py", "html_baseurl")
    assert f"conf.py:{line}: ERROR: html_baseurl is 'a-course': it does not begin" in said
    assert "COURSE_URL" in said
    assert "https://example.org/course/" in said
    assert "Traceback" not in said
    assert not course.output("").exists()


def test_what_json_lacks_is_told_with_its_place(
    course: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(course, 'sharing_course = {"about": {1, 2}}')
    said = refusal(course, capsys)
    line = course.line("conf.py", "sharing_course")
    assert f"conf.py:{line}: ERROR: sharing_course: " in said
    assert "set" in said


def test_page_that_cannot_be_offered_is_told(course: Project) -> None:
    configure(course, 'sharing_notfound_pages = ["reference/glosary"]')
    line = course.line("conf.py", "sharing_notfound_pages")
    message = "there is no page 'reference/glosary'; did you mean 'reference/glossary'?; "
    message += "mend it there, or 'sharing: lost:' in course.yml"
    where = f"conf.py:{line}: WARNING: sharing_notfound_pages"
    assert course.build() == [f"{where}: {message} [courseware.sharing]"]


NAMES = ["index.html", f"{CHAPTER}.html", "search.html", "reference/glossary.html"]


def seen_links(chromium: Browser, address: str, **options: Any) -> list[str]:  # noqa: ANN401
    """Return where the links lead that can be seen at *address*, without scripts."""
    page = chromium.new_page(java_script_enabled=False, **options)
    page.goto(address)
    links = page.locator("a:visible").all()
    found = [urljoin(page.url, str(link.get_attribute("href"))) for link in links]
    page.close()
    return found


@pytest.mark.browser
@pytest.mark.parametrize(
    ("prefix", "lost"),
    [
        ("/", "nowhere.html"),
        ("/", "chapters/nowhere.html"),
        ("/a-course/", "nowhere.html"),
        ("/a-course/", "chapters/nowhere.html"),
        ("/a-course/", "a/b/"),
        ("/~ana/courses/a-course/", "a/b/c/d/e/f.html"),
    ],
)
def test_links_are_right_at_any_depth(
    chromium: Browser, bare: Path, prefix: str, lost: str
) -> None:
    with served(bare, prefix) as root:
        found = seen_links(chromium, root + lost)
        assert found == [root + name for name in NAMES]
        for address in found:
            with urlopen(address) as answer:
                assert answer.status == 200


@pytest.mark.browser
def test_another_course_above_is_not_taken_for_this_one(chromium: Browser, bare: Path) -> None:
    with served(bare, "/a-course/", twice=True) as root:
        found = seen_links(chromium, f"{root}chapters/nowhere.html")
        assert found == [root + name for name in NAMES]


DEEPER = "a/b/c/d/e/f/g/h/i.html"


@pytest.mark.browser
def test_deeper_down_the_page_says_how_to_come_back(chromium: Browser, bare: Path) -> None:
    with served(bare, "/a-course/") as root:
        page = chromium.new_page(java_script_enabled=False)
        page.goto(root + DEEPER)
        assert page.locator("a:visible").count() == 0
        assert "take away the end of the address" in page.locator("main").inner_text()
        assert page.locator("svg").evaluate("e => e.getBoundingClientRect().width") == 56
        page.close()


@pytest.mark.browser
def test_deeper_down_links_are_absolute_where_there_is_an_address(
    chromium: Browser, addressed: Path
) -> None:
    with served(addressed, "/elsewhere/") as root:
        # Elsewhere than at its address, such as for a look before it is published.
        nearer = seen_links(chromium, f"{root}chapters/nowhere.html")
        assert nearer == [root + name for name in NAMES]
        far = seen_links(chromium, root + DEEPER)
        assert far == [ADDRESS, *(ADDRESS + name for name in NAMES[1:])]


@pytest.mark.browser
@pytest.mark.parametrize("build", ["bare", "addressed"])
def test_from_the_file_system_links_lead_to_files(
    chromium: Browser, request: pytest.FixtureRequest, build: str
) -> None:
    folder = request.getfixturevalue(build)
    found = seen_links(chromium, (folder / "404.html").as_uri())
    assert found == [(folder / name).as_uri() for name in NAMES]
    assert all((folder / name).is_file() for name in NAMES)


def test_lost_page_is_not_offered_to_searches(addressed: Path) -> None:
    assert "404" not in (addressed / "sitemap.xml").read_text("utf-8")
