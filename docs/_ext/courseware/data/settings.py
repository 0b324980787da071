"""What is a course's own, in ``course.yml``: the work it studies, its kinds, voices and blocks.

All fields have defaults, which suit a course on any text; a project without the file has them all.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cached_property
from itertools import cycle
from typing import TYPE_CHECKING, Annotated, Literal, TypeVar

from pydantic import Field, field_validator, model_validator

from .palette import Hue
from .problems import DataError, did_you_mean
from .textfile import check_encoding
from .yamlfile import Record, YamlSource

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

Name = TypeVar("Name", bound=StrEnum)

#: The name of the file, below the folder of the sources.
FILE = "course.yml"

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Count = Annotated[int, Field(ge=0)]


class Work(Record):
    """The text that the course studies, and what the course calls it."""

    noun: Annotated[
        str, Field(description="What the course calls it: essay, report, speech, ruling.")
    ] = "text"
    title: str | None = None
    author: str | None = None
    date: Annotated[
        str | None,
        Field(
            description="The day of publication as YYYY-MM-DD, or its month or year.",
            pattern=r"^\d{4}(-\d\d){0,2}$",
        ),
    ] = None
    type: Annotated[
        str, Field(description="Its type in https://schema.org, such as Article or Report.")
    ] = "CreativeWork"
    series: str | None = None
    pages: Annotated[
        int | None,
        Field(description="The number of its last page; a higher page is another work's.", ge=1),
    ] = None
    named_as: Annotated[
        tuple[str, ...],
        Field(
            description="Words that say whose view it is, besides the noun: names, 'according to'."
        ),
    ] = ("author", "according to")

    @property
    def heading(self) -> str:
        """The noun as it begins a sentence or a label."""
        return self.noun[:1].upper() + self.noun[1:]

    @cached_property
    def named(self) -> re.Pattern[str]:
        """What finds a word that says whose view it is, in a sentence of any case."""
        words = "|".join(re.escape(word) for word in (self.noun, *self.named_as))
        return re.compile(rf"\b(?:{words})(?:['’]s)?\b", re.IGNORECASE)


class Sign(StrEnum):
    """How the name of a kind is framed, so that kinds differ without colour."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    DOUBLE = "double"
    STRONG = "strong"
    ROUND = "round"


class Kind(Record):
    """A kind of statement: *stated* tells that the author gives it as true, as no view.

    Readers know it by its *sign* and its *hue*; where none is given, it is the first that no other
    kind has.
    """

    id: Id
    plural: str | None = None
    sign: Sign = Sign.SOLID
    hue: Hue = Hue.BLUE
    stated: bool = False
    translations: dict[str, str] = Field(
        default_factory=dict,
        description="What it is called in the glossary's languages, by their codes.",
    )

    def name(self, count: int) -> str:
        """Return the name for *count* statements of the kind."""
        return self.id if count == 1 else self.plural or f"{self.id}s"


class BlockId(StrEnum):
    """The blocks that the engine knows: it checks what they hold, and styles each by its id."""

    CENTRAL_QUESTION = "central-question"
    OUTCOMES = "outcomes"
    BEFORE_YOU_READ = "before-you-read"
    PLAIN_SUMMARY = "plain-summary"
    READING = "reading"
    KEY_TERMS = "key-terms"
    EVIDENCE_TABLE = "evidence-table"
    SOURCE_CHECK = "source-check"
    OTHER_VOICES = "other-voices"
    DISCUSSION = "discussion"
    CHECK_YOURSELF = "check-yourself"
    KEY_POINTS = "key-points"
    FURTHER_READING = "further-reading"


