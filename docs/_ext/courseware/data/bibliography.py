"""The works cited (``references.bib``): BibTeX, checked before anything else reads it.

Entry types and their fields are those of BibTeX's plain style, as pybtex knows them; of BibLaTeX
the fields ``date`` and ``langid`` are understood, the latter with the code of a language that
``course.yml`` lists. Works that a reader could not tell apart by author and year get
letters after their years.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import combining, normalize

from pybtex.bibtex.utils import split_name_list
from pybtex.database import BibliographyData, Entry, InvalidNameString, Person
from pybtex.richtext import Text
from pybtex.scanner import PybtexSyntaxError
from pybtex.style.formatting.plain import Style
from pybtex.style.template import FieldIsMissing

from . import howfar
from .bibtext import read_entries
from .limits import TEXT_CHARACTERS
from .links import wrong_address
from .problems import DataError, Problem, did_you_mean, not_one_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from .bibtext import RawEntry, RawField
    from .settings import Settings

TYPES = sorted(
    found[1] for name in dir(Style) if (found := re.fullmatch(r"get_(\w+)_template", name))
)
# What BibLaTeX calls the same, in types and in fields.
_TYPES = {"report": "techreport", "thesis": "phdthesis", "electronic": "online", "www": "online"}
_FIELDS = {"journaltitle": "journal", "location": "address", "maintitle": "title"}

_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_:.+/-]*")
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
# The field that names a work from which another takes the fields that it lacks.
_INHERITS = "crossref"
# The field that names the language of a work's title, by the code that the course lists.
LANGUAGE = "langid"
# What stands for the year of a work that has none, as the citations have it.
UNDATED = "n.d."
_COMMENT = re.compile(r"(?<!\\)%")
_BRACE = re.compile(r"[{}]")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?")
# Fields that become part of an address, and what each may hold.
_NUMBERS = {
    "doi": (re.compile(r"10\.\d{4,9}/[^\s<>\"\\]+"), "10.1000/182"),
    "eprint": (re.compile(r"[\w.-]+(/[\w.-]+)?"), "2101.00001"),
    "pubmed": (re.compile(r"\d+"), "12345678"),
}
_ADDRESSES = {"url", *_NUMBERS}


@dataclass(frozen=True)
class Work:
    """A work cited, and where it stands."""

    path: Path
    line: int
    entry: Entry


def load_works(path: Path, settings: Settings) -> list[Work]:
    """Return the works in the BibTeX file *path*, checked against the *settings* of the course.

    Raises `DataError` with all mistakes of form, keys, types, fields, names and addresses.
    """
    entries, problems = read_entries(path)
    unread = {problem.line for problem in problems}
    works: list[Work] = []
    first: dict[str, int] = {}
    for raw in entries:
        if raw.key.casefold() in first:
            message = f"'{raw.key}' is already used on line {first[raw.key.casefold()]}"
            problems.append(Problem(path, raw.line, f"{message}; keys are unique"))
        first.setdefault(raw.key.casefold(), raw.line)
        found = [Problem(path, line, message) for line, message in _wrong(raw)]
        if settings.bibliography.how_far:
            found += [Problem(path, line, message) for line, message in _untold(raw)]
        found += [Problem(path, line, message) for line, message in _unlisted(raw, settings)]
        # What could not be read is told once, though nothing is left of it.
        problems += [each for each in found if each.line not in unread]
        if not found:
            works.append(Work(path, raw.line, _entry(raw, settings)))
    if not problems:
        problems += _incomplete(works)
    if problems:
        raise DataError(problems)
    return works


def bibliography_of(works: Iterable[Work]) -> BibliographyData:
    """Return *works*, of one file or several, as pybtex has them, with letters after years.

    Raises `DataError` for a key that two files have.
    """
    data = BibliographyData()
    first: dict[str, Work] = {}
    problems: list[Problem] = []
    for work in works:
        key = work.entry.key.casefold()
        if key in first:
            where = f"{first[key].path}:{first[key].line}"
            message = f"'{work.entry.key}' is already used on {where}; keys are unique"
            problems.append(Problem(work.path, work.line, message))
            continue
        first[key] = work
        # A copy, since the year may change.
        entry = Entry(work.entry.type, list(work.entry.fields.items()), work.entry.persons)
        data.add_entry(work.entry.key, entry)
    if problems:
        raise DataError(problems)
    _add_letters(data.entries.values())
    return data


def sorting_key(entry: Entry) -> tuple[str, str, str]:
    """Return what *entry* is sorted by: author or institution, then year (if any) and title."""
    names = " ".join(
        " ".join([*p.prelast_names, *p.last_names, *p.first_names]) for p in _people(entry)
    )
    return _plain(names), entry.fields.get("year", UNDATED), _plain(entry.fields.get("title", ""))


def _add_letters(entries: Iterable[Entry]) -> None:
    """Add a, b and so on to the years of *entries* that a citation could not tell apart."""
    alike: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=sorting_key):
        people = [_plain(" ".join([*p.prelast_names, *p.last_names])) for p in _people(entry)]
        # From three names on, a citation has the first alone, and "et al.".
        cited = people if len(people) < 3 else [people[0], "et al."]
        titled = cited or [_plain(entry.fields.get("title", ""))]
        alike[*titled, entry.fields.get("year", UNDATED)].append(entry)
    for group in alike.values():
        if len(group) > 1:
            for at, entry in enumerate(group):
                entry.fields["year"] = entry.fields.get("year", UNDATED) + _letter(at)


def _letter(at: int) -> str:
    """Return the letter number *at*, from 0: a to z, then aa, ab and so on."""
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(ord("a") + at % 26)


def _people(entry: Entry) -> Sequence[Person]:
    people: Sequence[Person] = entry.persons.get("author") or entry.persons.get("editor") or []
    return people


def _plain(text: str) -> str:
    """Return *text* without braces and accents, in small letters."""
    letters = normalize("NFKD", text.translate({ord("{"): None, ord("}"): None}))
    return "".join(letter for letter in letters if not combining(letter)).casefold()


def _entry(raw: RawEntry, settings: Settings) -> Entry:
    """Return *raw*, which is without fault, as pybtex has it."""
    entry = Entry(raw.type)
    entry.key = raw.key
    for each in raw.fields:
        if each.name in Person.valid_roles:
            for name in split_name_list(each.text):
                entry.add_person(Person(name), each.name)
        elif each.name == "date":
            year, month, day = _dated(each.text)
            entry.fields["year"] = year
            if month:
                entry.fields["month"] = f"{day} {month}".strip()
        elif each.name == LANGUAGE:
            entry.fields[LANGUAGE] = settings.glossary.tag_of(each.text)
        else:
            entry.fields[each.name] = each.text
    return entry


def _dated(text: str) -> tuple[str, str, str]:
    """Return year, month and day of a BibLaTeX date; raise `ValueError` where it is none."""
    found = _DATE.fullmatch(text)
    if not found or (found[2] and not 1 <= int(found[2]) <= 12):
        message = f"date: expected 2010, 2010-12 or 2010-12-20, found '{text[:80]}'; write 'year' "
        message += "and 'month' for what is no such date"
        raise ValueError(message)
    month = _MONTHS[int(found[2]) - 1] if found[2] else ""
    return found[1], month, str(int(found[3])) if found[3] else ""


def _incomplete(works: Iterable[Work]) -> Iterator[Problem]:
    """Yield what *works* lack that their types need."""
    works = list(works)
    style, data = Style(), bibliography_of(works)
    # What a work lacks depends on which fields it has, and not on what they say; one that takes
    # fields from another is looked at by itself.
    lacking: dict[tuple[object, ...], str] = {}
    for work in works:
        # As it was written: of works without a year, some have letters in its place.
        entry = work.entry
        own = entry.key if _INHERITS in entry.fields else ""
        alike = (own, entry.type, frozenset(entry.fields), frozenset(entry.persons))
        if alike not in lacking:
            lacking[alike] = _lacking(entry, style, data)
        if name := lacking[alike]:
            message = f"{entry.key}: @{entry.type} needs the field '{name}'"
            message += "; add it, or choose another type, such as @misc"
            yield Problem(work.path, work.line, message)


def _lacking(entry: Entry, style: Style, data: BibliographyData) -> str:
    """Return the name of a field that *entry* lacks; empty if it has all that its type needs."""
    try:
        style.format_entry("", entry, bib_data=data)
    except FieldIsMissing as error:
        # Where either would do, the last of them is named.
        return "author' or 'editor" if error.field_name == "editor" else str(error.field_name)
    return ""


def _wrong(raw: RawEntry) -> Iterator[tuple[int, str]]:
    """Yield the line and what is wrong, for each mistake in *raw*."""
    if not _KEY.fullmatch(raw.key):
        message = f"the key '{raw.key[:80]}' has the wrong form; expected letters without accents, "
        yield raw.line, f"{message}figures and hyphens, such as smith2009count"
    if raw.type not in TYPES:
        nearest = _TYPES.get(raw.type)
        hint = did_you_mean(nearest or raw.type, TYPES)
        message = f"{raw.key}: unknown type '@{raw.type[:80]}'; expected one of "
        yield raw.line, f"{message}{', '.join(TYPES)}{hint}"
    seen: dict[str, int] = {}
    for each in raw.fields:
        if each.name in seen:
            message = f"{raw.key}: the field '{each.name}' already stands on line {seen[each.name]}"
            yield each.line, f"{message}; keep one of the two"
        seen.setdefault(each.name, each.line)
        for message in _wrong_field(each):
            yield each.line, f"{raw.key}: {message}"
    if "title" not in seen:
        yield raw.line, f"{raw.key}: the field 'title' is required, but is missing"
    if "date" in seen and "year" in seen:
        message = f"{raw.key}: has both 'date' and 'year'; keep one of the two"
        yield seen["date"], message


def _untold(raw: RawEntry) -> Iterator[tuple[int, str]]:
    """Yield the line and what is missing where *raw* does not say how far it was read."""
    if all(each.name != howfar.FIELD for each in raw.fields):
        message = f"{raw.key}: the field '{howfar.FIELD}' is required, but is missing; it says how "
        yield raw.line, f"{message}far the work was read: {', '.join(howfar.HowFar)}"


def _unlisted(raw: RawEntry, settings: Settings) -> Iterator[tuple[int, str]]:
    """Yield the line and what is wrong where the language of *raw* is not one of the course."""
    codes = [each.code for each in settings.glossary.languages]
    for each in raw.fields:
        if each.name == LANGUAGE and each.text not in codes:
            where = "course.yml lists them under glossary: languages"
            yield each.line, f"{raw.key}: {LANGUAGE}: {not_one_of(each.text[:80], codes, where)}"


def _wrong_field(each: RawField) -> Iterator[str]:
    """Yield what is wrong with a field."""
    if not each.text:
        yield f"the field '{each.name}' is empty; give it a text, or remove it"
    elif len(each.text) > TEXT_CHARACTERS:
        yield f"{each.name}: {len(each.text):,} characters; expected at most {TEXT_CHARACTERS:,}"
    elif each.name in _FIELDS:
        yield f"the field '{each.name}' is BibLaTeX's; write '{_FIELDS[each.name]}'"
    elif each.name == "date":
        try:
            _dated(each.text)
        except ValueError as error:
            yield str(error)
    elif each.name in Person.valid_roles:
        yield from _wrong_names(each)
    elif each.name == howfar.FIELD and each.text not in set(howfar.HowFar):
        where = "it says how far the work was read"
        yield f"{howfar.FIELD}: {not_one_of(each.text[:80], howfar.HowFar, where)}"
    if each.name in _ADDRESSES:
        yield from _wrong_address(each)
    else:
        yield from _commands_in(each)


def _wrong_address(each: RawField) -> Iterator[str]:
    """Yield what is wrong with an address, or with what becomes a part of one."""
    if each.name == "url":
        if not re.match(r"https?://[^\s/]", each.text, re.IGNORECASE) or wrong_address(each.text):
            yield f"url: '{each.text[:80]}' is no address of a page; expected https://…"
        return
    form, example = _NUMBERS[each.name]
    if not form.fullmatch(each.text):
        message = f"{each.name}: '{each.text[:80]}' has the wrong form"
        yield f"{message}; expected the number alone, such as {example}"


def _commands_in(each: RawField) -> Iterator[str]:
    """Yield what of LaTeX stands in a field, other than accents and signs."""
    if _COMMENT.search(each.text):
        yield f"{each.name}: '%' begins a comment in LaTeX; write '\\%' for the sign"
        return
    if "\\" not in each.text and _is_balanced(each.text):
        # There is no LaTeX in it, to read which takes most of the time.
        return
    try:
        text = str(Text.from_latex(each.text))
    except PybtexSyntaxError as error:
        yield f"{each.name}: {error.args[0]}; check the braces and backslashes"
        return
    if "\\$" in text:
        yield f"{each.name}: '\\$' would stand there with its backslash; write '$' alone"
    for command in dict.fromkeys(_COMMAND.findall(text)):
        message = f"{each.name}: the LaTeX command '{command}' is not understood; write the text "
        yield f"{message}without it, and an address in 'url'"


def _is_balanced(text: str) -> bool:
    """Tell whether each brace in *text* has its counterpart."""
    depth = 0
    for sign in _BRACE.findall(text):
        depth += 1 if sign == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def _wrong_names(each: RawField) -> Iterator[str]:
    """Yield what is wrong with names of people."""
    for name in split_name_list(each.text):
        try:
            Person(name)
        except InvalidNameString:
            message = f"{each.name}: '{name[:80]}' has too many commas; expected 'Surname, First'"
            yield f"{message}, names parted by 'and', and an institution in braces of its own"
