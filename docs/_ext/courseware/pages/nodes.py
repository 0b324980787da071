"""Node classes of the course: each is a docutils node with data.

They derive from the docutils node that shows them best, so that a builder which knows nothing
of the course (text, EPUB, LaTeX, man, XML) prints them as that node.
"""

from __future__ import annotations

from docutils import nodes


class ledger_cite(nodes.inline):
    """The statements that a paragraph rests on (``statements``), as links to the ledger."""


class evidence_row(nodes.row):
    """A row of an evidence table; ``statements`` has the ledger id of what it weighs."""


class chapter_card(nodes.container):
    """The facts about a chapter: ``pages``, ``read``, ``class_`` and ``home`` (minutes)."""


class voice(nodes.container):
    """What one party to the debate held; ``standpoint`` says which sort of party."""


class guess_room(nodes.General, nodes.Element):
    """Room for a guess below its question: ``keep`` (what it is kept as), ``question`` (its id)."""


class guesses_found(nodes.container):
    """What the page found, in a list with one item for each guess of "Before you read"."""


class guess_sides(nodes.container):
    """What the page found for one guess, beside what the reader guessed.

    ``keep`` is what the guess is kept as, ``back`` the id of its question, ``asked`` the heading
    under which that stands.
    """


class rate_first(nodes.General, nodes.Element):
    """The strengths to choose from, before the reader sees ours.

    ``statement`` is the id of what is rated, ``keep`` what the choice is kept as, ``choices`` are
    the words to choose from.
    """


class held_back(nodes.container):
    """What readers see after they have thought for themselves.

    ``statement`` says on what it is, ``about`` in a few words, ``ids`` names it where print has it;
    ``summary`` is what a disclosure says, ``before`` what print says in its place beside a link to
    where it stands, and ``alone`` what it says where that is nowhere.
    """


class discussion_question(nodes.container):
    """A question for the class; ``level`` is its place in Bloom's taxonomy, ``tags`` its own."""


class course_list(nodes.container):
    """A list with a class of its own for the style sheets (outcomes, key terms)."""


class chapter_list(nodes.General, nodes.Element):
    """Stands where the list of chapters goes, until all chapters have been read."""


class way_in(nodes.container):
    """Stands where readers begin, until all chapters have been read; then it links to the first."""


class script_room(nodes.container):
    """An empty place on pages that scripts may fill: ``name`` is an attribute, ``value`` its value.

    Pages have it as ``data-<name>="<value>"``.
    """
