"""What students of the course get holds no item for class and no note; search no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from artefacts import Text, texts_in, texts_of
from courseware.bank.load import Bank, load_bank
from courseware.export.anki import anki
from courseware.export.cartridge import cartridge
from courseware.export.course import read_course
from courseware.export.sets import Maker
from leaks import CENTRAL, Finder
from lmsread import deck
from ours import DOCS, EXERCISES
from publictexts import public_texts, searchable_texts, swapped
from searchwords import words_of_answers, words_of_index

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


# -- the course


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank(EXERCISES / "bank")


@pytest.fixture(scope="module")
def finder(bank: Bank) -> Finder:
    return Finder(bank, public_texts(DOCS))


@pytest.fixture(scope="module")
def made(shared_build: Callable[[Path, str], Path]) -> Callable[[str], list[Text]]:
    """Return a function that returns all texts in what a builder makes of the course."""
    read: dict[str, list[Text]] = {}

    def texts(builder: str) -> list[Text]:
        if builder not in read:
            if builder == "pdf":
                # Worksheets are no secret of the site, and are where exercises for class belong.
                folder, pattern = shared_build(DOCS, "print") / "pdf", "[!w]*.pdf"
            else:
                folder = shared_build(DOCS, builder)
                pattern = "*.epub" if builder == "epub" else "*"
            read[builder] = list(texts_in(folder, pattern))
        return read[builder]

    return texts


@pytest.fixture(scope="module")
def finder_of_self_checks(bank: Bank) -> Finder:
    """Return what would find the self-checks, were they for class."""
    return Finder(swapped(bank), ())


@pytest.mark.parametrize("builder", ["html", "epub", "text", "pdf"])
def test_course_gives_nothing_away(
    finder: Finder, made: Callable[[str], list[Text]], builder: str
) -> None:
    assert [str(leak) for leak in finder.leaks(made(builder))] == []


@pytest.mark.parametrize("builder", ["html", "epub", "text", "pdf"])
def test_search_would_find_every_question_that_is_there(
    finder_of_self_checks: Finder, bank: Bank, made: Callable[[str], list[Text]], builder: str
) -> None:
    """The self-checks do stand in each artefact, so a search for them has to find them all."""
    finder = finder_of_self_checks
    texts = [text for text in made(builder) if not text.where.startswith("_static")]
    found = {(leak.secret.exercise, leak.secret.part) for leak in finder.leaks(texts)}
    needles = {secret for secret, _ in finder.runs.values() if secret.part in CENTRAL}
    wanted = {(secret.exercise, secret.part) for secret in needles}
    assert len(wanted) > len(bank.by_id) / 3
    assert wanted - found == set()


@pytest.fixture(scope="module")
def deck_and_links() -> dict[str, list[Text]]:
    """Return the texts of the deck and of the cartridge of links."""
    course = read_course(DOCS, "https://example.org/")
    maker = Maker(course, course.bank())
    cards = anki(maker)
    assert cards is not None
    notes, _ = deck(cards.content)
    return {
        "deck": [Text("deck", text) for note in notes for text in note.fields.values()],
        "links": list(texts_of("links", cartridge(maker).content)),
    }


def test_deck_and_links_give_nothing_away(
    finder: Finder,
    finder_of_self_checks: Finder,
    bank: Bank,
    deck_and_links: dict[str, list[Text]],
) -> None:
    for texts in deck_and_links.values():
        assert [str(leak) for leak in finder.leaks(texts)] == []
    found = {leak.secret.exercise for leak in finder_of_self_checks.leaks(deck_and_links["deck"])}
    assert len(found) > len(bank.by_id) / 3


def test_course_does_not_say_itself_what_it_keeps_for_class(finder: Finder) -> None:
    assert finder.given_away() == []


def test_search_index_has_no_word_of_an_answer(
    bank: Bank, shared_build: Callable[[Path, str], Path]
) -> None:
    hidden = words_of_answers(bank, searchable_texts(DOCS))
    assert len(hidden) > len(bank.by_id) / 3
    index = shared_build(DOCS, "html").joinpath("searchindex.js").read_text(encoding="utf-8")
    assert {word: hidden[word] for word in hidden.keys() & words_of_index(index)} == {}
