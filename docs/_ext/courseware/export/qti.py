"""QTI 2.1 (https://www.imsglobal.org/question/qtiv2p1/imsqti_infov2p1.html), as a content package.

For OpenOlat, OPAL, Inspera and what else reads it; Canvas loses feedback, tolerance and further
answers of it, and gets QTI 1.2 (`canvas`). Points for several parts are those of paper, slip by
slip, but for an order. Items are tried on no importer but are made of the constructs that all know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never
from xml.etree import ElementTree as ET

from .archive import archive
from .decimals import decimal
from .items import Claim, Essay, Grid, Number, Options, Pairs, Sequence, Talk, Words
from .losses import Loss, Made
from .rows import NONE, for_graders, general, reasons, rows
from .sets import lost_before, pictures_of
from .texts import words
from .xmltree import add, document, root

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .items import Answer, Entry, Pair, Part
    from .sets import ExerciseSet
    from .texts import Rich
    from .xmltree import Element

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
PICTURES = "images/"
RESPONSE, SCORE, FEEDBACK, SOLUTION = "RESPONSE", "SCORE", "FEEDBACK", "SOLUTION"
RIGHT, OTHERWISE = "right", "otherwise"
#: What CommonMark's HTML has and the content model of QTI has not (2.1, 7.1).
FOREIGN = ("style", "title", "start")


def qti(exercises: ExerciseSet) -> Made:
    """Return *exercises* as a package with an item for each and a test of all."""
    losses: list[Loss] = []
    files: dict[str, bytes] = {}
    for entry in exercises.entries:
        item = _Item(entry)
        files[f"{entry.id}.xml"] = document(item.item)
        losses += item.losses
    pictures = pictures_of(exercises.entries)
    used = {entry.id: sorted(pictures_of([entry])) for entry in exercises.entries}
    package = {
        "imsmanifest.xml": document(_manifest(exercises, used)),
        f"test-{exercises.name}.xml": document(_test(exercises)),
        **files,
    }
    package |= {f"{PICTURES}{name}": pictures[name].data for name in sorted(pictures)}
    return Made(archive(package), losses)


def _manifest(exercises: ExerciseSet, used: dict[str, list[str]]) -> Element:
    manifest = root("manifest", PACKAGE, identifier=f"manifest-{exercises.name}")
    metadata = add(manifest, "metadata")
    add(metadata, "schema", "QTIv2.1 Package")
    add(metadata, "schemaversion", "1.0.0")
    add(manifest, "organizations")
    resources = add(manifest, "resources")
    place = f"test-{exercises.name}.xml"
    test = add(resources, "resource", identifier="test", type="imsqti_test_xmlv2p1", href=place)
    add(test, "file", href=place)
    for entry in exercises.entries:
        named = f"item-{entry.id}"
        place = f"{entry.id}.xml"
        add(test, "dependency", identifierref=named)
        kind = "imsqti_item_xmlv2p1"
        found = add(resources, "resource", identifier=named, type=kind, href=place)
        add(found, "file", href=place)
        for picture in used[entry.id]:
            add(found, "file", href=f"{PICTURES}{picture}")
    return manifest


def _test(exercises: ExerciseSet) -> Element:
    test = root(
        "assessmentTest", NAMESPACE, identifier=f"test-{exercises.name}", title=exercises.title
    )
    part = add(
        test, "testPart", identifier="part", navigationMode="nonlinear",
        submissionMode="individual",
    )  # fmt: skip
    for at, group in enumerate(exercises.groups, 1):
        section = add(
            part, "assessmentSection", identifier=f"section-{at}", title=group.title, visible="true"
        )
        for entry in group.entries:
            add(section, "assessmentItemRef", identifier=f"item-{entry.id}", href=f"{entry.id}.xml")
    return test


class _Item:
    """One exercise as an item; *losses* says what it lacks."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.losses: list[Loss] = []
        self.item = root(
            "assessmentItem", NAMESPACE, identifier=entry.id, title=entry.title.plain,
            adaptive="false", timeDependent="false",
        )  # fmt: skip
        #: The declaration of the answer, where there is one; then what the item gives.
        self.declared: Element | None = None
        self.feedback: dict[str, Rich] = {}
        self.body = ET.Element("itemBody")
        self.processing = ET.Element("responseProcessing")
        self.flow(add(self.body, "div"), entry.prompt)
        if entry.hints:
            self.lose("hints", "left out")
        self.answer(entry.answer)
        self.finish(general(entry, self.unplaced(entry.answer)))

    def finish(self, solution: Rich) -> None:
        """Put the parts of the item in their order, with the *solution* for all at the end."""
        outcomes = [(SCORE, "float", "single"), (FEEDBACK, "identifier", "multiple")]
        for name, base, cardinality in [*outcomes, (SOLUTION, "identifier", "single")]:
            outcome = add(
                self.item, "outcomeDeclaration", identifier=name, cardinality=cardinality,
                baseType=base,
            )  # fmt: skip
            if name == SCORE:
                outcome.set("normalMaximum", str(self.entry.points))
                add(add(outcome, "defaultValue"), "value", "0")
        self.item.append(self.body)
        if solution.markup:
            given = add(self.processing, "setOutcomeValue", identifier=SOLUTION)
            add(given, "baseValue", "solution", baseType="identifier")
        if len(self.processing):
            self.item.append(self.processing)
        for name, said in self.feedback.items():
            self.modal(FEEDBACK, name, said)
        if solution.markup:
            self.modal(SOLUTION, "solution", solution)

    def modal(self, outcome: str, name: str, said: Rich) -> None:
        """Add feedback that is shown when *outcome* has the value *name*."""
        shown = add(
            self.item, "modalFeedback", outcomeIdentifier=outcome, identifier=name, showHide="show"
        )
        self.flow(shown, said)

    def lose(self, what: str, instead: str) -> None:
        """Note that *what* is lost, and what was done *instead*."""
        self.losses.append(Loss(self.entry.id, what, instead))

    def flow(self, parent: Element, text: Rich) -> None:
        """Add *text* as elements of *parent*."""
        # Well-formed: it is CommonMark's own HTML, written as XML.
        made = ET.fromstring(f"<div>{text.html(PICTURES)}</div>")  # noqa: S314 (our own)
        for element in made.iter():
            for name in FOREIGN:
                element.attrib.pop(name, None)
        parent.text = (parent.text or "") + (made.text or "")
        parent.extend(list(made))
        self.losses += lost_before(self.entry, text)

    def declare(self, cardinality: str, base: str, right: Iterable[str]) -> Element:
        """Declare the answer and what is *right*; return the declaration."""
        self.declared = add(
            self.item, "responseDeclaration", identifier=RESPONSE, cardinality=cardinality,
            baseType=base,
        )  # fmt: skip
        correct = add(self.declared, "correctResponse")
        for value in right:
            add(correct, "value", value)
        return self.declared

    # -- marking

    def condition(self) -> Element:
        """Add a condition to what is done with an answer."""
        return add(self.processing, "responseCondition")

    def gives(self, branch: Element, name: str = "") -> None:
        """Have *branch* give all points, or show the feedback *name*."""
        if name:
            given = add(add(branch, "setOutcomeValue", identifier=FEEDBACK), "multiple")
            add(given, "baseValue", name, baseType="identifier")
        else:
            given = add(branch, "setOutcomeValue", identifier=SCORE)
            add(given, "baseValue", str(self.entry.points), baseType="float")

    def all_or_nothing(self) -> None:
        """Give all points to what is all right."""
        branch = add(self.condition(), "responseIf")
        both = add(branch, "match")
        add(both, "variable", identifier=RESPONSE)
        add(both, "correct", identifier=RESPONSE)
        self.gives(branch)

    def by_slips(self, right: Iterable[str], wrong: Iterable[str]) -> None:
        """Take a point off for each of *right* that is missing, and for each of *wrong* given.

        That is, of n right ones: the points, less n, and 1 for each right one, less 1 for each
        wrong one, and never less than 0.
        """
        assert self.declared is not None
        if self.entry.points <= 1:
            self.all_or_nothing()
            return
        mapping = add(self.declared, "mapping", defaultValue="0")
        names = list(right)
        for name in names:
            add(mapping, "mapEntry", mapKey=name, mappedValue="1")
        for name in wrong:
            add(mapping, "mapEntry", mapKey=name, mappedValue="-1")
        total = add(add(self.processing, "setOutcomeValue", identifier=SCORE), "sum")
        add(total, "mapResponse", identifier=RESPONSE)
        add(total, "baseValue", str(self.entry.points - len(names)), baseType="float")
        branch = add(self.condition(), "responseIf")
        below = add(branch, "lt")
        add(below, "variable", identifier=SCORE)
        add(below, "baseValue", "0", baseType="float")
        given = add(branch, "setOutcomeValue", identifier=SCORE)
        add(given, "baseValue", "0", baseType="float")

    def feedback_by_choice(self, found: Iterable[tuple[str, Rich]], *, single: bool) -> None:
        """Show the feedback to each choice that was made."""
        self.feedback = dict(found)
        place = add(self.processing, "setOutcomeValue", identifier=FEEDBACK)
        home = add(place, "multiple") if single else place
        add(home, "variable", identifier=RESPONSE)

    # -- sorts of answers

    def unplaced(self, answer: Answer) -> Rich:
        """Return the feedback to single parts, where it has no place of its own."""
        match answer:
            case Pairs() | Sequence() | Grid():
                self.lose("feedback to single parts", "it stands in the feedback to all")
                return reasons(rows(answer), "Why")
            case Options() | Claim() | Number() | Words() | Essay() | Talk():
                return NONE
            case _:
                assert_never(answer)

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
                offered = [*(pair.match for pair in answer.pairs), *answer.distractors]
                self.pairs(answer.pairs, offered, "1")
            case Sequence():
                self.steps(answer)
            case Grid():
                self.pairs(answer.rows, answer.categories, "0")
            case Essay():
                self.essay(answer)
            case Talk():
                self.lose("notes for whoever leads the talk", "left out, since students read this")
            case _:
                assert_never(answer)

    def options(self, answer: Options) -> None:
        """Add options, of which the pinned ones keep their places."""
        cardinality = "single" if answer.single else "multiple"
        self.declare(cardinality, "identifier", [each.name for each in answer.keys])
        choice = add(
            self.body, "choiceInteraction", responseIdentifier=RESPONSE,
            shuffle=str(answer.shuffle).lower(), maxChoices=str(int(answer.single)),
        )  # fmt: skip
        for each in answer.options:
            pinned = str(each.pinned).lower()
            self.flow(add(choice, "simpleChoice", identifier=each.name, fixed=pinned), each.text)
        if answer.single:
            self.all_or_nothing()
        else:
            wrong = [each.name for each in answer.options if not each.right]
            self.by_slips([each.name for each in answer.keys], wrong)
        given = [(each.name, each.why) for each in answer.options]
        self.feedback_by_choice(given, single=answer.single)

    def claim(self, answer: Claim) -> None:
        """Add the two answers."""
        self.declare("single", "identifier", [str(answer.answer).lower()])
        choice = add(
            self.body, "choiceInteraction", responseIdentifier=RESPONSE, shuffle="false",
            maxChoices="1",
        )  # fmt: skip
        for said in (True, False):
            name = str(said).lower()
            self.flow(add(choice, "simpleChoice", identifier=name), words(str(said)))
        self.all_or_nothing()
        both = [(str(said).lower(), answer.why(said)) for said in (True, False)]
        self.feedback_by_choice(both, single=True)

    def entry_field(self, length: int) -> None:
        """Add a field to write a few words in."""
        place = add(self.body, "p")
        add(place, "textEntryInteraction", responseIdentifier=RESPONSE, expectedLength=str(length))

    def number(self, answer: Number) -> None:
        """Add a number, and what is said of those that are wrong for a known reason."""
        self.declare("single", "float", [decimal(answer.right.value)])
        self.entry_field(20)
        condition = self.condition()
        for at, near in enumerate((answer.right, *answer.expected)):
            branch = add(condition, "responseElseIf" if at else "responseIf")
            reach = decimal(near.reach)
            same = add(branch, "equal", toleranceMode="absolute", tolerance=f"{reach} {reach}")
            add(same, "variable", identifier=RESPONSE)
            add(same, "baseValue", decimal(near.value), baseType="float")
            self.judged(branch, at, near.why)
        self.otherwise(condition, answer.otherwise)

    def words(self, answer: Words) -> None:
        """Add the forms that are accepted, and those that are wrong for a known reason."""
        self.declare("single", "string", [answer.accepted[0].text])
        self.entry_field(40)
        condition = self.condition()
        found = [[form.text for form in answer.accepted], *([f.text] for f in answer.expected)]
        reasons_ = [answer.accepted[0].why, *(form.why for form in answer.expected)]
        for at, (forms, why) in enumerate(zip(found, reasons_, strict=True)):
            branch = add(condition, "responseElseIf" if at else "responseIf")
            either = add(branch, "or")
            for form in forms:
                same = add(either, "stringMatch", caseSensitive="false")
                add(same, "variable", identifier=RESPONSE)
                add(same, "baseValue", form, baseType="string")
            self.judged(branch, at, why)
        self.otherwise(condition, answer.otherwise)

    def judged(self, branch: Element, at: int, why: Rich) -> None:
        """Have *branch* show *why*; the first of all is what is right."""
        name = f"wrong-{at}" if at else RIGHT
        if not at:
            self.gives(branch)
        self.gives(branch, name)
        self.feedback[name] = why

    def otherwise(self, condition: Element, why: Rich) -> None:
        """Have all other answers show *why*."""
        self.gives(add(condition, "responseElse"), OTHERWISE)
        self.feedback[OTHERWISE] = why

    def pairs(self, pairs: Iterable[Pair], offered: Iterable[Part], most: str) -> None:
        """Add terms and what is *offered*; each of that goes to *most* terms, 0 for any number."""
        found = list(pairs)
        right = [f"{pair.term.name} {pair.match.name}" for pair in found]
        self.declare("multiple", "directedPair", right)
        match = add(
            self.body, "matchInteraction", responseIdentifier=RESPONSE, shuffle="true",
            maxAssociations=str(len(found)),
        )  # fmt: skip
        terms, matches = add(match, "simpleMatchSet"), add(match, "simpleMatchSet")
        for pair in found:
            self.associable(terms, pair.term, "1")
        for each in offered:
            self.associable(matches, each, most)
        self.by_slips(right, ())

    def associable(self, parent: Element, part: Part, most: str) -> None:
        """Add *part* as what is paired, at most so many times."""
        named = add(parent, "simpleAssociableChoice", identifier=part.name, matchMax=most)
        self.flow(named, part.text)

    def steps(self, answer: Sequence) -> None:
        """Add steps."""
        self.declare("ordered", "identifier", [step.name for step in answer.steps])
        order = add(self.body, "orderInteraction", responseIdentifier=RESPONSE, shuffle="true")
        for step in answer.steps:
            self.flow(add(order, "simpleChoice", identifier=step.name), step.text)
        self.all_or_nothing()
        if self.entry.points > 1:
            self.lose("points for an order that is partly right", "all right or nothing")

    def essay(self, answer: Essay) -> None:
        """Add room to write, and what only those who mark it see."""
        add(
            self.item, "responseDeclaration", identifier=RESPONSE, cardinality="single",
            baseType="string",
        )  # fmt: skip
        self.flow(add(self.body, "rubricBlock", view="scorer"), for_graders(answer))
        lines = str(answer.lines)
        add(self.body, "extendedTextInteraction", responseIdentifier=RESPONSE, expectedLines=lines)
        self.lose("the rubric", "a table for those who mark")
