"""Moodle XML (https://docs.moodle.org/en/Moodle_XML_format), as Moodle 4.5 and 5 import it.

Tried on the importer of 4.5. What it punishes: ``ordering`` without ``shownumcorrect`` ends the
whole import; a decimal comma multiplies a number; a fraction that is not on its list rejects the
file; ``*`` in a short answer stands for anything; an element ``text`` that is missing stores an
empty question in silence; and a second import makes every question twice, so the release stands in
the category's name.
"""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, assert_never

from courseware.bank.traits import is_talk

from .decimals import decimal
from .items import Claim, Essay, Grid, Number, Options, Pairs, Sequence, Talk, Words
from .losses import Loss, Made
from .rows import for_graders, general, reasons, rows
from .scoring import apart, share, slip
from .sets import lost_before
from .texts import words
from .xmltree import add, document, root

if TYPE_CHECKING:
    from .items import Answer, Entry, Pair
    from .sets import ExerciseSet
    from .texts import Rich
    from .xmltree import Element

PLUGIN = "@@PLUGINFILE@@/"
#: What a try after the first costs, where a quiz allows several: Moodle's own default.
PENALTY = "0.3333333"
#: What the name of an ordering may have (question/type/ordering, fix_questionname).
LONGEST = 42


def moodle(exercises: ExerciseSet) -> Made:
    """Return *exercises* as a file for "Import" in a Moodle question bank."""
    quiz = root("quiz")
    losses: list[Loss] = []
    for group in exercises.groups:
        _category(quiz, [exercises.course, exercises.title, group.title])
        for entry in group.entries:
            losses += _Question(quiz, entry).losses
    return Made(document(quiz), losses)


def _category(quiz: Element, path: list[str]) -> None:
    question = add(quiz, "question", type="category")
    # A slash parts categories; two of them are one that is meant.
    names = "/".join(name.replace("/", "//") for name in path)
    _text(question, "category", f"$course$/top/{names}")


def _text(parent: Element, tag: str, text: str) -> None:
    """Add a text without marks, which has an element of its own within *tag*."""
    add(add(parent, tag), "text", text)


