"""A deck for Anki (.apkg), by genanki: the self-checks and the terms of a course.

Students get it: it holds nothing that is for class, and no notes for teachers.

A note is known by its guid, which comes from the exercise's id and the name of the course, so that
a later deck updates the notes of an earlier one and keeps their schedules. Anki applies a change
only if it is later than the note it has: its time is that of ``SOURCE_DATE_EPOCH``, or the date in
``course.yml``. The fields of a sort of notes are fixed for ever: another field is another sort.
"""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, assert_never

import genanki

from courseware.bank.model import Audience
from courseware.bank.traits import is_talk
from courseware.data.glossary import load_glossary

from .archive import archive
from .items import Claim, Essay, Grid, Number, Options, Pairs, Sequence, Talk, Words
from .losses import Loss, Made
from .rows import NONE, for_graders, general, in_words, rows
from .sets import lost_before, pictures_of
from .texts import Rich, joined, listed, paragraph, without_roles, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from courseware.data.glossary import Term

    from .course import Course
    from .items import Answer, Entry
    from .sets import Maker
    from .texts import Reader

#: Of a course without a date: the day on which this format began.
FIRST = 1_764_460_800
#: Letters in colours of the reader's own theme, light or dark.
CSS = """\
.card { font-family: sans-serif; font-size: 1.1rem; line-height: 1.5; text-align: left;
  max-width: 40rem; margin: 0 auto; }
.chapter { font-size: 0.85rem; opacity: 0.8; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid; padding: 0.2rem 0.5rem; }
img { max-width: 100%; height: auto; background: #fff; }
"""
HEAD = '<p class="chapter">{{Chapter}}</p>'
#: Between what is paired and what it is paired with.
WITH = paragraph(words("Each belongs to one of these:"))
EXERCISE = ("Name", "Chapter", "Question", "Hints", "Answer", "Explanation")
TERM = ("Name", "Chapter", "Term", "Definition", "Equivalents", "Note")


def anki(maker: Maker) -> Made | None:
    """Return the deck of the course of *maker*, with a part for each chapter and for the terms.

    None where the course has neither self-checks nor terms.
    Raises `DataError` where the glossary is wrong, `OSError` for a picture that cannot be read.
    """
    course = maker.course
    losses: list[Loss] = []
    decks: list[genanki.Deck] = []
    pictures: dict[str, bytes] = {}
    sort = _exercise_model()
    for file in maker.bank.files:
        entries = [
            maker.entry(each) for each in file.of_audience(Audience.SELF_CHECK) if not is_talk(each)
        ]
        title = course.chapters.get(file.chapter, file.chapter)
        deck = _deck(course, title)
        for entry in entries:
            deck.add_note(_note(sort, course, entry.id, _exercise(entry, title), entry.tags))
            losses += _lost(entry)
        pictures |= {name: each.data for name, each in pictures_of(entries).items()}
        decks += [deck] if entries else []
    terms, lost = _terms(course)
    losses += lost
    decks += [terms] if terms.notes else []
    if not decks:
        return None
    return Made(_packed(decks, pictures, _time(course)), losses)


def _number(name: str) -> int:
    """Return a number for *name* that Anki takes as an id: from 2**30 up to 2**31."""
    return (1 << 30) + int(sha256(name.encode()).hexdigest(), 16) % (1 << 30)


def _guid(course: Course, name: str) -> str:
    return sha256(f"{course.name}\n{name}".encode()).hexdigest()[:20]


def _time(course: Course) -> int:
    """Return when the deck was made, in seconds: the same for the same commit."""
    if (given := os.environ.get("SOURCE_DATE_EPOCH", "")).isdecimal():
        return int(given)
    if date := course.settings.date:
        return int(datetime.strptime(date, "%Y-%m-%d").replace(tzinfo=UTC).timestamp())
    return FIRST


def _model(name: str, fields: tuple[str, ...], front: str, back: str) -> genanki.Model:
    """Return a sort of notes; its name is part of its identity, as its fields are."""
    return genanki.Model(
        _number(name),
        name,
        fields=[{"name": field} for field in fields],
        templates=[{"name": "Card", "qfmt": f"{HEAD}{front}", "afmt": f"{HEAD}{front}{back}"}],
        css=CSS,
    )


def _exercise_model() -> genanki.Model:
    hints = "{{#Hints}}<details><summary>Hints</summary>{{Hints}}</details>{{/Hints}}"
    back = "<hr id=answer>{{Answer}}{{Explanation}}"
    return _model("Courseware exercise 1", EXERCISE, "{{Question}}" + hints, back)


def _term_model() -> genanki.Model:
    back = "<hr id=answer><p>{{Definition}}</p>{{Equivalents}}{{Note}}"
    return _model("Courseware term 1", TERM, "<p><strong>{{Term}}</strong></p>", back)


