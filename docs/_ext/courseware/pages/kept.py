"""What readers write and choose outside of exercises, as fields that the browser keeps.

A guess has its field only where a script runs, which shows it; a strength can be chosen without.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes

from .nodes import guess_room, guess_sides, held_back, rate_first

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

#: The most characters that a guess has.
LONGEST = 2000
STATUS = '<p role="status" class="kept-status"></p>'


def visit_guess_room(self: HTML5Translator, node: guess_room) -> None:
    """Write the field below a question, which names it."""
    name = node["question"]
    self.body.append(
        f'<div class="guess-room" data-keep="{escape(node["keep"])}" hidden>'
        f'<label for="{name}-field" id="{name}-label">Your guess</label>'
        f'<textarea id="{name}-field" rows="2" maxlength="{LONGEST}" dir="auto" '
        f'autocomplete="off" aria-labelledby="{name} {name}-label"></textarea>{STATUS}</div>\n'
    )
    raise nodes.SkipNode


def visit_guess_sides(self: HTML5Translator, node: guess_sides) -> None:
    """Open what was found, after a place for what the reader guessed."""
    asked = escape(node["asked"])
    self.body.append(
        f'<div class="guess-sides"><div class="guess-yours" data-kept="{escape(node["keep"])}" '
        f'data-back="{node["back"]}" data-asked="{asked}" hidden></div>'
        '<div class="guess-found"><p class="guess-label">What this chapter found</p>\n'
    )


def depart_guess_sides(self: HTML5Translator, _node: guess_sides) -> None:
    """Close it."""
    self.body.append("</div></div>\n")


def visit_rate_first(self: HTML5Translator, node: rate_first) -> None:
    """Write the strengths as choices."""
    name = node["keep"].replace(":", "-")
    choices = "".join(
        f'<div class="rate-choice"><input type="radio" id="{name}-{each}" name="{name}" '
        f'value="{each}"><label for="{name}-{each}">{each}</label></div>'
        for each in map(escape, node["choices"])
    )
    self.body.append(
        f'<fieldset class="rate-first" data-keep="{escape(node["keep"])}">'
        f'<legend>How strong is the evidence? <span class="rate-how">Rate it first.</span>'
        f"</legend>{choices}{STATUS}</fieldset>\n"
    )
    raise nodes.SkipNode


def visit_held_back(self: HTML5Translator, node: held_back) -> None:
    """Open a disclosure, which says on what statement it is to those who hear it alone."""
    self.body.append(
        f'<details class="held-back"><summary>{escape(node["summary"])}'
        f'<span class="visually-hidden"> on {node["statement"]}</span></summary>\n'
    )


def depart_held_back(self: HTML5Translator, _node: held_back) -> None:
    """Close the disclosure."""
    self.body.append("</details>\n")


def setup_kept(app: Sphinx) -> None:
    """Register visitors and style sheet."""
    app.add_node(guess_room, html=(visit_guess_room, None))
    app.add_node(guess_sides, html=(visit_guess_sides, depart_guess_sides))
    app.add_node(rate_first, html=(visit_rate_first, None))
    app.add_node(held_back, html=(visit_held_back, depart_held_back))
    app.add_css_file("kept.css")