class Block(Record):
    """One block of a chapter: its heading, whether it is needed, and how much it holds.

    *least* and *most* count what the block is made of: words of the summary; outcomes, predictions,
    terms, rows of the evidence table, standpoints, questions, self-checks, points or works of the
    others. *kinds* is how many kinds of statement the evidence table weighs at least.
    """

    id: Annotated[Id, Field(description="One that the engine knows, or one of your own.")]
    heading: str
    needed: bool = True
    least: Count = 0
    most: Annotated[int | None, Field(ge=1)] = None
    kinds: Annotated[int | None, Field(description="For the evidence table alone.", ge=1)] = None

    @model_validator(mode="after")
    def _in_order(self) -> Block:
        if self.most is not None and self.most < self.least:
            message = f"'most' is {self.most}, but 'least' is {self.least}; expected no less"
            raise ValueError(message)
        if self.kinds is not None and self.id != BlockId.EVIDENCE_TABLE:
            message = f"'kinds' is for the block '{BlockId.EVIDENCE_TABLE}' alone; remove it"
            raise ValueError(message)
        return self


class Language(Record):
    """A language into which the glossary translates its terms."""

    code: Annotated[
        str, Field(description="As BCP 47 has it: es, fr, pt-BR.", pattern=r"^[A-Za-z0-9-]{2,35}$")
    ]
    name: str
    region: Annotated[
        str | None,
        Field(
            description="Whose it is, where the code does not say: BR for that of Brazil.",
            pattern=r"^[A-Z]{2}$",
        ),
    ] = None

    @property
    def tag(self) -> str:
        """The language as pages and print name it, with its region: es-MX (BCP 47)."""
        return f"{self.code}-{self.region}" if self.region else self.code


class GlossarySettings(Record):
    """What the glossary's entries have: languages, and categories (any, where none is listed)."""

    languages: tuple[Language, ...] = ()
    categories: tuple[str, ...] = ()
    common: Annotated[
        tuple[str, ...],
        Field(description="Categories of common nouns: 'Rate' is found as 'rate' and 'rates'."),
    ] = ("concept",)

    def tag_of(self, code: str) -> str:
        """Return the tag of the language *code*, which is the code where it is not listed."""
        return next((each.tag for each in self.languages if each.code == code), code)


class BibliographySettings(Record):
    """What is asked of the works in ``references.bib``."""

    how_far: Annotated[
        bool, Field(description="Whether each work says in 'read' how far it was read.")
    ] = False
    cite_all: Annotated[bool, Field(description="Whether each work is cited somewhere.")] = False


class BankSettings(Record):
    """What the rules ask of the exercises of each chapter, and into what they are translated."""

    self_checks: Annotated[int, Field(description="Self-checks, at least.", ge=0)] = 1
    in_class: Annotated[int, Field(description="Exercises for class, at least.", ge=0)] = 0
    discussions: Annotated[int, Field(description="Discussion questions, at least.", ge=0)] = 0
    types: Annotated[int, Field(description="Types among either, at least.", ge=1)] = 1
    true_least: Annotated[
        int, Field(description="Of claims over the bank, so many percent are true.", ge=0, le=50)
    ] = 40
    true_most: Annotated[int, Field(description="And no more than these.", ge=50, le=100)] = 60
    hedges_apart: Annotated[
        int,
        Field(
            description="Percent of right and of wrong options with a hedge: points apart.", ge=0
        ),
    ] = 5
    semicolons: Annotated[
        int, Field(description="Stems with a semicolon over the bank, percent at most.", ge=0)
    ] = 5
    words: Annotated[
        int, Field(description="Words of an exercise that need no reason, at most.", ge=1)
    ] = 110
    translations: Annotated[
        tuple[str, ...],
        Field(description="Codes of languages: <topic>.es.yml has the exercises in Spanish."),
    ] = ()


class FigureSettings(Record):
    """What readers see of the columns of figures' data."""

    columns: dict[str, str] = Field(
        default_factory=dict,
        description="The heading of a column, where its name will not do.",
    )
    hidden: Annotated[
        tuple[str, ...], Field(description="The columns that serve drawing alone.")
    ] = ()

    @property
    def headings(self) -> Mapping[str, str]:
        """What readers see each column called; empty for one that they do not see."""
        return {**self.columns, **dict.fromkeys(self.hidden, "")}


class Rights(Record):
    """Under which licence the course is: its address, and what print says of it."""

    licence: Annotated[str | None, Field(pattern=r"^https?://\S+$")] = None
    words: str | None = None
    free: bool = True


