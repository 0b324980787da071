"""The key to an exercise as rows: what is said, what that is, and why.

Tables and cards show all rows. A system that has no place for the reasons of single parts gets them
in the feedback to the whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from .decimals import decimal
from .items import Claim, Essay, Grid, Number, Options, Pairs, Sequence, Talk, Words
from .texts import Rich, joined, listed, paragraph, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .items import Answer, Entry, Pair

RIGHT, WRONG = words("right"), words("wrong")
NONE = words("")
#: How a list tells right from wrong, whose feedback need not say so.
SIGNS = {RIGHT.plain: "✓", WRONG.plain: "✗"}


class Row(NamedTuple):
    """A *part* of the answer, its *key* (right, wrong, a match, a place, a category), and *why*."""

    part: Rich
    key: Rich
    why: Rich


def rows(answer: Answer) -> list[Row]:
    """Return the key to an exercise with *answer*, row by row."""
    match answer:
        case Options():
            return [Row(each.text, _key(each.right), each.why) for each in answer.options]
        case Claim():
            both = (True, False)
            return [Row(words(str(s)), _key(s is answer.answer), answer.why(s)) for s in both]
        case Number():
            return [
                Row(words(number_said(answer)), RIGHT, answer.right.why),
                *(Row(words(decimal(near.value)), WRONG, near.why) for near in answer.expected),
                Row(words("any other number"), WRONG, answer.otherwise),
            ]
        case Words():
            return _forms(answer)
        case Pairs():
            return [*_paired(answer.pairs), *(Row(NONE, d.text, d.why) for d in answer.distractors)]
        case Sequence():
            return [
                Row(step.text, words(str(at)), step.why) for at, step in enumerate(answer.steps, 1)
            ]
        case Grid():
            return _paired(answer.rows)
        case Essay():
            return [Row(NONE, answer.model, NONE)]
        case Talk():
            return []
        case _:
            assert_never(answer)


def _forms(answer: Words) -> list[Row]:
    keys = ((answer.accepted, RIGHT), (answer.expected, WRONG))
    found = [Row(words(form.text), key, form.why) for forms, key in keys for form in forms]
    return [*found, Row(words("any other answer"), WRONG, answer.otherwise)]


def _paired(pairs: Iterable[Pair]) -> list[Row]:
    return [Row(pair.term.text, pair.match.text, pair.term.why) for pair in pairs]


def number_said(answer: Number) -> str:
    """Return the right number with how far off it may be, as ``800 ± 0.5``."""
    near = f" ± {decimal(answer.right.reach)}" if answer.right.reach else ""
    return f"{decimal(answer.right.value)}{near}"


def in_words(row: Row) -> Rich:
    """Return *row* as a line: what is said, what it is, and why."""
    sign = SIGNS.get(row.key.plain, "") if row.key in {RIGHT, WRONG} else ""
    key = NONE if sign else row.key
    said = f"<strong>{row.part.markup}</strong>" if row.part.markup else ""
    one = joined([row.part, key, row.why])
    return Rich(
        _line(sign, said, key.markup, row.why.markup),
        _line(sign, row.part.plain, key.plain, row.why.plain),
        one.pictures,
        False,
        one.lost,
    )


def _line(sign: str, said: str, key: str, why: str) -> str:
    """Return ``✓ said: why``, or ``said → key: why``, of as much as there is."""
    head = " → ".join(filter(None, [said, key]))
    return ": ".join(filter(None, [f"{sign} {head}".strip(), why]))


def reasons(found: Iterable[Row], lead: str) -> Rich:
    """Return *found* as a list of reasons below the words *lead*, or nothing where none is."""
    lines = [in_words(row) for row in found]
    return joined([paragraph(words(""), lead), listed(lines)]) if lines else NONE


def rubric(answer: Essay) -> Rich:
    """Return the rubric as a table: each criterion, and what earns 0, 1, 2 and 3 points."""
    most = max(len(levels) for _, levels in answer.rubric)
    heads = "".join(f"<th>{points}</th>" for points in range(most))
    lines = [
        f"<tr><th>{criterion.markup}</th>"
        + "".join(f"<td>{level.markup}</td>" for level in levels)
        + "</tr>"
        for criterion, levels in answer.rubric
    ]
    plain = [
        f"{criterion.plain}: "
        + "; ".join(f"{points} = {level.plain}" for points, level in enumerate(levels))
        for criterion, levels in answer.rubric
    ]
    one = joined([text for criterion, levels in answer.rubric for text in (criterion, *levels)])
    whole = f"<tr><th>Points</th>{heads}</tr>{''.join(lines)}"
    return Rich(
        f"<table><tbody>{whole}</tbody></table>", "\n".join(plain), one.pictures, True, one.lost
    )


def for_graders(answer: Essay) -> Rich:
    """Return what whoever marks an answer at length needs: the model answer and the rubric."""
    return joined([paragraph(words(""), "A model answer"), answer.model, rubric(answer)])


def general(entry: Entry, *more: Rich) -> Rich:
    """Return the feedback to all who have answered *entry*: the solution, then *more*."""
    return joined([*([entry.solution] if entry.solution else []), *more])


def _key(right: bool) -> Rich:
    return RIGHT if right else WRONG
