"""How hard a chapter's prose is to read, and how long it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import textstat
from bs4 import BeautifulSoup, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable

# WCAG 2.2, success criterion 3.1.5: reading level is judged "after removal of proper names and
# titles". A name is taken to be a capitalised word that does not begin its sentence.
NAME = re.compile(r"(?<=[\w,;:)’'–-] )\(?[A-ZÁÉÍÓÚÑ][\wáéíóúñ’'.-]*")

#: Stands before the words of a citation while they are told from the text.
CITED = "\N{SECTION SIGN}"


def block(page: BeautifulSoup, name: str) -> Tag:
    """Return the section of a chapter's page that is the block *name*."""
    section = page.select_one(f"section.block-{name}")
    assert section is not None, f"no block {name}"
    return section


def paragraphs(section: Tag) -> list[str]:
    """Return the running text of *section*, without figures and references to pages and works."""
    copy = BeautifulSoup(str(section), "html.parser")
    for extra in copy.select(".ledger-cite, h2, h3, .headerlink, figure, .figure-data"):
        extra.decompose()
    for link in copy.select("a[href*='sources.html#']"):
        link.replace_with(f"{CITED}{link.get_text()}")
    texts = (" ".join(p.get_text().split()) for p in copy.select("p"))
    # A work cited in brackets is apparatus; one named in the sentence is part of it.
    texts = (re.sub(rf"\([^()]*{CITED}[^()]*\)", "", text).replace(CITED, "") for text in texts)
    return [text for text in texts if text]


def words(texts: Iterable[str]) -> int:
    """Return how many words *texts* have."""
    return sum(len(text.split()) for text in texts)


def grade(texts: Iterable[str]) -> float:
    """Return the Flesch-Kincaid grade (US school years) of *texts*, names removed."""
    value: float = textstat.flesch_kincaid_grade(NAME.sub("", " ".join(texts)))
    return value
