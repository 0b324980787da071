"""The course itself: it builds without a warning, and its text keeps the rules of the house."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import prose
import pytest
from bs4 import BeautifulSoup
from conftest import one
from courseware.data.figures import figure_scripts
from courseware.data.glossary import load_glossary
from courseware.data.ledger import load_ledger
from courseware.data.settings import load_settings
from courseware.pages.counts import WORDS
from ours import DOCS, SOURCES, TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def site(shared_build: Callable[[Path, str], Path]) -> Path:
    """Return the folder of the course's site, built without a warning."""
    return shared_build(DOCS, "html")


def page(site: Path, name: str) -> BeautifulSoup:
    """Return the page *name* (without its ending), parsed."""
    html = (site / f"{name}.html").read_text(encoding="utf-8")
    # Labels have no-break spaces; what tests compare is easier to read without.
    return BeautifulSoup(html.replace("\u00a0", " "), "html.parser")


def test_all_chapters_are_there(site: Path) -> None:
    links = page(site, "index").select(".chapter-list .chapter-title a")
    assert [link["href"] for link in links] == [f"chapters/{topic}.html" for topic in TOPICS]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_chapter_has_a_mexican_voice_that_is_no_officials(site: Path, topic: str) -> None:
    voices = page(site, f"chapters/{topic}").select(".voice .voice-standpoint")
    assert SETTINGS.standpoints["mexican-civic"] in {voice.get_text() for voice in voices}


SETTINGS = load_settings(DOCS / "course.yml")
LEDGER = load_ledger(DOCS / "data" / "ledger.yml", SETTINGS)


def test_ledger_is_whole() -> None:
    def numbers(names: list[str]) -> list[int]:
        return sorted(int(name[1:]) for name in names)

    # Ids are permanent: one that goes would leave a gap.
    statements = numbers([statement.id for statement in LEDGER.statements])
    assert statements == list(range(1, len(statements) + 1))
    notes = numbers([note.id for note in LEDGER.notes])
    assert notes == list(range(1, len(notes) + 1))
    footnotes = [footnote.number for footnote in LEDGER.footnotes]
    assert footnotes == list(range(1, len(footnotes) + 1))
    assert {statement.kind for statement in LEDGER.statements} == set(SETTINGS.kind_by_id)


def test_readme_has_the_numbers_of_the_data() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert f"{len(LEDGER.statements)} statements" in readme
    assert f"{len(LEDGER.notes)} close checks" in readme
    assert f"{WORDS[len(TOPICS)]} chapters" in readme.lower()
    assert f"{WORDS[len(figure_scripts(DOCS / 'figures'))]} figures" in readme.lower()


def test_course_asks_for_all_that_it_promises_of_sources() -> None:
    # The build tells each work that is not cited or not said to be read, and each later fact.
    assert SETTINGS.bibliography.how_far
    assert SETTINGS.bibliography.cite_all
    assert SETTINGS.first_sourced == int((SETTINGS.work.date or "0")[:4]) + 1


@pytest.mark.skipif(not SETTINGS.tell_all, reason="course.yml says that not all are told")
def test_every_statement_is_cited_by_a_chapter(site: Path) -> None:
    items = page(site, "reference/ledger").select(".ledger-list > li")
    assert len(items) == len(LEDGER.statements)
    uncited = [item["id"] for item in items if "chapter" not in one(item, ".cited-in").get_text()]
    assert uncited == []


@pytest.mark.parametrize("topic", TOPICS)
def test_plain_summary_is_plain(site: Path, topic: str) -> None:
    summary = prose.paragraphs(prose.block(page(site, f"chapters/{topic}"), "plain-summary"))
    assert prose.words(summary) <= 150
    assert prose.grade(summary) <= 9


@pytest.mark.parametrize("topic", TOPICS)
def test_core_text_has_the_right_length_and_level(site: Path, topic: str) -> None:
    core = prose.paragraphs(prose.block(page(site, f"chapters/{topic}"), "reading"))
    assert 700 <= prose.words(core) <= 1100
    assert prose.grade(core) <= 12