class Sharing(Record):
    """What pages say of themselves to search engines and where a link is passed on."""

    locale: Annotated[
        str | None,
        Field(description="As Open Graph has it: en_GB.", pattern=r"^[a-z]{2}_[A-Z]{2}$"),
    ] = None
    descriptions: dict[str, str] = Field(
        default_factory=dict,
        description="Of pages that Sphinx makes: genindex, search, offline.",
    )
    lost: Annotated[
        tuple[str, ...],
        Field(description="Pages that the page for lost addresses offers, besides the chapters."),
    ] = ()


class PrintSettings(Record):
    """What PDFs say of themselves, and how they are printed where nobody asks for more."""

    paper: Literal["a4", "us-letter"] = "a4"
    about: Annotated[
        str | None, Field(description="The line on the reader's cover that names the work.")
    ] = None


DEFAULT_KINDS = (
    Kind(id="fact", sign=Sign.SOLID, hue=Hue.BLUE, stated=True),
    Kind(id="estimate", sign=Sign.DASHED, hue=Hue.AMBER),
    Kind(id="judgement", sign=Sign.DOUBLE, hue=Hue.PLUM),
    Kind(id="prediction", sign=Sign.DOTTED, hue=Hue.GREEN),
    Kind(id="recommendation", sign=Sign.STRONG, hue=Hue.RED),
    Kind(id="question", sign=Sign.ROUND, hue=Hue.SLATE),
)
DEFAULT_STANDPOINTS = {
    "official": "official",
    "civic": "civic",
    "scholar": "scholar",
    "press": "press",
}
DEFAULT_BLOCKS = (
    Block(id=BlockId.CENTRAL_QUESTION, heading="Central question"),
    Block(id=BlockId.OUTCOMES, heading="Outcomes", least=1),
    Block(id=BlockId.BEFORE_YOU_READ, heading="Before you read", least=1),
    Block(id=BlockId.PLAIN_SUMMARY, heading="Plain summary", least=30, most=150),
    Block(id=BlockId.READING, heading="Reading the text"),
    Block(id=BlockId.KEY_TERMS, heading="Key terms", needed=False, least=1),
    Block(id=BlockId.EVIDENCE_TABLE, heading="Evidence table", least=1),
    Block(id=BlockId.SOURCE_CHECK, heading="Source check", needed=False),
    Block(id=BlockId.OTHER_VOICES, heading="Other voices", needed=False, least=1),
    Block(id=BlockId.DISCUSSION, heading="Discussion questions", needed=False, least=1),
    Block(id=BlockId.CHECK_YOURSELF, heading="Check yourself", least=1),
    Block(id=BlockId.KEY_POINTS, heading="Key points", least=1),
    Block(id=BlockId.FURTHER_READING, heading="Further reading", needed=False, least=1),
)


