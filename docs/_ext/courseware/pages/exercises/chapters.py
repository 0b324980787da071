"""Which exercises each chapter has: on the pages for practice, and in a file for all pages.

The file is JavaScript, since from the file system a page can load nothing else.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from docutils import nodes

from courseware.bank.model import (
    Classify,
    Discussion,
    Exercise,
    Match,
    MultipleResponse,
    Numeric,
    Open,
    Order,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
    identity_of,
)
from courseware.files.whole import write_whole
from courseware.pages.course import course_of
from courseware.pages.domain import Chapter, Shown, course_domain
from courseware.pages.listings import chapters_in_order

from .nodes import exercise_progress, exercise_review

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.builders import Builder

#: Builders whose pages load the scripts that show progress.
SCRIPTED = frozenset({"html", "dirhtml"})
#: The file for all pages, below ``_static``.
FILE = "chapters.js"


def practised(app: Sphinx) -> Iterator[tuple[str, Chapter, list[Shown]]]:
    """Yield the title and the card of each chapter with its exercises, in order of the contents."""
    by_page = course_domain(app.env).exercises_by_page()
    for number, chapter in chapters_in_order(app.env):
        shown = by_page.get(chapter.docname, [])
        marked = [e for e in sorted(shown, key=lambda e: e.order) if not e.is_talk]
        if marked:
            yield f"{number}. {chapter.title}" if number else chapter.title, chapter, marked


def place_of_checks(app: Sphinx, chapter: Chapter) -> str:
    """Return the fragment of the section with the self-checks of *chapter*, or nothing."""
    checks = course_domain(app.env).checks.get(chapter.docname)
    return f"#{checks}" if checks else ""


def shape_of(item: Exercise) -> list[str] | dict[str, list[str]] | None:
    """Return what an answer to *item* is made of: the values of its options, or rows and choices.

    Nothing is returned for what one writes.
    """
    match item:
        case SingleChoice() | MultipleResponse():
            return [option.identity(item.id) for option in item.options]
        case TrueFalse():
            return ["true", "false"]
        case Match():
            offered = [pair.match for pair in item.pairs] + [each.text for each in item.distractors]
            rows = [pair.identity(item.id) for pair in item.pairs]
            return {"rows": rows, "choices": [identity_of(item.id, text) for text in offered]}
        case Order():
            rows = [step.identity(item.id) for step in item.steps]
            return {"rows": rows, "choices": [str(at) for at in range(1, len(rows) + 1)]}
        case Classify():
            rows = [each.identity(item.id) for each in item.items]
            return {
                "rows": rows,
                "choices": [identity_of(item.id, text) for text in item.categories],
            }
        case Numeric() | ShortAnswer() | Open() | Discussion():
            return None
        case _:
            assert_never(item)


def fill_chapters(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Tell the pages for practice which exercises each chapter has, and where they stand."""
    domain = course_domain(app.env)
    bank = course_of(app.env).bank
    for node in doctree.findall(nodes.Element):
        # The progress of one chapter names its exercises itself.
        if not isinstance(node, exercise_review | exercise_progress) or node.get("exercises"):
            continue
        node["chapters"] = []
        for title, chapter, marked in practised(app):
            page = app.builder.get_relative_uri(docname, chapter.docname).partition("#")[0]
            entry: dict[str, Any] = {
                "title": title,
                "href": page + place_of_checks(app, chapter),
                "topic": marked[0].chapter,
                "exercises": [
                    [e.id, f"#{e.anchor}", domain.exercise_number(e.id), e.title, e.outcome]
                    for e in marked
                ],
            }
            if isinstance(node, exercise_progress):
                for listed in entry["exercises"]:
                    listed.append(shape_of(bank.by_id[listed[0]]))
            node["chapters"].append(entry)


def write_chapters(app: Sphinx, builder: Builder) -> None:
    """Write the file for all pages, before the first of them is written."""
    if builder.name not in SCRIPTED or not has_exercises(app):
        return
    review = course_domain(app.env).practice.get("review")
    course = {
        "chapters": [
            {
                "page": builder.get_target_uri(chapter.docname),
                "title": title,
                "exercises": [each.id for each in marked],
            }
            for title, chapter, marked in practised(app)
        ],
        "review": builder.get_target_uri(review) if review else "",
    }
    text = json.dumps(course, ensure_ascii=False, separators=(",", ":"))
    static = Path(builder.outdir, "_static")
    static.mkdir(exist_ok=True)
    write_whole(static / FILE, f"window.coursewareChapters = {text};\n".encode())


def has_exercises(app: Sphinx) -> bool:
    """Tell whether any chapter of the course has exercises to be marked."""
    return next(practised(app), None) is not None


def setup_chapters(app: Sphinx) -> None:
    """Register what fills the pages and writes the file."""
    app.connect("doctree-resolved", fill_chapters)
    app.connect("write-started", write_chapters)
