"""The index of the search: what it holds of any course, in how few bytes, and how words compare."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from conftest import ROOTS, STARTER, Project
from courseware.search.index import LIMIT, Page, write_index
from courseware.search.packed import LETTERS, SINGLE, pack
from courseware.search.places import Kind, Place
from courseware.search.words import fold, key, words
from searchindex import Found, places_of, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def small(shared_build: Callable[[Path, str], Path]) -> list[Found]:
    """Return the places of the small course."""
    return places(shared_build(ROOTS / "test-course", "html"))


def places(site: Path) -> list[Found]:
    """Return the places that the index of *site* has."""
    return places_of(site.joinpath("searchindex.js").read_text(encoding="utf-8"))


def keys(text: str) -> set[str]:
    """Return the words of *text* as they are compared."""
    return {key(word.group()) for word in words(text)}


# -- words


@pytest.mark.parametrize(
    "forms",
    [
        "Mérida merida MÉRIDA",
        "ﬁnance finance",
        "cœur coeur",
        "cárteles cártel cartel cartels",
        "policía policías policias",
        "organised organized organise organizing",
        "colour colors",
        "centre centers",
        "judgement judgment judgments",
        "defence defense",
        "licence licenses",
        "programme programs",
        "traveller travelers",
        "analysed analyze",
        "policies policy",
        "classes class",
        "cases case",
        "smuggled smuggling smuggle",
        "6,500 6500",
        "2,014,000 2014000",
        "1.4 1,4",
        "L008 l8",
        "1990s 1990",
        "author’s author's author",
    ],
)
def test_forms_and_spellings_of_a_word_are_one(forms: str) -> None:
    assert len(keys(forms)) == 1, {word.group(): key(word.group()) for word in words(forms)}


@pytest.mark.parametrize("pair", ["is his", "red reed", "6.5 65", "L1 L10", "us use", "king kin"])
def test_different_words_stay_different(pair: str) -> None:
    assert len(keys(pair)) == 2


def test_folded_words_keep_their_meaning() -> None:
    assert [fold(word) for word in ("Peñón", "Łódź", "33,000", "C07")] == [
        "penon",
        "lodz",
        "33000",
        "c7",
    ]


# -- packing


@pytest.mark.parametrize("many", [1, len(LETTERS) ** 2 + 200], ids=["few words", "many words"])
def test_what_is_packed_can_be_read(many: int) -> None:
    texts = [
        "The count, of 6,500 (or so): “thieves” – and thefts.",
        "",
        "Of counts… the  Zetas' U.S.-Utopia border",
        " ".join(f"word{number}x" for number in range(many)),
    ]
    packed = pack(texts)
    assert list(unpacked(dict(packed))) == texts
    assert (packed["borders"][1] < len(LETTERS)) == (many > 1)
    assert packed["borders"][0] == SINGLE


# -- what the index holds


def test_places_of_all_kinds_have_their_addresses(small: list[Found]) -> None:
    found = {place.address: (place.kind, place.title) for place in small}
    assert found["chapters/counting.html"] == ("Chapter", "Counting")
    assert found["reference/ledger.html#L001"] == ("Statement", "L001")
    assert found["reference/close-checks.html#C1"][0] == "Check"
    assert found["reference/glossary.html#term-rate"] == ("Term", "Rate")
    kinds = {kind for kind, _ in found.values()}
    wanted = {"Page", "Section", "Exercise", "Discussion question", "Footnote", "Source"}
    assert wanted < kinds
    numbered = [title for kind, title in found.values() if kind == "Exercise"]
    assert all(title[0].isdigit() and "." in title.split()[0] for title in numbered)


@pytest.mark.parametrize("source", [ROOTS / "test-course", STARTER], ids=["small", "starter"])
def test_every_place_is_there_and_every_word_is_found(
    shared_build: Callable[[Path, str], Path], source: Path
) -> None:
    site = shared_build(source, "html")
    found = places(site)
    project = Project.at(source, site.parent)
    for place in found:
        name, _, anchor = place.address.partition(".html")
        ids = [str(node["id"]) for node in project.page(name).select("[id]")]
        assert anchor.removeprefix("#") in ["", *ids], place.address
    had = set().union(*(keys(f"{place.title} {place.text}") for place in found))
    checked: set[str] = set()
    for page in {place.address.partition(".html")[0] for place in found}:
        # The text of sections: not where a thing stands, nor what scripts and forms say.
        said = project.page(page).select("section > p:not(.letters, .chapter-facts)")
        for link in [link for each in said for link in each.select(".ledger-cite")]:
            link.decompose()
        text = " ".join(each.get_text(" ") for each in said)
        assert keys(text) - had == set(), page
        checked |= keys(text)
    assert len(checked) > 50


def test_answers_and_exercises_for_class_are_not_to_be_found(small: list[Found]) -> None:
    said = " ".join(f"{place.title} {place.text}" for place in small).lower()
    assert "classonly" not in said
    assert "teachernote" not in said


def test_page_that_is_kept_out_is_not_found(course: Project) -> None:
    path = course.folder / "other.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"---\nnosearch: true\n---\n{text}", encoding="utf-8")
    course.build()
    found = {place.address.partition(".html")[0] for place in places(course.output(""))}
    assert "other" not in found
    assert "chapters/counting" in found


# -- how much it holds

THINGS = [
    "lanterns",
    "ropes",
    "barrels",
    "nets",
    "anchors",
    "candles",
    "boats",
    "letters",
    "coins",
    "maps",
    "keys",
    "stones",
]
VERBS = [
    "counted",
    "sold",
    "lost",
    "mended",
    "found",
    "hid",
    "painted",
    "carried",
    "burnt",
    "measured",
    "weighed",
    "named",
]


def sentence(number: int) -> str:
    """Return a sentence with one word of its own, among words that come again and again."""
    one, other = THINGS[number * 7 % 12], THINGS[number * 5 % 11]
    verb, second = VERBS[number * 11 % 12], VERBS[number**2 % 12]
    return f"The keeper of tower{number} {verb} {one} and {second} {other} with care."


SENTENCES = [sentence(number) for number in range(400)]


def large(limit: int) -> tuple[int, list[Found]]:
    """Return how large the index of a course is, for which *limit* may be too little, and it."""
    made = [Place(Kind.STATEMENT, "one", "L1", "L1", texts=["Nothing counted so is left out."])]
    made += [
        Place(Kind.SECTION, "one", f"s{n}", f"Part {n}", texts=SENTENCES[20 * n : 20 * n + 20])
        for n in range(20)
    ]
    script = write_index([Page("one", "one.html", "One", "1")], made, limit)
    return len(gzip.compress(script.encode(), mtime=0)), places_of(script)


def test_large_course_keeps_every_word_and_is_as_large_as_it_may_be() -> None:
    size, whole = large(LIMIT)
    assert [place.text for place in whole[1:3]] == [
        " ".join(SENTENCES[:20]),
        " ".join(SENTENCES[20:40]),
    ]
    held = []
    for share in (0.85, 0.9, 0.95):
        limit = int(size * share)
        less, found = large(limit)
        assert limit * 0.9 < less <= limit
        # What is said in few words is kept as it is; of the rest, pieces.
        assert found[0].text == whole[0].text
        assert "…" in found[5].text
        said = " ".join(f"{place.title} {place.text}" for place in found)
        assert keys(said) >= keys(" ".join(SENTENCES))
        held.append(len(said))
    assert held == sorted(set(held))


def test_words_go_before_the_limit() -> None:
    size, found = large(100)
    assert size > 100
    assert keys(" ".join(place.text for place in found)) >= keys(" ".join(SENTENCES))
