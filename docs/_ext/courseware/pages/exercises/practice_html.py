"""The pages for practice in HTML: what scripts fill stands there before, so that nothing moves.

What is of no use without a script has the class ``needs-script``.
"""

from __future__ import annotations

import json
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from courseware.files.whole import write_whole

from .html import compact, depart_div
from .nodes import (
    exercise_filter,
    exercise_index,
    exercise_progress,
    exercise_review,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

#: Where the exercises for review stand, below ``_static``: a script for each chapter.
FOLDER = "review"
#: What the list of exercises can be filtered by, with its label.
FILTERS = {
    "chapter": "Chapter",
    "state": "State",
    "type": "Type",
    "level": "Level",
    "outcome": "Outcome",
}
SCOPES = {
    "begun": "what is due, then new ones of chapters I have begun",
    "due": "only what is due",
    "all": "what is due, then new ones of all chapters",
}
COLUMNS = ("Right", "To try again", "Not tried", "Due today")


def button(text: str) -> str:
    """Return a button that waits for its script."""
    return f'<button type="button" class="exercise-button">{escape(text)}</button>'


def visit_filter(self: HTML5Translator, _node: exercise_filter) -> None:
    """Write the filter, whose choices a script adds."""
    self.body.append('<fieldset class="exercise-filter needs-script">')
    self.body.append("<legend>Show exercises</legend>\n")
    for name, label in FILTERS.items():
        self.body.append(
            f'<div class="exercise-field"><label for="filter-{name}">{label}</label>'
            f'<select id="filter-{name}" name="{name}"><option value="">all</option></select>'
            "</div>\n"
        )
    self.body.append('<p role="status"></p></fieldset>\n')
    raise nodes.SkipNode


def visit_progress(self: HTML5Translator, node: exercise_progress) -> None:
    """Open the place in which a script says what has been done."""
    if node["exercises"]:
        names = " ".join(node["exercises"])
        self.body.append(
            f'<div class="exercise-progress needs-script" data-exercises="{names}">'
            '<p class="exercise-tally"></p>\n'
        )
        return
    chapters = compact(node["chapters"])
    self.body.append(f'<div class="progress-page needs-script" data-chapters="{chapters}">\n')
    heads = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    self.body.append('<table class="progress-table"><thead><tr><th scope="col">Chapter</th>')
    self.body.append(f"{heads}</tr></thead><tbody>\n")
    for chapter in node["chapters"]:
        title, href = escape(chapter["title"]), escape(chapter["href"])
        total = len(chapter["exercises"])
        # Each cell says what it counts where the head of the table is out of sight.
        cells = "".join(f'<td data-label="{name}">0</td>' for name in COLUMNS)
        self.body.append(
            f'<tr><th scope="row"><a href="{href}">{title}</a>'
            f'<meter max="{total}" value="0" aria-hidden="true"></meter></th>{cells}</tr>\n'
        )
    self.body.append(
        '</tbody></table>\n<details class="progress-again"><summary>To try again</summary>'
        '<ul></ul></details>\n<p class="progress-unread"></p>\n<div class="exercise-buttons">'
        f"{button('Export progress to a file')}{button('Delete all progress')}</div>\n"
        '<p class="progress-import"><label for="progress-file">Import progress from a file</label> '
        '<input type="file" accept=".json,application/json" id="progress-file"></p>\n'
        '<p role="status" class="exercise-status"></p>\n'
    )


def visit_review(self: HTML5Translator, node: exercise_review) -> None:
    """Make room for what the exercises in it write."""
    node["written"] = {}
    del self


def depart_review(self: HTML5Translator, node: exercise_review) -> None:
    """Write the place in which a script holds a session; its exercises are files of their own."""
    chapters: list[dict[str, Any]] = []
    for chapter in node["chapters"]:
        topic = chapter["topic"]
        if topic in node["written"]:
            version = sha256(part_of(topic, node["written"][topic])).hexdigest()[:8]
            chapters.append({**chapter, "file": f"_static/{FOLDER}/{topic}.js?v={version}"})
    scopes = "".join(
        f'<option value="{value}">{escape(text)}</option>' for value, text in SCOPES.items()
    )
    self.body.append(
        f'<div class="review-page needs-script" data-chapters="{compact(chapters)}">\n'
        '<p role="status" class="exercise-status"></p>\n'
        '<p class="review-scope"><label for="review-scope">Take</label> '
        f'<select id="review-scope">{scopes}</select></p>\n'
        f'<p class="exercise-buttons">{button("Start a session")}</p>\n'
        '<div class="review-stage"></div></div>\n'
    )


def part_of(topic: str, written: dict[str, str]) -> bytes:
    """Return the script that brings the exercises *written* of the chapter *topic*."""
    text = json.dumps(written, ensure_ascii=False, separators=(",", ":"))
    return f"window.coursewareParts[{json.dumps(topic)}] = {text};\n".encode()


def write_parts(
    app: Sphinx, _page: str, _template: str, _context: dict[str, Any], doctree: object
) -> None:
    """Write the exercises for review, by chapter, when their page has been written."""
    if not isinstance(doctree, nodes.document):
        return
    for node in doctree.findall(exercise_review):
        folder = Path(app.outdir, "_static", FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        by_topic: dict[str, dict[str, str]] = node.get("written", {})
        for topic, written in by_topic.items():
            write_whole(folder / f"{topic}.js", part_of(topic, written))


def setup_practice_html(app: Sphinx) -> None:
    """Register visitors and what writes the files."""
    app.add_node(exercise_index)
    app.add_node(exercise_filter, html=(visit_filter, None))
    app.add_node(exercise_progress, html=(visit_progress, depart_div))
    app.add_node(exercise_review, html=(visit_review, depart_review))
    app.connect("html-page-context", write_parts)
