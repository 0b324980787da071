"""Exercises as forms: native inputs in a fieldset whose legend is the whole question.

The pattern follows the W3C's forms tutorial (https://www.w3.org/WAI/tutorials/forms/): every input
has a label, nothing is sent or marked until the reader asks, and the result is a sentence in a
status region.
Without a script the form holds no dead button, and every answer stands in a disclosure.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any, assert_never

from docutils import nodes

from courseware.bank.traits import has_parts
from courseware.pages.domain import number_words
from courseware.pages.nodes import discussion_question

from .nodes import (
    exercise,
    exercise_about,
    exercise_answer,
    exercise_choice,
    exercise_choices,
    exercise_context,
    exercise_feedback,
    exercise_feedbacks,
    exercise_field,
    exercise_hint,
    exercise_key,
    exercise_option,
    exercise_passage,
    exercise_question,
    exercise_review,
    exercise_row,
    exercise_said,
    exercise_solution,
    exercise_stem,
    exercise_title,
    kind_of,
)
from .words import stem_frame

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from courseware.bank.model import TypeName

VERDICTS = {"right": "Right", "wrong": "Not right"}


def owner_of(node: nodes.Node) -> exercise:
    """Return the exercise that *node* is a part of."""
    while not isinstance(node, exercise):
        node = node.parent
    return node


def compact(value: object) -> str:
    """Return *value* as JSON for an attribute."""
    return escape(json.dumps(value, ensure_ascii=False, separators=(",", ":")), quote=True)


def depth_of(node: nodes.Node) -> int:
    """Return how many sections *node* stands in."""
    depth = 0
    while node.parent is not None:
        node = node.parent
        depth += isinstance(node, nodes.section)
    return depth


def visit_exercise(self: HTML5Translator, node: exercise) -> None:
    """Open the form; ``method=dialog`` sends nothing where no script takes it over.

    A copy for review is taken out of the page again when it is whole (`practice_html`).
    """
    node["begins"] = len(self.body)
    data: dict[str, Any] = {
        "data-exercise": node["exercise"],
        "data-kind": node["kind"],
        "data-key": json.dumps(node["script_key"], ensure_ascii=False, separators=(",", ":")),
    }
    if has_parts(kind_of(node)):
        data["data-parts"] = ""
    self.body.append(self.starttag(node, "div", **data))
    self.body.append('<form method="dialog" autocomplete="off">\n')


def depart_exercise(self: HTML5Translator, node: exercise) -> None:
    """Close the form; hand a copy for review over to the page that it is for."""
    self.body.append("</form></div>\n")
    if node["review"] and isinstance(node.parent, exercise_review):
        written = "".join(self.body[node["begins"] :])
        del self.body[node["begins"] :]
        node.parent["written"].setdefault(node["chapter"], {})[node["exercise"]] = written


def visit_title(self: HTML5Translator, node: nodes.Element) -> None:
    """Open the heading with the number."""
    owner = owner_of(node)
    level = min(6, depth_of(node) + 1)
    number = number_words(owner.get("number", ""))
    self.body.append(f'<h{level} class="exercise-title">')
    self.body.append(f'<span class="exercise-number">{number}.</span> ')


def depart_title(self: HTML5Translator, node: nodes.Element) -> None:
    """Close the heading; say what sort of exercise it is."""
    owner = owner_of(node)
    self.body.append(f"</h{min(6, depth_of(node) + 1)}>\n")
    minutes = f"{owner['minutes']} minute{'' if owner['minutes'] == 1 else 's'}"
    facts = [owner["label"], owner["level"], owner["difficulty"], minutes]
    self.body.append(f'<p class="exercise-facts">{escape(" · ".join(facts))}</p>\n')


def visit_context(self: HTML5Translator, node: nodes.Element) -> None:
    """Open what is read before the question."""
    self.body.append(self.starttag(node, "div", CLASS="exercise-context"))


def depart_div(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close a ``div``."""
    self.body.append("</div>\n")


def visit_question(self: HTML5Translator, node: nodes.Element) -> None:
    """Open the fieldset; what is read before the question describes it."""
    described = f' aria-describedby="{node["described"]}"' if "described" in node else ""
    self.body.append(f"<fieldset{described}>\n")


