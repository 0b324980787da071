"""QTI 1.2 as Canvas writes and reads it, which PrairieLearn and ADAPT read as well.

The types go by ``question_type`` in an item's metadata, as exports of Canvas have them; feedback by
the names ``general_fb``, ``correct_fb``, ``general_incorrect_fb`` and ``<choice>_fb``. Tried on the
importer of New Quizzes. It takes broken XML, pictures that are missing and names that are twice
there without a word, so that all of that has to be right here; an unknown type ends it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from .archive import archive
from .decimals import decimal
from .items import Claim, Essay, Grid, Number, Options, Pairs, Sequence, Talk, Words
from .losses import Loss, Made
from .rows import NONE, for_graders, general, reasons, rows
from .scoring import shares
from .sets import lost_before, pictures_of
from .texts import words
from .xmltree import add, document, root

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .items import Answer, Entry, Part
    from .rows import Row
    from .sets import ExerciseSet
    from .texts import Rich
    from .xmltree import Element

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
META = "http://canvas.instructure.com/xsd/cccv1p0"
MANIFEST = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
#: Where pictures lie, as seen from the top of the package.
PICTURES = "images/"
RESPONSE = "response1"
#: Feedback to all, to what is right, and to what is wrong.
GENERAL, CORRECT, INCORRECT = "general_fb", "correct_fb", "general_incorrect_fb"


def canvas(exercises: ExerciseSet) -> Made:
    """Return *exercises* as a package for "Import Course Content" or "Import" of a quiz."""
    losses: list[Loss] = []
    tests = root("questestinterop", QTI)
    assessment = add(tests, "assessment", ident=exercises.name, title=exercises.title)
    section = add(assessment, "section", ident="root_section")
    for entry in exercises.entries:
        losses += _Item(section, entry).losses
    name = exercises.name
    pictures = pictures_of(exercises.entries)
    files = {
        "imsmanifest.xml": document(_manifest(name, sorted(pictures))),
        f"{name}/{name}.xml": document(tests),
        f"{name}/assessment_meta.xml": document(_meta(exercises)),
    }
    files |= {f"{PICTURES}{each}": pictures[each].data for each in sorted(pictures)}
    return Made(archive(files), losses)


def _manifest(name: str, pictures: Iterable[str]) -> Element:
    manifest = root("manifest", MANIFEST, identifier=f"manifest-{name}")
    metadata = add(manifest, "metadata")
    add(metadata, "schema", "IMS Content")
    add(metadata, "schemaversion", "1.1.3")
    add(manifest, "organizations")
    resources = add(manifest, "resources")
    quiz = add(resources, "resource", identifier=f"quiz-{name}", type="imsqti_xmlv1p2")
    add(quiz, "file", href=f"{name}/{name}.xml")
    add(quiz, "dependency", identifierref=f"meta-{name}")
    kind = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
    place = f"{name}/assessment_meta.xml"
    meta = add(resources, "resource", identifier=f"meta-{name}", type=kind, href=place)
    add(meta, "file", href=place)
    for at, picture in enumerate(pictures, 1):
        place = f"{PICTURES}{picture}"
        named = f"picture-{at}-{name}"
        found = add(resources, "resource", identifier=named, type="webcontent", href=place)
        add(found, "file", href=place)
    return manifest


def _meta(exercises: ExerciseSet) -> Element:
    quiz = root("quiz", META, identifier=f"quiz-{exercises.name}")
    add(quiz, "title", exercises.title)
    said = exercises.instructions or NONE
    add(quiz, "description", said.html())
    # For all questions or none: some have options that keep their places.
    add(quiz, "shuffle_answers", "false")
    add(quiz, "scoring_policy", "keep_highest")
    add(quiz, "quiz_type", "assignment")
    add(quiz, "points_possible", f"{exercises.points}.0")
    return quiz


def _material(parent: Element, text: Rich) -> None:
    kind = {"texttype": "text/html"}
    add(add(parent, "material"), "mattext", text.html(f"$IMS-CC-FILEBASE$/{PICTURES}"), **kind)


class _Item:
    """One question, written at the end of *section*; *losses* says what it lacks then."""

    def __init__(self, section: Element, entry: Entry) -> None:
        self.entry = entry
        self.losses: list[Loss] = []
        self.item = add(section, "item", ident=entry.id, title=entry.title.plain)
        fields = add(add(self.item, "itemmetadata"), "qtimetadata")
        for name, value in (
            ("question_type", _type(entry.answer)),
            ("points_possible", f"{entry.points}.0"),
        ):
            field = add(fields, "qtimetadatafield")
            add(field, "fieldlabel", name)
            add(field, "fieldentry", value)
        self.presentation = add(self.item, "presentation")
        self.text(self.presentation, entry.prompt)
        self.processing: Element | None = None
        #: What is written below the question, by its name.
        self.feedback: dict[str, Rich] = {}
        if entry.hints:
            self.lose("hints", "left out; Canvas has none")
        self.answer(entry.answer)
        for name, said in self.feedback.items():
            found = add(self.item, "itemfeedback", ident=name)
            self.text(add(found, "flow_mat"), said)

    def lose(self, what: str, instead: str) -> None:
        """Note that *what* is lost, and what was done *instead*."""
        self.losses.append(Loss(self.entry.id, what, instead))

    def text(self, parent: Element, text: Rich) -> None:
        """Add *text* as material of *parent*."""
        _material(parent, text)
        self.losses += lost_before(self.entry, text)

    def answer(self, answer: Answer) -> None:
        """Add what goes by the sort of *answer*."""
        match answer:
            case Options():
                self.options(answer)
            case Claim():
                self.claim(answer)
            case Number():
                self.number(answer)
            case Words():
                self.words(answer)
            case Pairs():
                self.pairs(answer)
            case Sequence():
                self.steps(answer)
            case Grid():
                self.grid(answer)
            case Essay():
                self.essay(answer)
            case Talk():
                self.lose("notes for whoever leads the talk", "left out, since students read this")
            case _:
                assert_never(answer)

    # -- rules

    def rules(self, more: Rich = NONE) -> Element:
        """Begin the rules of marking with the feedback to all: the solution, and *more*."""
        self.processing = add(self.item, "resprocessing")
        outcomes = add(self.processing, "outcomes")
        add(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
        said = general(self.entry, more)
        if said.markup:
            self.feedback[GENERAL] = said
            add(self.rule(), "other")
            self.show(GENERAL)
        return self.processing

    def rule(self, goes_on: str = "Yes") -> Element:
        """Add a rule, and return its condition."""
        assert self.processing is not None
        rule = add(self.processing, "respcondition", continue_=goes_on)
        return add(rule, "conditionvar")

    def then(self, percent: float, action: str = "Set") -> None:
        """Have the last rule give *percent* of the points."""
        assert self.processing is not None
        setvar = add(self.processing[-1], "setvar", decimal(percent), action=action)
        setvar.set("varname", "SCORE")

    def show(self, name: str) -> None:
        """Have the last rule show the feedback *name*."""
        assert self.processing is not None
        add(self.processing[-1], "displayfeedback", feedbacktype="Response", linkrefid=name)

    def right(self, why: Rich) -> Element:
        """Add the rule for what is right, with its feedback, and return its condition."""
        self.feedback[CORRECT] = why
        condition = self.rule("No")
        self.then(100)
        self.show(CORRECT)
        return condition

    def otherwise(self, why: Rich) -> None:
        """Add the rule for what is wrong, with its feedback."""
        self.feedback[INCORRECT] = why
        add(self.rule(), "other")
        self.show(INCORRECT)

    def shared(self, parts: int) -> None:
        """Say that of several parts each earns a share, as Canvas has it."""
        if said := shares(self.entry, parts):
            self.lose("points for what is partly right", said)

    # -- sorts of answers

    def labels(self, parent: Element, parts: Iterable[tuple[str, Rich]]) -> None:
        """Add what is chosen from, by names."""
        choices = add(parent, "render_choice")
        for name, text in parts:
            self.text(add(choices, "response_label", ident=name), text)

    def choose(self, cardinality: str, parts: Iterable[tuple[str, Rich]]) -> None:
        """Add *parts*, from which one chooses, by names."""
        field = add(self.presentation, "response_lid", ident=RESPONSE, rcardinality=cardinality)
        self.labels(field, parts)

    def reason(self, name: str, why: Rich) -> None:
        """Add *why* as feedback to whoever chooses *name*."""
        self.feedback[f"{name}_fb"] = why
        add(self.rule(), "varequal", name, respident=RESPONSE)
        self.show(f"{name}_fb")

    def options(self, answer: Options) -> None:
        """Add options; several right ones are right together."""
        named = [(each.name, each.text) for each in answer.options]
        self.choose("Single" if answer.single else "Multiple", named)
        self.rules()
        for each in answer.options:
            self.reason(each.name, each.why)
        condition = self.rule("No")
        if answer.single:
            add(condition, "varequal", answer.keys[0].name, respident=RESPONSE)
        else:
            both = add(condition, "and")
            for each in answer.options:
                place = both if each.right else add(both, "not")
                add(place, "varequal", each.name, respident=RESPONSE)
            self.shared(len(answer.keys))
        self.then(100)

    def claim(self, answer: Claim) -> None:
        """Add the two answers."""
        self.choose("Single", [("true", words("True")), ("false", words("False"))])
        self.rules()
        for said in (True, False):
            self.reason(str(said).lower(), answer.why(said))
        add(self.rule("No"), "varequal", str(answer.answer).lower(), respident=RESPONSE)
        self.then(100)

    def field(self, **form: str) -> None:
        """Add a field to write in."""
        place = add(self.presentation, "response_str", ident=RESPONSE, rcardinality="Single")
        add(add(place, "render_fib", **form), "response_label", ident="answer1")

    def foreseen(self, found: Iterable[Row]) -> Rich:
        """Return the feedback to wrong answers that can be foreseen, which has no place here."""
        listed = list(found)
        if listed:
            self.lose("feedback to single wrong answers", "it stands in the general feedback")
        return reasons(listed, "Often answered instead")

    def number(self, answer: Number) -> None:
        """Add the number and the range in which others count as right."""
        self.field(fibtype="Decimal")
        self.rules(self.foreseen(rows(answer)[1:-1]))
        near = answer.right
        either = add(self.right(near.why), "or")
        add(either, "varequal", decimal(near.value), respident=RESPONSE)
        both = add(either, "and")
        add(both, "vargte", decimal(near.value, -near.reach), respident=RESPONSE)
        add(both, "varlte", decimal(near.value, near.reach), respident=RESPONSE)
        self.otherwise(answer.otherwise)

    def words(self, answer: Words) -> None:
        """Add the forms that are accepted."""
        self.field()
        self.rules(self.foreseen(rows(answer)[len(answer.accepted) : -1]))
        condition = self.right(answer.accepted[0].why)
        for form in answer.accepted:
            add(condition, "varequal", form.text, respident=RESPONSE)
        self.otherwise(answer.otherwise)

    def why_list(self, answer: Answer) -> Rich:
        """Return the feedback to single parts as a list, since it has no place of its own."""
        self.lose("feedback to single parts", "it stands in the general feedback")
        return reasons(rows(answer), "Why")

    def pairs(self, answer: Pairs) -> None:
        """Add a menu of all matches for each term."""
        offered = sorted(
            [*(pair.match for pair in answer.pairs), *answer.distractors], key=_by_name
        )
        for pair in answer.pairs:
            field = add(self.presentation, "response_lid", ident=f"response_{pair.term.name}")
            self.text(field, pair.term.text)
            self.labels(field, [(each.name, each.text) for each in offered])
        self.rules(self.why_list(answer))
        for pair in answer.pairs:
            place = f"response_{pair.term.name}"
            add(self.rule(), "varequal", pair.match.name, respident=place)
            self.then(100 / len(answer.pairs), "Add")
        self.shared(len(answer.pairs))

    def steps(self, answer: Sequence) -> None:
        """Add steps, in the right order and never shown so: Canvas mixes them."""
        field = add(self.presentation, "response_lid", ident=RESPONSE, rcardinality="Ordered")
        extension = add(field, "render_extension")
        add(add(extension, "material", position="top"), "mattext")
        labels = add(add(extension, "ims_render_object", shuffle="No"), "flow_label")
        for step in answer.steps:
            self.text(add(labels, "response_label", ident=step.name), step.text)
        self.rules(self.why_list(answer))
        condition = self.rule("No")
        for step in answer.steps:
            add(condition, "varequal", step.name, respident=RESPONSE)
        self.then(100)
        self.lose("points for an order that is partly right", "all right or nothing")
        self.lose(
            "order in Classic Quizzes", "they make it a match of numbers; New Quizzes have it"
        )

    def grid(self, answer: Grid) -> None:
        """Add the categories, each with all items from which some are to be put there."""
        items = [(row.term.name, row.term.text) for row in answer.rows]
        for category in answer.categories:
            field = add(self.presentation, "response_lid", ident=category.name)
            field.set("rcardinality", "Multiple")
            self.text(field, category.text)
            self.labels(field, items)
        self.rules(self.why_list(answer))
        used = [
            (category, [row.term.name for row in answer.rows if row.match.name == category.name])
            for category in answer.categories
        ]
        filled = [(category, names) for category, names in used if names]
        for category, names in filled:
            condition = self.rule()
            for name in names:
                add(condition, "varequal", name, respident=category.name)
            self.then(100 / len(filled), "Add")
        self.lose("the grid in Classic Quizzes", "they leave it out; New Quizzes sort into boxes")
        self.lose(
            "points for what is partly right", "each category that is all right earns a share"
        )

    def essay(self, answer: Essay) -> None:
        """Add room to write; what graders need is shown once the answer was given."""
        self.field()
        self.rules(for_graders(answer))
        self.lose("the rubric", "a table in the feedback, with the model answer, after answering")


def _by_name(part: Part) -> str:
    # Digests: in an order that says nothing of which belongs to what.
    return part.name


def _type(answer: Answer) -> str:
    """Return what Canvas calls the type of *answer*."""
    match answer:
        case Options():
            several = "multiple_answers_question"
            return "multiple_choice_question" if answer.single else several
        case Claim():
            return "true_false_question"
        case Number():
            return "numerical_question"
        case Words():
            return "short_answer_question"
        case Pairs():
            return "matching_question"
        case Sequence():
            return "ordering_question"
        case Grid():
            return "categorization_question"
        case Essay():
            return "essay_question"
        case Talk():
            return "text_only_question"
        case _:
            assert_never(answer)