def _deck(course: Course, part: str) -> genanki.Deck:
    # Two colons part the names of decks.
    title, name = (text.replace("::", ": :") for text in (course.title, part))
    return genanki.Deck(_number(f"{course.name}\n{part}"), f"{title}::{name}")


def _note(
    sort: genanki.Model, course: Course, name: str, fields: list[str], tags: Iterable[str]
) -> genanki.Note:
    marks = [tag.replace(" ", "-") for tag in tags]
    return genanki.Note(sort, [name, *fields], guid=_guid(course, name), tags=marks)


def _exercise(entry: Entry, chapter: str) -> list[str]:
    question = joined([entry.prompt, _shown(entry.answer)])
    explanation = general(entry)
    texts = (words(chapter), question, listed(entry.hints), _key(entry.answer), explanation)
    return [text.html() for text in texts]


def _shown(answer: Answer) -> Rich:
    """Return what one chooses from, in an order that gives nothing away."""
    match answer:
        case Options():
            return listed([each.text for each in answer.options])
        case Claim():
            return paragraph(words("True or false?"))
        case Pairs():
            matches = sorted(
                [*(pair.match for pair in answer.pairs), *answer.distractors],
                key=lambda part: part.name,
            )
            terms = listed([pair.term.text for pair in answer.pairs])
            return joined([terms, WITH, listed([each.text for each in matches])])
        case Sequence():
            return listed([each.text for each in sorted(answer.steps, key=lambda part: part.name)])
        case Grid():
            items = listed([row.term.text for row in answer.rows])
            return joined([items, WITH, listed([each.text for each in answer.categories])])
        case Number() | Words() | Essay() | Talk():
            return NONE
        case _:
            assert_never(answer)


def _key(answer: Answer) -> Rich:
    """Return what is right and why, and why the rest is not."""
    match answer:
        case Essay():
            return for_graders(answer)
        case Options() | Claim() | Number() | Words() | Pairs() | Sequence() | Grid() | Talk():
            return listed([in_words(row) for row in rows(answer)])
        case _:
            assert_never(answer)


def _lost(entry: Entry) -> list[Loss]:
    kept = lost_before(entry, entry.prompt, general(entry), *entry.hints)
    return [*kept, Loss(entry.id, "marking", "the reader compares with the answer on the back")]


def _terms(course: Course) -> tuple[genanki.Deck, list[Loss]]:
    """Return the part with the terms of the glossary, and what it lacks of them."""
    deck = _deck(course, "Terms")
    losses: list[Loss] = []
    path = course.docs / "data" / "glossary.yml"
    if path.is_file():
        sort, reader = _term_model(), course.reader()
        for term in load_glossary(path, course.settings).terms:
            name = f"term-{term.id}"
            deck.add_note(_note(sort, course, name, _term(course, term, reader), ["term"]))
            if term.sources:
                losses.append(Loss(name, "works that bear it out", "left out; the page has them"))
    return deck, losses


def _term(course: Course, term: Term, reader: Reader) -> list[str]:
    names = {each.code: each for each in course.settings.glossary.languages}
    # Marked, so that screen readers and voices pronounce them rightly.
    equivalents = [
        Rich(
            f"{words(names[code].name).markup}: "
            f'<span lang="{words(course.settings.glossary.tag_of(code)).markup}">'
            f"{words(said).markup}</span>",
            said,
        )
        for code, said in term.translations.items()
    ]
    note = paragraph(reader.line(without_roles(term.note))) if term.note else NONE
    definition = reader.line(without_roles(term.definition))
    texts = (words("Terms"), words(term.term), definition, listed(equivalents), note)
    return [text.html() for text in texts]


def _packed(decks: Iterable[genanki.Deck], pictures: Mapping[str, bytes], time: int) -> bytes:
    """Return the package: genanki fills the tables, in memory, and the archive is ours.

    genanki's own packages hold the time of the clock.
    """
    with closing(sqlite3.connect(":memory:")) as base:
        package = genanki.Package(list(decks))
        package.write_to_db(base.cursor(), float(time), itertools.count(time * 1000))
        base.commit()
        base.execute("VACUUM")
        collection = bytearray(base.serialize())
    # The library that wrote last, and when it did (https://sqlite.org/fileformat.html, 1.3):
    # another library would give other bytes, and any reader takes 0.
    collection[92:100] = bytes(8)
    media = {str(at): name for at, name in enumerate(sorted(pictures))}
    files = {"collection.anki2": bytes(collection), "media": json.dumps(media).encode()}
    return archive(files | {at: pictures[name] for at, name in media.items()})