class Settings(Record):
    """The whole of ``course.yml``."""

    title: Annotated[str | None, Field(description="The name of the course.")] = None
    contributors: str | None = None
    tagline: Annotated[str | None, Field(description="What the course is, in half a sentence.")] = (
        None
    )
    description: Annotated[str | None, Field(description="What the course is, in a sentence.")] = (
        None
    )
    language: Annotated[
        str | None,
        Field(
            description="Of the text, as BCP 47 has it: en-GB, es-MX.",
            pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        ),
    ] = None
    date: Annotated[
        str | None,
        Field(description="The day that PDFs bear, as YYYY-MM-DD.", pattern=r"^\d{4}-\d\d-\d\d$"),
    ] = None
    keywords: tuple[str, ...] = ()
    level: Annotated[
        str | None, Field(description="For whom it is, such as 'second-year students'.")
    ] = None
    emblem: Annotated[
        str | None, Field(description="An SVG file beside this one; icons and cards show it.")
    ] = None
    rights: Rights = Rights()
    work: Work = Work()
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)] = DEFAULT_KINDS
    strengths: dict[Literal["strong", "moderate", "weak", "none"], dict[str, str]] = Field(
        default_factory=dict,
        description="What strengths of evidence are called in the glossary's languages.",
    )
    sourced_from: Annotated[
        int | None,
        Field(
            description="The first year whose facts need a source; the one after the work's date.",
            ge=1000,
            le=9999,
        ),
    ] = None
    tell_all: Annotated[
        bool, Field(description="Whether every statement of the ledger is told by a chapter.")
    ] = True
    standpoints: Annotated[
        dict[Id, str], Field(description="Who may speak in a voice: an id, and what readers see.")
    ] = DEFAULT_STANDPOINTS
    blocks: Annotated[
        tuple[Block, ...], Field(description="The blocks of a chapter, in their order.")
    ] = DEFAULT_BLOCKS
    glossary: GlossarySettings = GlossarySettings()
    bibliography: BibliographySettings = BibliographySettings()
    bank: BankSettings = BankSettings()
    figures: FigureSettings = FigureSettings()
    sharing: Sharing = Sharing()
    print: PrintSettings = PrintSettings()

    @field_validator("kinds", "blocks")
    @classmethod
    def _unique(cls, value: tuple[Kind | Block, ...]) -> tuple[Kind | Block, ...]:
        for text in ("id", "heading"):
            names = [getattr(each, text) for each in value if hasattr(each, text)]
            for name in names:
                if names.count(name) > 1:
                    message = f"'{name}' stands there twice; expected every {text} once"
                    raise ValueError(message)
        return value

    @field_validator("kinds")
    @classmethod
    def _looks(cls, value: tuple[Kind, ...]) -> tuple[Kind, ...]:
        signs = _unused(Sign, [each.sign for each in value if "sign" in each.model_fields_set])
        hues = _unused(Hue, [each.hue for each in value if "hue" in each.model_fields_set])
        return tuple(
            each.model_copy(
                update={
                    name: next(left)
                    for name, left in (("sign", signs), ("hue", hues))
                    if name not in each.model_fields_set
                }
            )
            for each in value
        )

    @property
    def first_sourced(self) -> int | None:
        """The first year of which the work cannot tell; None where nobody says when it is of."""
        if self.sourced_from is not None:
            return self.sourced_from
        return int(self.work.date[:4]) + 1 if self.work.date else None

    @cached_property
    def kind_by_id(self) -> Mapping[str, Kind]:
        """The kinds by id."""
        return {kind.id: kind for kind in self.kinds}

    @property
    def stated(self) -> frozenset[str]:
        """The kinds that the author gives as true, and which need no owner."""
        return frozenset(kind.id for kind in self.kinds if kind.stated)


def _unused(names: type[Name], used: Collection[Name]) -> Iterator[Name]:
    """Yield those of *names* that are not *used*, then all of them over and over."""
    yield from (name for name in names if name not in used)
    yield from cycle(names)


def load_settings(path: Path) -> Settings:
    """Return what ``course.yml`` says, or the defaults where there is no such file.

    Raises `DataError` for bad YAML or fields, and for an emblem that is no drawing beside it.
    """
    if not path.exists():
        return Settings()
    source = YamlSource.of_file(path)
    settings = source.parse(Settings)
    if settings.emblem and (wrong := _wrong_emblem(settings.emblem, path.parent)):
        raise DataError([source.problem(("emblem",), wrong)])
    return settings


def _wrong_emblem(name: str, folder: Path) -> str:
    """Return what is wrong with the emblem *name*, which has to be a drawing in *folder*."""
    # Here alone, since it loads what reads pictures of all sorts.
    from .pictures import PictureError, check_picture  # noqa: PLC0415

    path = folder / name
    inside = path.resolve().is_relative_to(folder.resolve())
    if path.suffix != ".svg" or not (inside and path.is_file()):
        hint = did_you_mean(name, [each.name for each in folder.glob("*.svg")])
        message = f"there is no drawing '{name}' beside this file{hint}; expected the name of an "
        return f"{message}SVG file, or nothing"
    try:
        check_encoding(path)
        check_picture(path)
    except DataError as error:
        return f"{name}: {error.problems[0].message}"
    except PictureError as error:
        return str(error)
    return ""