def depart_question(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close the fieldset; the place for the result stands empty until there is one."""
    self.body.append('</fieldset>\n<p role="status" class="exercise-status"></p>\n')


def visit_stem(self: HTML5Translator, node: nodes.Element) -> None:
    """Open the legend, which holds the whole question."""
    lead, _ = stem_frame(kind_of(owner_of(node)))
    self.body.append(f"<legend>{lead}{' ' if lead else ''}")


def depart_stem(self: HTML5Translator, node: nodes.Element) -> None:
    """Close the legend."""
    _, tail = stem_frame(kind_of(owner_of(node)))
    self.body.append(f"{' ' if tail else ''}{tail}</legend>\n")


def visit_option(self: HTML5Translator, node: nodes.Element) -> None:
    """Write an option's input and open its label."""
    owner = owner_of(node)
    name = owner["ids"][0]
    sort = "checkbox" if node["multiple"] else "radio"
    anchor = f"{name}-{node['value']}"
    pinned = " data-pinned" if node["pinned"] else ""
    self.body.append(
        f'<div class="exercise-option"{pinned}><input type="{sort}" id="{anchor}" name="{name}" '
        f'value="{node["value"]}"><label for="{anchor}">'
    )


def depart_option(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close the label."""
    self.body.append("</label></div>\n")


def visit_choices(self: HTML5Translator, node: nodes.Element) -> None:
    """Open the list of what there is to choose from."""
    name = "ol" if node["lettered"] else "ul"
    self.body.append(f'<{name} class="exercise-choices">\n')


def depart_choices(self: HTML5Translator, node: nodes.Element) -> None:
    """Close the list."""
    self.body.append("</ol>\n" if node["lettered"] else "</ul>\n")


def visit_choice(self: HTML5Translator, _node: nodes.Element) -> None:
    """Open one of the choices."""
    self.body.append("<li>")


def depart_choice(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close it."""
    self.body.append("</li>\n")


def visit_row(self: HTML5Translator, node: nodes.Element) -> None:
    """Open the label of a list to choose from."""
    anchor = f"{owner_of(node)['ids'][0]}-{node['value']}"
    self.body.append(f'<div class="exercise-row"><label for="{anchor}">')


def depart_row(self: HTML5Translator, node: nodes.Element) -> None:
    """Close the label and write the list."""
    anchor = f"{owner_of(node)['ids'][0]}-{node['value']}"
    choices = "".join(
        f'<option value="{escape(value)}">{escape(text)}</option>'
        for value, text in node["choices"]
    )
    self.body.append(
        f'</label><select id="{anchor}" name="{node["value"]}">'
        f'<option value="">Choose</option>{choices}</select></div>\n'
    )


def visit_field(self: HTML5Translator, node: nodes.Element) -> None:
    """Write a field with its label and unit."""
    anchor = f"{owner_of(node)['ids'][0]}-answer"
    unit = escape(node["unit"])
    label = f'<label for="{anchor}">Your answer</label>'
    if node["sort"] == "lines":
        rows = min(12, node["lines"])
        field = f'<textarea id="{anchor}" name="answer" rows="{rows}"></textarea>'
    else:
        mode = ' inputmode="decimal"' if node["sort"] == "number" else ""
        described = f' aria-describedby="{anchor}-unit"' if unit else ""
        field = f'<input type="text" id="{anchor}" name="answer"{mode}{described}>'
    if unit:
        field += f' <span class="exercise-unit" id="{anchor}-unit">{unit}</span>'
    ruled = f' data-lines="{node["lines"]}"'
    self.body.append(f'<div class="exercise-field"{ruled}>{label} {field}</div>\n')
    raise nodes.SkipNode


def visit_hint(self: HTML5Translator, node: nodes.Element) -> None:
    """Open a disclosure."""
    number = f" {node['number']} of {node['of']}" if node["of"] > 1 else ""
    self.body.append(
        f'<details class="exercise-hint"><summary>Hint{number}'
        f'<span class="visually-hidden"> for {_called(node)}</span></summary>\n'
    )


def depart_details(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close a disclosure."""
    self.body.append("</details>\n")


def visit_answer(self: HTML5Translator, node: nodes.Element) -> None:
    """Open the disclosure of the answer, which a script shows after a try."""
    self.body.append(
        f'<details class="exercise-answer"><summary>Answer to {_called(node)}</summary>\n'
    )


def _called(node: nodes.Node) -> str:
    owner = owner_of(node)
    number = owner.get("number", "")
    return number_words(number).lower() if number else "this exercise"


def visit_key(self: HTML5Translator, _node: nodes.Element) -> None:
    """Open the right answer in words."""
    self.body.append('<div class="exercise-key">')


def visit_feedbacks(self: HTML5Translator, node: nodes.Element) -> None:
    """Open the list of feedback, which tells the right order where that is asked for."""
    name = _list_of(kind_of(owner_of(node)))
    self.body.append(f'<{name} class="exercise-feedbacks">\n')


def depart_feedbacks(self: HTML5Translator, node: nodes.Element) -> None:
    """Close the list."""
    self.body.append(f"</{_list_of(kind_of(owner_of(node)))}>\n")


def _list_of(kind: TypeName) -> str:
    """Return the element that lists the feedback: its order tells the answer to some."""
    match kind:
        case "order":
            return "ol"
        case "single-choice" | "multiple-response" | "true-false" | "match" | "classify":
            return "ul"
        case "numeric" | "short-answer" | "open" | "discussion":
            return "ul"
        case _:
            assert_never(kind)


def visit_feedback(self: HTML5Translator, node: nodes.Element) -> None:
    """Open the feedback for one answer."""
    self.body.append(f'<li data-for="{node["value"]}" data-verdict="{node["verdict"]}">')


def depart_feedback(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close the feedback."""
    self.body.append("</li>\n")


def visit_about(self: HTML5Translator, node: nodes.Element) -> None:
    """Say, in words, whether the answer is right, and open what it is."""
    marked = _says_right(kind_of(owner_of(node)))
    verdict = node.parent["verdict"]
    self.body.append('<span class="exercise-about">')
    if verdict in VERDICTS and (marked or verdict == "wrong"):
        self.body.append(f'<span class="exercise-verdict">{VERDICTS[verdict]}:</span> ')


def _says_right(kind: TypeName) -> bool:
    """Tell whether the list of feedback holds wrong answers too, so that it has to say "right"."""
    match kind:
        case "single-choice" | "multiple-response" | "true-false":
            return True
        case "numeric" | "short-answer" | "match" | "order" | "classify" | "open" | "discussion":
            return False
        case _:
            assert_never(kind)


def depart_about(self: HTML5Translator, node: nodes.Element) -> None:
    """End the answer as a sentence."""
    stop = "" if node.astext()[-1:] in {".", "?", "!"} else "."
    self.body.append(f"{stop}</span> ")


def visit_said(self: HTML5Translator, _node: nodes.Element) -> None:
    """Open what the feedback says, which a script also shows beside the answer."""
    self.body.append('<span class="exercise-said">')


def depart_span(self: HTML5Translator, _node: nodes.Element) -> None:
    """Close a ``span``."""
    self.body.append("</span>")


def visit_solution(self: HTML5Translator, node: nodes.Element) -> None:
    """Open the worked solution."""
    lead = "A model answer" if node["model"] else "Worked solution"
    self.body.append(f'<div class="exercise-solution"><p class="exercise-lead">{lead}</p>\n')


def visit_discussion(self: HTML5Translator, node: nodes.Element) -> None:
    """Open a question for talk, with its number."""
    self.body.append(self.starttag(node, "div"))
    if number := node.get("number"):
        lead = '<span class="visually-hidden">Discussion question </span>'
        self.body.append(f'<p class="discussion-number">{lead}{number}</p>\n')


def setup_exercise_html(app: Sphinx) -> None:
    """Register visitors and style sheet."""
    app.add_node(exercise, html=(visit_exercise, depart_exercise))
    app.add_node(exercise_title, html=(visit_title, depart_title))
    app.add_node(exercise_context, html=(visit_context, depart_div))
    app.add_node(exercise_question, html=(visit_question, depart_question))
    app.add_node(exercise_stem, html=(visit_stem, depart_stem))
    app.add_node(exercise_option, html=(visit_option, depart_option))
    app.add_node(exercise_choices, html=(visit_choices, depart_choices))
    app.add_node(exercise_choice, html=(visit_choice, depart_choice))
    app.add_node(exercise_row, html=(visit_row, depart_row))
    app.add_node(exercise_field, html=(visit_field, None))
    app.add_node(exercise_hint, html=(visit_hint, depart_details))
    app.add_node(exercise_answer, html=(visit_answer, depart_details))
    app.add_node(exercise_key, html=(visit_key, depart_div))
    app.add_node(exercise_feedbacks, html=(visit_feedbacks, depart_feedbacks))
    app.add_node(exercise_feedback, html=(visit_feedback, depart_feedback))
    app.add_node(exercise_about, html=(visit_about, depart_about))
    app.add_node(exercise_said, html=(visit_said, depart_span))
    app.add_node(exercise_solution, html=(visit_solution, depart_div))
    app.add_node(discussion_question, html=(visit_discussion, depart_div))
    app.add_node(exercise_passage)
    app.add_css_file("exercises.css")
