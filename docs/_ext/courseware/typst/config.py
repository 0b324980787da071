"""The configuration of the builder: ``typst_documents``, and the style of all of them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from itertools import product
from typing import TYPE_CHECKING, Any, Literal

from sphinx.errors import ConfigError

from courseware.data.problems import did_you_mean

if TYPE_CHECKING:
    from sphinx.config import Config

Layout = Literal["book", "handout", "sheet", "chapter"]
#: Layouts that an author may ask for; papers for a class are sheets.
LAYOUTS = ("book", "handout", "chapter")
#: Those that print one page of the course, whose title is theirs where they have none.
OF_ONE_PAGE = ("handout", "chapter")
PAPERS = ("a4", "us-letter")
#: What an edition may be asked to be, in the order in which a file's name says so: the paper, large
#: type, shades of grey. Of each group one word at most.
EDITION_WORDS = (("a4", "letter"), ("large-print",), ("greyscale",))
_PAPER_OF = {"a4": "a4", "letter": "us-letter"}
_TARGET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class PrintStyle:
    """How everything is printed: on which paper, in large type, in shades of grey.

    *suffix* ends the names of all files of an edition that is not the normal one, so that editions
    lie side by side.
    """

    paper: str = "a4"
    large: bool = False
    grey: bool = False
    suffix: str = ""

    @property
    def inputs(self) -> dict[str, str]:
        """What the template reads as ``sys.inputs``, which are text in Typst."""
        return {
            "paper": self.paper,
            "large": "yes" if self.large else "no",
            "grey": "yes" if self.grey else "no",
        }


@dataclass(frozen=True, slots=True)
class PdfDocument:
    """One PDF to make: an entry of ``typst_documents``.

    ``start`` is the document whose toctrees are gathered (layout ``book``) or which is printed
    itself: whole in the layout ``chapter``, with what it needs of other pages; for a class, on four
    pages, in the layout ``handout``. Both have the title of that document where they have none.
    ``about`` is a line on the cover that names what the book is about, such as the text it reads;
    ``answers`` tells whether the answers to exercises are printed, which a handout never has.
    """

    start: str
    target: str
    title: str = ""
    subtitle: str = ""
    about: str = ""
    author: str = ""
    edition: str = ""
    licence: str = ""
    language: str = ""
    date: str = ""
    keywords: tuple[str, ...] = ()
    layout: Layout = "book"
    contents_depth: int = 1
    index: bool = True
    answers: bool = False

    @property
    def day(self) -> dt.date | None:
        """The date as a value, or None where none is given (then the PDF has no date)."""
        return dt.date.fromisoformat(self.date) if self.date else None


def read_documents(config: Config) -> list[PdfDocument]:
    """Return the checked entries of ``typst_documents``.

    :raises ConfigError: naming the entry, what is wrong and what was expected.
    """
    entries = config.typst_documents
    if not isinstance(entries, (list, tuple)):
        raise ConfigError(f"typst_documents: expected a list of dictionaries, got {entries!r}")
    documents = [read_document(entry, f"typst_documents[{at}]") for at, entry in enumerate(entries)]
    _refuse_repeated(document.target for document in documents)
    return documents


def read_only(config: Config, documents: Sequence[PdfDocument]) -> list[str]:
    """Return the targets of those *documents* that ``typst_only`` names; none if it is empty.

    A document is named by its target, or by the last part of the document that it begins with: of
    several that begin with one, that is the one of ``typst_only_layout``, or the first.

    :raises ConfigError: for a name that means none of them.
    """
    wanted = config.typst_only_layout
    by_name: dict[str, str] = {}
    for document in sorted(documents, key=lambda document: document.layout != wanted):
        by_name.setdefault(document.start.rpartition("/")[2], document.target)
    by_name |= {document.target: document.target for document in documents}
    for name in config.typst_only:
        if name not in by_name:
            hint = did_you_mean(name, by_name) or f"; expected one of {', '.join(by_name)}"
            raise ConfigError(f"no PDF '{name}' is made{hint}")
    return [by_name[name] for name in config.typst_only]


def read_style(config: Config) -> PrintStyle:
    """Return the checked style of print: the one of the configuration, changed by its edition.

    :raises ConfigError: for a paper that is not known, or an edition that says what none is.
    """
    if config.typst_paper not in PAPERS:
        raise ConfigError(f"typst_paper: expected one of {PAPERS}, got {config.typst_paper!r}")
    normal = PrintStyle(
        config.typst_paper, bool(config.typst_large_print), bool(config.typst_greyscale)
    )
    asked = config.typst_edition.split()
    known = [word for group in EDITION_WORDS for word in group]
    if unknown := [word for word in asked if word not in known]:
        raise ConfigError(f"typst_edition: expected words of {known}, got {unknown[0]!r}")
    style, words = normal, []
    for word in known:
        changed = _changed(style, word) if word in asked else style
        if changed != style:
            words.append(word)
        style = changed
    return replace(style, suffix="".join(f"-{word}" for word in words))


def _changed(style: PrintStyle, word: str) -> PrintStyle:
    """Return *style* as *word* asks for; the same where it is so already."""
    if word in _PAPER_OF:
        return replace(style, paper=_PAPER_OF[word])
    return replace(style, large=True) if word == "large-print" else replace(style, grey=True)


def every_suffix() -> list[str]:
    """Return the endings that editions give to the names of files, that of the normal one too."""
    choices = ([""] + [f"-{word}" for word in group] for group in EDITION_WORDS)
    return ["".join(words) for words in product(*choices)]


def read_document(entry: object, where: str) -> PdfDocument:
    """Return *entry*, checked.

    :raises ConfigError: naming *where* it stands, what is wrong and what was expected.
    """
    if not isinstance(entry, Mapping):
        raise ConfigError(f"{where}: expected a dictionary, got {entry!r}")
    known = {field.name: field for field in fields(PdfDocument)}
    for key in entry:
        if key not in known:
            raise ConfigError(f"{where}: unknown key {key!r}; known keys: {', '.join(known)}")
    for name, field in known.items():
        if field.default is MISSING and not entry.get(name):
            raise ConfigError(f"{where}: {name!r} is missing")
    if not entry.get("title") and entry.get("layout") not in OF_ONE_PAGE:
        raise ConfigError(f"{where}: 'title' is missing")
    values: dict[str, Any] = {name: _checked(name, item, where) for name, item in entry.items()}
    return PdfDocument(**values)


def _checked(name: str, item: object, where: str) -> object:
    """Return one value of an entry in its final type."""
    if name == "keywords":
        return _keywords(item, where)
    expected: type = {"index": bool, "answers": bool, "contents_depth": int}.get(name, str)
    if not isinstance(item, expected):
        raise ConfigError(f"{where}: {name!r} must be a {expected.__name__}, got {item!r}")
    if name == "layout" and item not in LAYOUTS:
        raise ConfigError(f"{where}: 'layout' must be one of {LAYOUTS}, got {item!r}")
    if name == "target" and not _TARGET.fullmatch(str(item)):
        raise ConfigError(f"{where}: 'target' must be a file name without folder, got {item!r}")
    if name == "date" and item:
        _check_date(str(item), where)
    return item


def _keywords(item: object, where: str) -> tuple[str, ...]:
    if not isinstance(item, (list, tuple)) or not all(isinstance(word, str) for word in item):
        raise ConfigError(f"{where}: 'keywords' must be a list of strings, got {item!r}")
    return tuple(item)


def _check_date(item: str, where: str) -> None:
    try:
        dt.date.fromisoformat(item)
    except ValueError as error:
        raise ConfigError(
            f"{where}: 'date' must be a day such as 2026-01-31, got {item!r}"
        ) from error


def _refuse_repeated(targets: Iterable[str]) -> None:
    seen: set[str] = set()
    for target in targets:
        if target in seen:
            raise ConfigError(f"typst_documents: two entries write {target}.pdf")
        seen.add(target)
