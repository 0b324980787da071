"""Node classes of exercises.

An `exercise` holds its parts in the order of a page.
Where a builder has forms (HTML), each part has a visitor; `courseware.pages.exercises.plain` turns
an exercise into ordinary nodes for every other builder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from courseware.bank.model import TypeName


class exercise(nodes.General, nodes.Element):
    """One exercise: ``exercise`` (its id), ``kind`` (its type), ``number`` (once known).

    ``label`` names the type, ``level``, ``difficulty`` and ``minutes`` are words for its head,
    ``key`` is what a script needs to mark an answer, ``chapter`` the chapter it belongs to,
    ``ledger`` and ``passage`` lead to the passage that settles it; ``review`` marks a copy on the
    page for review, which is not counted.
    """


def kind_of(node: exercise) -> TypeName:
    """Return the type of the exercise that *node* shows."""
    kind: TypeName = node["kind"]
    return kind


class exercise_title(nodes.General, nodes.TextElement):
    """The title, without the number."""


class exercise_context(nodes.General, nodes.Element):
    """What to read before the question; ``ids`` names it for the question."""


class exercise_question(nodes.General, nodes.Element):
    """The question with its controls: the stem first, then options or rows or one field."""


class exercise_stem(nodes.General, nodes.TextElement):
    """The question itself."""


class exercise_option(nodes.General, nodes.TextElement):
    """An option: ``value`` identifies it; ``multiple`` where several may be chosen.

    ``pinned`` where it keeps its place whenever options are shuffled.
    """


class exercise_choices(nodes.General, nodes.Element):
    """What there is to choose from in all rows: ``lettered`` where each has a letter."""


class exercise_choice(nodes.General, nodes.TextElement):
    """One of the things to choose from."""


class exercise_row(nodes.General, nodes.TextElement):
    """A term, step or item with a list to choose from.

    ``value`` identifies the row, ``choices`` are pairs of a value and its text, ``answer`` is the
    value that is right.
    """


class exercise_field(nodes.General, nodes.Element):
    """A field to write in: ``sort`` is number, text or lines; ``unit``, ``lines``."""


class exercise_hint(nodes.General, nodes.Element):
    """A hint; ``number`` counts from 1, ``of`` is how many there are."""


class exercise_answer(nodes.General, nodes.Element):
    """The answer: what is right, feedback, worked solution. Kept out of the search index."""


class exercise_key(nodes.General, nodes.Element):
    """The right answer in words."""


class exercise_feedbacks(nodes.General, nodes.Element):
    """A list of feedback."""


class exercise_feedback(nodes.General, nodes.Element):
    """Feedback for one answer: ``value`` says for which, ``verdict`` is right, wrong or other."""


class exercise_about(nodes.General, nodes.TextElement):
    """The answer that feedback is for, in words."""


class exercise_said(nodes.General, nodes.TextElement):
    """What feedback says."""


class exercise_solution(nodes.General, nodes.Element):
    """The worked solution or model answer; ``model`` tells which."""


class exercise_passage(nodes.General, nodes.Element):
    """Stands where the link to the passage goes, until all pages have been read."""


class answer_space(nodes.paragraph):
    """Room to answer in print: ``lines`` to write on; its text is what other builders show.

    ``sums`` tells whether one reckons first.
    """


class exercise_answers(nodes.General, nodes.Element):
    """Stands where the answers go in print; without it they end their page.

    Where ``given`` is false, they are not printed at all.
    """


class exercise_index(nodes.General, nodes.Element):
    """Stands where the index of all exercises goes, until all pages have been read."""


class exercise_filter(nodes.General, nodes.Element):
    """Stands where the index of exercises is filtered, which a script does."""


class exercise_progress(nodes.General, nodes.Element):
    """Stands where progress is shown: of ``exercises``, or of the whole course if there are none.

    ``chapters`` are those of the course, once all pages have been read.
    """


class exercise_review(nodes.General, nodes.Element):
    """The exercises for review, which a script shows one by one.

    ``chapters`` are those of the course; ``written`` holds the HTML of each exercise by chapter and
    id while the page is written, for `practice_html` to put into scripts.
    """
