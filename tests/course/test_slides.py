"""Slides of the course's chapters: each self-check asked and answered, for the last row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
from coursepdfs import printed
from courseware.bank.load import load_bank
from courseware.bank.model import (
    Audience,
    Classify,
    Match,
    MultipleResponse,
    Numeric,
    Open,
    Order,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from courseware.bank.traits import is_talk
from ours import EXERCISES, TOPICS, title
from pdftags import tags
from sheetsread import words
from slidesread import Slide, read_slides

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Builds
    from courseware.bank.model import Exercise

BANK = {file.chapter: file for file in load_bank(EXERCISES / "bank").files}


@pytest.fixture(scope="module")
def pdfs(shared_build: Builds) -> Path:
    """Return the folder of the course's PDFs; worksheets are among them."""
    return printed(shared_build) / "pdf"


def reason(feedback: str) -> str:
    """Return what the answer's slide says of *feedback*: the verdict is a mark there."""
    verdict, _, rest = feedback.partition(". ")
    return rest if verdict in {"Right", "Yes"} else feedback


def right_in(item: Exercise) -> Iterator[str]:
    """Yield what the answer's slide has to say of *item*: what is right, and why."""
    match item:
        case SingleChoice() | MultipleResponse():
            for option in item.keys:
                yield f"\u2713 {option.text}"
                yield reason(option.feedback)
        case TrueFalse():
            yield f"\u2713 {'True' if item.answer else 'False'}"
            yield reason(item.when_true if item.answer else item.when_false)
        case Numeric():
            yield from (reason(item.feedback), item.solution)
        case ShortAnswer():
            yield from (item.accepted[0], reason(item.feedback), item.solution)
        case Match():
            yield from (pair.match for pair in item.pairs)
            yield item.solution
        case Order():
            yield from (step.text for step in item.steps)
            yield item.solution
        case Classify():
            yield from (each.category for each in item.items)
            yield item.solution
        case Open():
            yield item.model_answer


def plain(text: str) -> str:
    """Return *text* as it reads in print, but for spaces, which lines and labels may have."""
    return words(text).replace(" ", "").replace("*", "")


def has(slides: list[Slide], text: str) -> bool:
    """Tell whether *text* stands on *slides*."""
    return plain(text) in "".join(plain(each.text) for each in slides)


@pytest.mark.parametrize("topic", TOPICS)
def test_each_self_check_is_asked_and_then_answered(pdfs: Path, topic: str) -> None:
    slides = read_slides(pdfs / f"slides-{topic}.pdf")
    checks = [each for each in BANK[topic].exercises if each.audience is Audience.SELF_CHECK]
    starts = [at for at, each in enumerate(slides) if each.title.startswith("Exercise ")]
    ends = [*starts[1:], next(
        at for at, each in enumerate(slides) if each.title.startswith("How strong ")
    )]  # fmt: skip
    shown = [slides[start:end] for start, end in zip(starts, ends, strict=True)]
    asked = [item for item in checks if not is_talk(item)]
    assert len(shown) == 2 * len(asked)
    by_title = {each[0].title.partition(": ")[2]: at for at, each in enumerate(shown)}
    for item in asked:
        at = by_title[words(item.title)]
        question, answer = shown[at], shown[at + 1]
        assert answer[0].title == f"{question[0].title.partition(': ')[0]}: the answer"
        assert has(question, item.stem), item.id
        assert has(answer, item.stem), item.id
        sizes = set[float]().union(*(each.sizes() for each in (*question, *answer)))
        assert len(sizes) <= 1 or isinstance(item, Open), item.id
        # No slide of it leaves open what is asked.
        assert all(has([each], item.stem) for each in question), item.id
        missing = [text for text in right_in(item) if not has(answer, text)]
        assert missing == [], item.id
        assert "\u2713" not in " ".join(each.text for each in question)
    talks = [item for item in checks if is_talk(item)]
    talked = [each for each in slides if each.title.startswith("Discussion ")]
    assert len(talked) == len(talks)
    assert all(has(talked, item.stem) for item in talks)


@pytest.mark.parametrize("topic", TOPICS)
def test_slides_can_be_read_from_the_last_row_and_by_ear(pdfs: Path, topic: str) -> None:
    path = pdfs / f"slides-{topic}.pdf"
    slides = read_slides(path)
    assert [fault for each in slides for fault in each.faults()] == []
    assert slides[0].title.endswith(words(title(f"chapters/{topic}")))
    report = page_validation.validate_pdf(str(path), profile="ua1")
    assert report.is_compliant, report.to_dict()
    with pikepdf.open(path) as pdf:
        found = tags(pdf)
        assert sum(tag.kind == "H1" for tag in found) == 1
        assert sum(tag.kind == "H2" for tag in found) == len(pdf.pages) - 1
        figures = [tag for tag in found if tag.kind == "Figure"]
        assert figures
        assert all(tag.alt for tag in figures)
    told = [each for each in slides if each.title.startswith(("Figure", "How to read"))]
    assert any("Source:" in each.text for each in told)