@pytest.mark.parametrize("topic", TOPICS)
def test_pages_named_in_the_core_text_are_the_pages_cited(site: Path, topic: str) -> None:
    section = prose.block(page(site, f"chapters/{topic}"), "reading")
    for paragraph in section.select("p:not(:is(figure, .figure-data) p)"):
        cited = " ".join(cite.get_text() for cite in paragraph.select(".ledger-cite"))
        pages = set(re.findall(r"\d", re.sub(r"nn?\. [\d, ]+", "", cited)))
        text = prose.paragraphs(BeautifulSoup(str(paragraph), "html.parser"))
        for match in re.finditer(r"\b[Pp]ages? (\d)\b(?:(?: and |–)(\d)\b)?", " ".join(text)):
            assert set(filter(None, match.groups())) <= pages, (match[0], cited)


def test_first_uses_of_terms_are_linked(site: Path) -> None:
    for topic in TOPICS:
        links = page(site, f"chapters/{topic}").select(".block-reading .first-use a")
        assert len(links) >= 4, topic
        targets = [link["href"] for link in links]
        assert len(set(targets)) == len(targets), topic


def test_glossary_is_whole(site: Path) -> None:
    glossary = load_glossary(DOCS / "data" / "glossary.yml", SETTINGS)
    terms = page(site, "reference/glossary").select(".course-glossary dt")
    assert [term["id"] for term in terms] == [f"term-{term.id}" for term in glossary.terms]


def test_sources_name_every_footnote(site: Path) -> None:
    notes = page(site, "reference/sources").select(".work-footnotes dt")
    noun = SETTINGS.work.noun
    assert [note["id"] for note in notes] == [f"{noun}-note-{f.number}" for f in LEDGER.footnotes]


def pages(site: Path) -> list[Path]:
    """Return every page of the site."""
    return sorted(site.rglob("*.html"))


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    loading = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
    addresses: list[tuple[str, str]] = []
    for path in pages(site):
        html = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for tag, attribute in loading.items():
            found = html.select(f"{tag}[{attribute}]")
            addresses += [(path.name, str(element[attribute])) for element in found]
    for style in site.rglob("*.css"):
        urls = re.findall(r"""url\(["']?([^)]+)\)""", style.read_text(encoding="utf-8"))
        addresses += [(style.name, url) for url in urls]
    assert len(addresses) > 100
    assert [found for found in addresses if re.match(r"(https?:)?//", found[1])] == []


def test_links_within_the_site_lead_somewhere(site: Path) -> None:
    ids = {
        path.resolve(): {
            str(element["id"])
            for element in BeautifulSoup(path.read_text("utf-8"), "html.parser").select("[id]")
        }
        for path in pages(site)
    }
    broken = []
    # The page for lost addresses has links for every depth: test_sharing.py follows them.
    for path in set(pages(site)) - {site / "404.html"}:
        html = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for link in html.select("a[href]"):
            address, _, anchor = str(link["href"]).partition("#")
            # The PDFs are copied beside the pages by `nox -s build`.
            if re.match(r"\w+:", address) or "downloads/" in address:
                continue
            target = (path.parent / address).resolve() if address else path.resolve()
            if target not in ids or (anchor and anchor not in ids[target]):
                broken.append((path.name, str(link["href"])))
    assert broken == []


def test_every_page_has_one_main_heading(site: Path) -> None:
    for path in pages(site):
        html = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        headings = html.select("h1, h2, h3, h4")
        levels = [int(heading.name[1]) for heading in html.select(".bd-article :is(h1,h2,h3,h4)")]
        if not levels:
            continue
        assert levels.count(1) == 1, path.name
        for before, after in pairwise(levels):
            assert after <= before + 1, (path.name, [str(h) for h in headings])


def test_one_sentence_a_line() -> None:
    """A line of prose holds one sentence, so that a change of it is easy to review."""
    crowded = []
    for path in SOURCES:
        if "_ext" in path.parts:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.startswith(("|", ":", "  because", "  change")):
                continue
            text = re.sub(r"^\s*(\d+\.|[-:]) ", "", line)
            # A single letter before the dot is an initial, and no end of a sentence.
            if re.search(r"(?<!\b[A-Z])[.?!] [A-Z]", text):
                crowded.append(f"{path.relative_to(DOCS)}:{number}: {line}")
    assert crowded == []


def test_same_sources_give_the_same_bytes(
    site: Path, shared_rebuild: Callable[[Path, str], Path]
) -> None:
    # Read and written by two processes, where the first build used one.
    folder = shared_rebuild(DOCS, "html")
    first = {p.relative_to(site): p.read_bytes() for p in site.rglob("*") if p.is_file()}
    second = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    skipped = Path(".buildinfo")
    assert {k for k in first if first[k] != second.get(k)} - {skipped} == set()
    assert first.keys() == second.keys()
