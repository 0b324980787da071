"""Exercises as ordinary nodes, for every builder without forms: print, EPUB, text, LaTeX, XML.

A question keeps its options and gets room to answer; the answers stand together, where an
`exercise_answers` waits for them or else at the end of the page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

from courseware.data.ledger import NO_BREAK
from courseware.pages.build import fill_row, paragraph, span, table
from courseware.pages.domain import course_domain, number_words
from courseware.pages.nodes import discussion_question

from .build import letter
from .nodes import (
    answer_space,
    exercise,
    exercise_answer,
    exercise_answers,
    exercise_choice,
    exercise_context,
    exercise_feedback,
    exercise_field,
    exercise_key,
    exercise_option,
    exercise_progress,
    exercise_question,
    exercise_review,
    exercise_row,
    exercise_solution,
    exercise_stem,
    exercise_title,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx

#: Builders whose pages have forms and run scripts.
INTERACTIVE = frozenset({"html", "dirhtml", "singlehtml"})
ANSWERS = "Answers to the exercises"
BLANK = "____ "
RULED = "________________________"
#: What leads to an answer that cannot be said in a few words.
LEADS = {
    "match": "Matches:",
    "order": "In this order:",
    "classify": "Categories:",
    "open": "A model answer:",
}


def is_interactive(app: Sphinx) -> bool:
    """Tell whether the present builder makes pages with forms."""
    return app.builder.name in INTERACTIVE


class PlainExercises(SphinxPostTransform):
    """Replace exercises by ordinary nodes, and gather their answers."""

    # After numbers and passages are known (3), before references are resolved (10).
    default_priority = 6

    def run(self, **_options: object) -> None:
        """Replace all exercises of the page, or of the joined pages of a book."""
        waiting = list(self.document.findall(exercise_answers))
        if not is_interactive(self.app):
            self.replace(waiting)
        for place in waiting:
            if place.parent is not None:
                place.parent.remove(place)

    def replace(self, waiting: list[exercise_answers]) -> None:
        """Replace what is for forms and scripts; the answers go where the first of *waiting* is."""
        for progress in self.document.findall(exercise_progress):
            intro = progress.parent[progress.parent.index(progress) - 1]
            if isinstance(intro, nodes.paragraph):
                intro["classes"].append("exercise-intro")
        for kind in (exercise_review, exercise_progress):
            for node in list(self.document.findall(kind)):
                node.parent.remove(node)
        for question in list(self.document.findall(discussion_question)):
            first = next(iter(question.findall(nodes.paragraph)), None)
            if first is not None and question.get("number"):
                first.insert(0, span(f"{question['number']} ", "discussion-number"))
            self.name(question, question["ids"])
        self.pages = self.pages_of(exercise, exercise_answers)
        self.answers_on = self.pages[id(waiting[0])] if waiting else self.env.docname
        entries: dict[str, dict[str, exercise]] = {}
        for node in list(self.document.findall(exercise)):
            # An exercise may stand in two places, and is answered once.
            entries.setdefault(node["chapter"], {}).setdefault(node["exercise"], node)
            node.replace_self(self.question(node))
        if not entries:
            return
        if waiting:
            waiting[0].replace_self(
                nodes.container("", *self.by_chapter(entries), classes=["exercise-answers"])
            )
            waiting.pop(0)
        else:
            self.place_at_end([node for part in entries.values() for node in part.values()])

    def pages_of(self, *kinds: type[nodes.Element]) -> dict[int, str]:
        """Return the page that each node of *kinds* comes from, by the identity of the node."""
        pages = {
            id(node): self.env.docname for kind in kinds for node in self.document.findall(kind)
        }
        # In order of the document: a page joined within a page comes after that.
        for page in self.document.findall(addnodes.start_of_file):
            inside = [id(node) for kind in kinds for node in page.findall(kind)]
            pages.update(dict.fromkeys(inside, page["docname"]))
        return pages

    def by_chapter(self, entries: dict[str, dict[str, exercise]]) -> Iterator[nodes.Node]:
        """Yield a section of answers for each chapter, with the way back to its exercises."""
        domain = course_domain(self.env)
        for topic, part in entries.items():
            docname = domain.page_of_chapter(topic)
            chapter = domain.chapters.get(docname or "")
            number = self.env.toc_secnumbers.get(docname or "", {}).get("")
            title = " ".join([*(map(str, number or ())), chapter.title if chapter else topic])
            answered = list(part.values())
            links = [self.back(each, each.get("number", "")) for each in answered]
            # The first and the last one show where all are.
            way = paragraph("Exercises ", links[0], classes=["exercises-on"])
            if len(links) > 1:
                way += [nodes.Text(" to "), links[-1]]
            answers = [self.answer(each) for each in answered]
            yield nodes.section(
                "", nodes.title(title, title), way, *answers, ids=[f"answers-{topic}"]
            )

    def place_at_end(self, answered: list[exercise]) -> None:
        """Put the answers at the end of the page, or of the book that pages are joined to."""
        section = next(iter(self.document.findall(nodes.section)), None)
        whole: nodes.Element = self.document if section is None else section
        answers = [self.answer(node) for node in answered]
        if any(self.document.findall(addnodes.start_of_file)):
            title = nodes.title(ANSWERS, ANSWERS)
            whole.append(nodes.section("", title, *answers, ids=["answers"]))
        else:
            # A section that was not there when pages were numbered gets the number of its page.
            heading = nodes.rubric(ANSWERS, ANSWERS, ids=["answers"])
            heading["heading-level"] = 2
            whole.extend([heading, *answers])

    def name(self, node: nodes.Element, ids: Sequence[str]) -> None:
        """Let links lead to *node*, also where the builder (LaTeX) sees no ids of containers."""
        if self.app.builder.format == "latex":
            node.insert(0, nodes.target("", "", ids=list(ids)))
        else:
            node["ids"] = list(ids)

    # -- the question

    def question(self, node: exercise) -> nodes.container:
        """Return the exercise as a reader on paper meets it."""
        number = number_words("exercise", node.get("number", ""))
        title = _part(node, exercise_title)
        head = nodes.strong("", "", span(f"{number}. ", "exercise-number"), *title.children)
        facts = paragraph(
            f"{node['label']}, {node['level']}, {_minutes(node)}. ",
            self.link("Answer at the end", node, self.answers_on, _answer_id(node)),
            classes=["exercise-facts"],
        )
        result = nodes.container("", classes=["exercise-print"])
        self.name(result, node["ids"])
        result += [paragraph(head, classes=["exercise-head"]), facts]
        result.source, result.line = node.source, node.line
        for context in node.findall(exercise_context):
            result += nodes.container("", *context.children, classes=["exercise-context"])
        question = _part(node, exercise_question)
        stem = paragraph(*_copies(_part(question, exercise_stem)), classes=["exercise-stem"])
        if node["kind"] == "multiple-response":
            stem += nodes.Text(" Choose all that apply.")
        result += stem
        result += list(self.room(node, question))
        return result

    def room(self, node: exercise, question: nodes.Element) -> Iterator[nodes.Node]:
        """Yield the options, the rows with their blanks, or the lines to write on."""
        options = list(question.findall(exercise_option))
        rows = list(question.findall(exercise_row))
        if node["kind"] == "true-false":
            words = [option.astext() for option in options]
            text = "True or false?"
            yield answer_space(text, text, lines=0, unit="", choices=words)
        elif options:
            yield self.lettered(options, "loweralpha")
        elif rows:
            yield from self.rows(node, question, rows)
        for field in question.findall(exercise_field):
            lines = field["lines"]
            text = RULED if lines > 1 else f"Answer: {RULED} {field['unit']}".rstrip()
            yield answer_space(text, text, lines=lines, unit=field["unit"], choices=[])

    def rows(
        self, node: exercise, question: nodes.Element, rows: list[exercise_row]
    ) -> Iterator[nodes.Node]:
        """Yield the terms, steps or items, and what there is to choose from."""
        offered = list(question.findall(exercise_choice))
        sort = "exercise-sorting" if node["kind"] == "classify" else "exercise-blanks"
        blanks = nodes.bullet_list(classes=[sort])
        for row in rows:
            blanks += nodes.list_item("", paragraph(span(BLANK, "blank"), *_copies(row)))
        if node["kind"] == "classify":
            words = paragraph("Categories: ", classes=["exercise-categories"])
            for at, choice in enumerate(offered):
                words += [nodes.Text(", ")] * bool(at) + _copies(choice)
            yield words
        if node["kind"] != "match":
            yield blanks
            return
        sides = (blanks, self.lettered(offered, "upperalpha"))
        yield nodes.container(
            "",
            *(nodes.container("", side, classes=["exercise-side"]) for side in sides),
            classes=["exercise-sides"],
        )

    def lettered(self, items: Sequence[nodes.Element], style: str) -> nodes.Element:
        """Return *items* as a list with letters, which are written out where the builder counts."""
        # Sphinx's plain text numbers every list with figures.
        in_words = self.app.builder.format == "text"
        result: nodes.Element = nodes.bullet_list()
        if not in_words:
            result = nodes.enumerated_list(enumtype=style, prefix="", suffix=")")
        result["classes"].append("exercise-options")
        for at, item in enumerate(items, 1):
            lead = [nodes.Text(f"{_letter(at, style)}) ")] if in_words else []
            result += nodes.list_item("", paragraph(*lead, *_copies(item)))
        return result

    # -- the answer

    def answer(self, node: exercise) -> nodes.container:
        """Return the answer with its number: the key in words, the worked solution, the passage."""
        answer = _part(node, exercise_answer)
        name = number_words("exercise", node.get("number", ""))
        word, _, number = name.rpartition(NO_BREAK)
        link = self.back(node, "")
        words = _part(link, nodes.inline)
        words += [span(f"{word}{NO_BREAK}" if word else "", "exercise-word"), span(f"{number}.")]
        lead = paragraph(nodes.strong("", "", link), " ", classes=["exercise-lead"])
        result = nodes.container("", number=number, classes=["exercise-answer-print"])
        self.name(result, [_answer_id(node)])
        key, solution = list(self.key(node, answer)), list(self.solution(name.lower(), answer))
        if node["kind"] in LEADS:
            lead += nodes.Text(LEADS[node["kind"]])
        elif key:
            # An answer of a few words stands beside its number.
            lead += nodes.inline("", "", *key.pop(0).children, classes=["exercise-key"])
        result += [lead, *key, *solution]
        for passage in answer.findall(nodes.paragraph):
            if "exercise-passage" in passage["classes"]:
                place = _part(passage, nodes.reference).deepcopy()
                if anchor := place.get("refid"):
                    # The passage is on the page that is written, the answers may be on another.
                    place = self.link(place.astext(), None, self.env.docname, anchor)
                result += paragraph("See: ", place, classes=["exercise-passage"])
        return result

    def solution(self, name: str, answer: nodes.Element) -> Iterator[nodes.Node]:
        """Yield the worked solution or the model answer, and the rubric of the latter."""
        for solution in answer.findall(exercise_solution):
            yield from _copies(solution)
        for rubric in answer.findall(nodes.table):
            if "rubric" in rubric["classes"]:
                yield paragraph(f"How to mark {name}:", classes=["exercise-marking"])
                yield _by_points(rubric)

    def key(self, node: exercise, answer: nodes.Element) -> Iterator[nodes.Element]:
        """Yield what is right, as a line or as a list."""
        feedbacks = answer.findall(exercise_feedback)
        right = {each["value"] for each in feedbacks if each["verdict"] == "right"}
        if options := list(node.findall(exercise_option)):
            line = paragraph()
            for at, option in enumerate(options, 1):
                if option["value"] in right:
                    line += [nodes.Text("; ")] * bool(len(line))
                    if node["kind"] != "true-false":
                        line += nodes.Text(f"{_letter(at, 'loweralpha')}){NO_BREAK}")
                    line += _copies(option)
            yield line
        elif rows := list(node.findall(exercise_row)):
            yield self.right_rows(node, rows)
        else:
            for words in answer.findall(exercise_key):
                yield from (each for each in words.deepcopy() if isinstance(each, nodes.Element))

    def right_rows(self, node: exercise, rows: list[exercise_row]) -> nodes.Element:
        """Return the rows with what is right for each: steps in order, terms with their letter."""
        answers = node["script_key"]["rows"]
        offered_as = [value for value, _ in rows[0]["choices"]]
        right = {value: offered_as.index(answer) + 1 for value, answer in answers.items()}
        if node["kind"] == "order":
            steps = sorted(rows, key=lambda row: right[row["value"]])
            items = [nodes.list_item("", paragraph(*_copies(step))) for step in steps]
            return nodes.enumerated_list("", *items, enumtype="arabic", prefix="", suffix=".")
        offered = list(node.findall(exercise_choice))
        result = nodes.bullet_list(classes=["exercise-right"])
        for row in rows:
            place = right[row["value"]]
            found = _copies(offered[place - 1])
            if node["kind"] == "match":
                words = [nodes.Text(f"{_letter(place, 'upperalpha')}){NO_BREAK}"), *found]
            else:
                words = [nodes.strong("", "", *found)]
            result += nodes.list_item("", paragraph(*_before_colon(row), *words))
        return result

    # -- links

    def back(self, node: exercise, text: str) -> nodes.reference:
        """Return the link from an answer to its exercise, at its home where that is printed."""
        shown = course_domain(self.env).exercises.get(node["exercise"])
        page = self.pages[id(node)]
        if shown is not None and shown.docname in self.pages.values():
            return self.link(text, None, shown.docname, shown.anchor)
        return self.link(text, None, page, node["ids"][0])

    def link(
        self, text: str, source: exercise | None, docname: str, anchor: str
    ) -> nodes.reference:
        """Return a link to *anchor* on the page *docname*, from an exercise or from the answers."""
        here = self.answers_on if source is None else self.pages[id(source)]
        words = nodes.inline(text, text)
        if here == docname:
            return nodes.reference("", "", words, refid=anchor, internal=True)
        return make_refnode(self.app.builder, here, docname, anchor, words)


def _part(node: nodes.Element, kind: type[nodes.Element]) -> nodes.Element:
    return next(iter(node.findall(kind)))


def _copies(node: nodes.Element) -> list[nodes.Node]:
    return [child.deepcopy() for child in node.children]


def _answer_id(node: exercise) -> str:
    return f"answer-{node['exercise']}"


def _minutes(node: exercise) -> str:
    return f"{node['minutes']}{NO_BREAK}minute{'' if node['minutes'] == 1 else 's'}"


def _letter(at: int, style: str) -> str:
    return letter(at) if style == "upperalpha" else letter(at).lower()


def _before_colon(row: nodes.Element) -> list[nodes.Node]:
    """Return the words of *row* as what is told of them follows: a colon for the full stop."""
    words = _copies(row)
    last = words[-1].astext()
    if isinstance(words[-1], nodes.Text):
        words[-1] = nodes.Text(last.removesuffix("."))
    return [*words, nodes.Text(" \N{EN DASH} " if last.endswith(("?", "!")) else ": ")]


def _by_points(rubric: nodes.Element) -> nodes.table:
    """Return a rubric with a column for each criterion and a row for each number of points.

    There are fewer criteria than levels, so that the columns are wider, on a narrow screen too.
    """
    rows = [
        [_copies(entry) for entry in row.findall(nodes.entry)]
        for row in _part(rubric, nodes.tbody).findall(nodes.row)
    ]
    names = ["Points", *(" ".join(cell.astext() for cell in row[0]) for row in rows)]
    levels = [
        fill_row(nodes.row(), [[paragraph(str(points))], *(row[points + 1] for row in rows)])
        for points in range(len(rows[0]) - 1)
    ]
    return table(names, levels, (13, *(87 // len(rows) for _ in rows)), "rubric")


def setup_plain(app: Sphinx) -> None:
    """Register the transform."""
    app.add_node(answer_space)
    app.add_node(exercise_answers)
    app.add_post_transform(PlainExercises)
