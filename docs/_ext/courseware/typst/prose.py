"""How running text is set: quotation marks curl, numbers stay with what they belong to.

Sources are written with plain spaces and plain quotes; here, in one place, print gets what a
typesetter would set. Quotes are docutils' (as Sphinx has them on pages), which leave out what is
made after a page was read: citations, works, exercises of papers. Code and formulas never come
here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from docutils.utils import normalize_language_tag, smartquotes

if TYPE_CHECKING:
    from collections.abc import Iterable

NBSP, MINUS, TIMES = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}", "\N{MULTIPLICATION SIGN}"
# Characters around a text that can decide how its ends are set.
REACH = 24


@dataclass(frozen=True, slots=True)
class Joined:
    """What stays on one line with a number, in one language: words parted by spaces.

    *labels* stand before it, whatever their first letter, and so do *shorts*, which end in a stop;
    *units* stand after it, and so do *scales*, after which another unit may follow; *months* stand
    on either side of a day. *divided* is the sign between two numbers of which one is divided.
    """

    labels: str
    shorts: str
    units: str
    scales: str
    months: str
    divided: str = "÷"


#: The one list of such words, by language.
JOINED = {
    "en": Joined(
        labels="chapter chapters check checks exercise exercises figure figures footnote footnotes "
        "line lines note notes number page pages part pillar question row rows section step table "
        "tables",
        shorts="c ca ch fig n nn no nos p pp vol",
        units="% percent per°cent percentage°points points dollars cents pesos years days weeks "
        "months hours minutes km miles kilometres tonnes tons kilograms kg metres times pages",
        scales="thousand million billion trillion",
        months="January February March April May June July August September October November "
        "December",
    ),
    "es": Joined(
        labels="capítulo capítulos ejercicio ejercicios figura figuras nota notas línea líneas "
        "número página páginas parte pregunta fila filas sección paso tabla tablas",
        shorts="cap fig n núm p pp vol",
        units="% por°ciento puntos dólares centavos pesos años días semanas meses horas minutos km "
        "millas kilómetros toneladas kilogramos kg metros veces páginas",
        scales="mil millón millones billones",
        months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
        "diciembre",
    ),
}


def curled(text: str, language: str, before: str = "") -> str:
    """Return *text* with curly quotes; as it is where the language has none in docutils."""
    if "'" not in text and '"' not in text:
        return text  # nearly always
    tag = _quoted_as(language)
    if not tag:
        return text
    # As docutils does between two parts of a text.
    context = (before[-1:] or " ").replace('"', ";").replace("'", ";")
    curly: str = smartquotes.educateQuotes(context + text, tag)
    return curly[1:]


def joined(text: str, language: str, *, before: str = "", after: str = "") -> str:
    """Return *text*, of the same length, with spaces that do not break and the signs of sums."""
    head, tail = before[-REACH:], after[:REACH]
    whole = f"{head}{text}{tail}"
    if not _DIGIT.search(whole):
        return text  # every rule has a number in it
    for pattern, replacement in _rules(language):
        whole = pattern.sub(replacement, whole)
    return whole[len(head) : len(head) + len(text)]


_DIGIT = re.compile(r"\d")
# A range of numbers with all that hangs on it: a line may end after its dash, else.
_RANGE = re.compile(rf"([^\s{NBSP}]*\d–\d\S*)")


def ranges_apart(text: str) -> Iterable[tuple[str, bool]]:
    """Yield the parts of *text*, each with whether it is a range of numbers, to be kept whole."""
    for at, part in enumerate(_RANGE.split(text)):
        if part:
            # What is long has other places to break, or none at all.
            yield part, at % 2 == 1 and len(part) <= REACH


@cache
def _quoted_as(language: str) -> str:
    """Return the tag under which docutils has the quotes of *language*, or nothing."""
    tags = normalize_language_tag(language)
    return next((tag for tag in tags if tag in smartquotes.smartchars.quotes), "")


def _any_of(words: str) -> str:
    return "|".join(re.escape(word).replace("°", f"[ {NBSP}]") for word in words.split())


@cache
def _rules(language: str) -> list[tuple[re.Pattern[str], str]]:
    """Return what is replaced by what for a *language* tag; English words where it is unknown."""
    said = JOINED.get(language.partition("-")[0].lower(), JOINED["en"])
    month, unit, scale = _any_of(said.months), _any_of(said.units), _any_of(said.scales)
    rules = [
        # sums: their signs, and where they break
        (r"(?<=[\d)%]) / (?=[\d(])", f" {said.divided} "),
        (r"(?<=[\d)%]) - (?=[\d(])", f" {MINUS} "),
        (rf"(?<=[\d)%]) ([{TIMES}{MINUS}÷:]) (?=[\d(])", rf"{NBSP}\1{NBSP}"),
        (r"(?<= [+=]) (?=[\d(])", NBSP),
        (r"(?<![^\s(])-(?=\d)", MINUS),
        # labels and numbers
        (rf"\b((?i:{_any_of(said.labels)})) (?=[A-Z]?\d)", rf"\1{NBSP}"),
        (rf"\b((?i:{_any_of(said.shorts)})\.) (?=\d)", rf"\1{NBSP}"),
        # numbers and units
        (rf"(?<=\d) (?=(?:{unit}|{scale}|{month})(?!\w))", NBSP),
        (rf"(?<=\d)({NBSP}(?:{scale})) (?=(?:{unit})(?!\w))", rf"\1{NBSP}"),
        (rf"\b({month}) (?=\d\d?(?![\d–]))", rf"\1{NBSP}"),
    ]
    return [(re.compile(pattern), replacement) for pattern, replacement in rules]