class _Question:
    """One question, written at the end of *quiz*; *losses* says what it lacks then."""

    def __init__(self, quiz: Element, entry: Entry) -> None:
        self.entry = entry
        self.losses: list[Loss] = []
        self.element = add(quiz, "question", type=_type(entry.answer))
        _text(self.element, "name", entry.title.plain)
        self.html("questiontext", entry.prompt)
        self.html("generalfeedback", self.general(entry.answer))
        add(self.element, "defaultgrade", str(entry.points))
        if not is_talk(entry.exercise):
            add(self.element, "penalty", PENALTY)
        add(self.element, "hidden", "0")
        add(self.element, "idnumber", entry.id)
        self.answer(entry.answer)
        self.hints()
        tags = add(self.element, "tags")
        for tag in entry.tags:
            _text(tags, "tag", tag)

    def lose(self, what: str, instead: str) -> None:
        """Note that *what* is lost, and what was done *instead*."""
        self.losses.append(Loss(self.entry.id, what, instead))

    def html(self, tag: str, text: Rich, parent: Element | None = None) -> Element:
        """Add *text* as HTML with its pictures in an element *tag*, and return that."""
        home = self.element if parent is None else parent
        element = add(home, tag, format="html")
        add(element, "text", text.html(PLUGIN))
        for picture in text.pictures:
            data = b64encode(picture.data).decode("ascii")
            add(element, "file", data, name=picture.name, path="/", encoding="base64")
        self.losses += lost_before(self.entry, text)
        return element

    def general(self, answer: Answer) -> Rich:
        """Return the feedback to all, with the reasons that have no place of their own."""
        match answer:
            case Pairs() | Sequence() | Grid():
                self.lose("feedback to single parts", "it stands in the general feedback")
                return general(self.entry, reasons(rows(answer), "Why"))
            case Options() | Claim() | Number() | Words() | Essay() | Talk():
                return general(self.entry)
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
                distractors = [each.text for each in answer.distractors]
                self.matching(answer.pairs, distractors, "true")
            case Grid():
                self.grid(answer)
            case Sequence():
                self.steps(answer)
            case Essay():
                self.essay(answer)
            case Talk():
                self.lose("notes for whoever leads the talk", "left out, since students read this")
            case _:
                assert_never(answer)

    def options(self, answer: Options) -> None:
        """Add options; of several right ones each earns its share, and a wrong one costs a slip."""
        add(self.element, "single", str(answer.single).lower())
        add(self.element, "shuffleanswers", str(answer.may_move).lower())
        add(self.element, "answernumbering", "abc")
        if answer.shuffle and answer.pinned:
            self.lose("an option that keeps its place", "no option of the exercise is shuffled")
        right, wrong = (
            (100.0, 0.0) if answer.single else (share(len(answer.keys)), -slip(self.entry.points))
        )
        for each in answer.options:
            self.choice(each.text, right if each.right else wrong, each.why, "html")
        if not answer.single and (said := apart(self.entry, len(answer.keys))):
            self.lose("points for what is partly right", f"{said}; a wrong tick costs 1 point")
        self.combined()

    def claim(self, answer: Claim) -> None:
        """Add the two answers, whose words stay English; the right one first, as Moodle does."""
        for said in (answer.answer, not answer.answer):
            percent = 100 * (said is answer.answer)
            self.choice(str(said).lower(), percent, answer.why(said), "moodle_auto_format")

    def choice(self, text: Rich | str, percent: float, why: Rich, form: str) -> Element:
        """Add an answer that earns *percent*, with its feedback, and return it."""
        if isinstance(text, str):
            element = add(self.element, "answer", fraction=decimal(percent), format=form)
            add(element, "text", text)
        else:
            element = self.html("answer", text)
            element.set("fraction", decimal(percent))
        self.html("feedback", why, element)
        return element

    def number(self, answer: Number) -> None:
        """Add the number, those that are wrong for a known reason, and all others."""
        for near, percent in [(answer.right, 100), *((each, 0) for each in answer.expected)]:
            element = self.choice(decimal(near.value), percent, near.why, "moodle_auto_format")
            add(element, "tolerance", decimal(near.reach))
        other = self.choice("*", 0, answer.otherwise, "moodle_auto_format")
        add(other, "tolerance", "0")
        add(self.element, "unitgradingtype", "0")
        add(self.element, "unitpenalty", "0.1")
        # Nobody is asked for a unit: the question says it.
        add(self.element, "showunits", "3")
        add(self.element, "unitsleft", "0")

    def words(self, answer: Words) -> None:
        """Add what is accepted and what is expected, in which a star is a star."""
        add(self.element, "usecase", "0")
        for forms, percent in ((answer.accepted, 100), (answer.expected, 0)):
            for form in forms:
                text = form.text.replace("*", "\\*")
                self.choice(text, percent, form.why, "moodle_auto_format")
        self.choice("*", 0, answer.otherwise, "moodle_auto_format")

    def matching(self, pairs: tuple[Pair, ...], distractors: list[Rich], shuffle: str) -> None:
        """Add *pairs*; *distractors* are answers without a question."""
        add(self.element, "shuffleanswers", shuffle)
        found = [(pair.term.text, pair.match.text) for pair in pairs]
        for text, match in [*found, *((words(""), each) for each in distractors)]:
            question = self.html("subquestion", text)
            _text(question, "answer", match.plain)
        if any(match.is_formatted for _, match in found):
            self.lose("emphasis, links and pictures in matches", "plain text")
        if said := apart(self.entry, len(pairs)):
            self.lose("points for what is partly right", said)
        self.combined()

    def grid(self, answer: Grid) -> None:
        """Add a grid as terms that share matches; categories without an item match nothing."""
        self.lose("the grid", "a menu of categories for each item")
        used = {row.match.name for row in answer.rows}
        empty = [each.text for each in answer.categories if each.name not in used]
        self.matching(answer.rows, empty, "true")

    def steps(self, answer: Sequence) -> None:
        """Add steps, all of which are shown and judged by their places."""
        whole = self.entry.points == 1
        if len(self.entry.title.plain) > LONGEST:
            self.lose("the end of the title", f"Moodle cuts it after {LONGEST} letters")
        add(self.element, "layouttype", "VERTICAL")
        add(self.element, "selecttype", "ALL")
        add(self.element, "selectcount", str(len(answer.steps)))
        add(self.element, "gradingtype", "ALL_OR_NOTHING" if whole else "ABSOLUTE_POSITION")
        add(self.element, "showgrading", "SHOW")
        add(self.element, "numberingstyle", "none")
        for at, step in enumerate(answer.steps, 1):
            self.html("answer", step.text).set("fraction", str(at))
        if not whole:
            said = "on paper two boxes that differ are one slip of 1 point; here each place earns "
            self.lose("points for what is partly right", f"{said}an equal share")
        self.combined()

    def essay(self, answer: Essay) -> None:
        """Add room to write, and for graders the model answer and the rubric."""
        add(self.element, "responseformat", "editor")
        add(self.element, "responserequired", "1")
        add(self.element, "responsefieldlines", str(answer.lines))
        add(self.element, "attachments", "0")
        add(self.element, "attachmentsrequired", "0")
        self.html("graderinfo", for_graders(answer))
        self.html("responsetemplate", words(""))
        self.lose("the rubric", "a table in the notes for graders")

    def combined(self) -> None:
        """Add the feedback to what is right, partly right and wrong as a whole: the bank has none.

        Empty it must be there: without it, the importer of Moodle ends at an ordering.
        """
        for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
            self.html(tag, words(""))
        add(self.element, "shownumcorrect", "1")

    def hints(self) -> None:
        """Add the hints, which a quiz with several tries shows one after the other."""
        hints = self.entry.hints
        match self.entry.answer:
            case Options() | Number() | Words() | Pairs() | Sequence() | Grid():
                for hint in hints:
                    self.html("hint", hint)
            case Claim() | Essay() | Talk():
                if hints:
                    self.lose("hints", "left out; this type has none in Moodle")
            case _:
                assert_never(self.entry.answer)


def _type(answer: Answer) -> str:
    """Return what Moodle calls the type of *answer*."""
    match answer:
        case Options():
            return "multichoice"
        case Claim():
            return "truefalse"
        case Number():
            return "numerical"
        case Words():
            return "shortanswer"
        case Pairs() | Grid():
            return "matching"
        case Sequence():
            return "ordering"
        case Essay():
            return "essay"
        case Talk():
            return "description"
        case _:
            assert_never(answer)
