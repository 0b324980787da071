"""Files for learning management systems, read back with other means than those that wrote them.

Each reader returns the questions of a file by id: what is asked, what is right, all that is said.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from xml.dom.minidom import parseString
from zipfile import ZipFile

from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.dom.minidom import Element

#: Rows of a key: what is said or shown, and what it is.
Key = frozenset[tuple[str, str]]


@dataclass
class Question:
    """A question as a system has it: all texts are what a reader sees, spaces as one."""

    prompt: str
    points: float | None = None
    #: Part and what it is; what is wrong has "wrong", what is right "right".
    key: set[tuple[str, str]] = field(default_factory=set)
    #: All that is said of the question anywhere.
    said: str = ""
    #: How far off each number may be.
    reach: dict[str, float] = field(default_factory=dict)
    #: What each part earns, in percent.
    earns: dict[str, float] = field(default_factory=dict)
    pictures: set[str] = field(default_factory=set)
    kind: str = ""


def seen(html: str) -> str:
    """Return what a reader sees of *html*."""
    return folded(BeautifulSoup(html, "html.parser").get_text(" "))


def folded(text: str) -> str:
    """Return *text* with single spaces, none before a mark, and without bars between cells."""
    return re.sub(r" (?=[.,;:?!)’])", "", " ".join(text.replace(" | ", " ").split()))


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files in an archive, by their names."""
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


# -- XML


def tree_of(data: bytes) -> Element:
    """Return the root of the XML in *data*."""
    tree = parseString(data).documentElement
    assert tree is not None
    return tree


def kids(element: Element, *tags: str) -> list[Element]:
    """Return the elements below *element* that the path *tags* leads to."""
    found = [element]
    for tag in tags:
        found = [
            child
            for each in found
            for child in each.childNodes
            if child.nodeType == child.ELEMENT_NODE and child.tagName == tag
        ]
    return found


def own(element: Element) -> str:
    """Return the text of *element* itself."""
    return "".join(child.data for child in element.childNodes if child.nodeType == child.TEXT_NODE)


def text_at(element: Element, *tags: str) -> str:
    """Return the text of the one element that the path *tags* leads to."""
    [found] = kids(element, *tags)
    return own(found)


# -- Moodle


def moodle(data: bytes) -> dict[str, Question]:
    """Read Moodle XML."""
    tree = tree_of(data)
    assert tree.tagName == "quiz"
    questions = {}
    for element in kids(tree, "question"):
        if element.getAttribute("type") != "category":
            name = text_at(element, "idnumber")
            assert name not in questions
            questions[name] = _moodle_question(element)
    return questions


def _moodle_question(element: Element) -> Question:
    kind = element.getAttribute("type")
    texts = [own(each) for each in element.getElementsByTagName("text")]
    found = Question(
        seen(text_at(element, "questiontext", "text")),
        float(text_at(element, "defaultgrade")),
        said=folded(" ".join(map(seen, texts))),
        kind=kind,
        pictures={each.getAttribute("name") for each in element.getElementsByTagName("file")},
    )
    answers = kids(element, "answer")
    for at, answer in enumerate(answers, 1):
        said = own(kids(answer, "text")[0])
        percent = float(answer.getAttribute("fraction"))
        match kind:
            case "ordering":
                found.key.add((seen(said), str(at)))
                continue
            case "shortanswer":
                if said == "*":
                    continue
                assert re.fullmatch(r"(?:[^*]|\\\*)*", said), "a star stands for anything"
                said = said.replace("\\*", "*")
            case "numerical":
                if said == "*":
                    continue
                found.reach[said] = float(text_at(answer, "tolerance"))
            case "truefalse":
                said = said.capitalize()
            case _:
                said = seen(said)
        found.key.add((said, "right" if percent > 0 else "wrong"))
        found.earns[said] = percent
    for question in kids(element, "subquestion"):
        found.key.add((seen(own(kids(question, "text")[0])), text_at(question, "answer", "text")))
    return found


# -- Canvas


def canvas(data: bytes) -> dict[str, Question]:
    """Read a package of QTI 1.2 as Canvas has it, and check that all in it is there."""
    files = unpacked(data)
    manifest = tree_of(files["imsmanifest.xml"])
    names = [each.getAttribute("href") for each in manifest.getElementsByTagName("file")]
    assert sorted([*names, "imsmanifest.xml"]) == sorted(files)
    ids = [each.getAttribute("identifier") for each in manifest.getElementsByTagName("resource")]
    assert len(set(ids)) == len(ids)
    [quiz] = [n for n in files if n.endswith(".xml") and "/" in n and "meta" not in n]
    tree = tree_of(files[quiz])
    questions = {}
    for item in tree.getElementsByTagName("item"):
        name = item.getAttribute("ident")
        assert name not in questions
        questions[name] = _canvas_question(item, files)
    return questions


def _canvas_question(item: Element, files: dict[str, bytes]) -> Question:
    meta = {text_at(each, "fieldlabel"): text_at(each, "fieldentry")
            for each in item.getElementsByTagName("qtimetadatafield")}  # fmt: skip
    texts = [own(each) for each in item.getElementsByTagName("mattext")]
    pictures = {
        found for text in texts for found in re.findall(r'\$IMS-CC-FILEBASE\$/([^"]*)', text)
    }
    assert pictures <= files.keys()
    kind = meta["question_type"]
    [prompt] = kids(item, "presentation", "material", "mattext")
    found = Question(
        seen(own(prompt)), float(meta["points_possible"]), kind=kind,
        pictures={each.rpartition("/")[2] for each in pictures},
    )  # fmt: skip
    labels = {}
    for label in item.getElementsByTagName("response_label"):
        shown = kids(label, "material", "mattext")
        labels[label.getAttribute("ident")] = seen(own(shown[0])) if shown else ""
    shown_names = {
        each.getAttribute("linkrefid") for each in item.getElementsByTagName("displayfeedback")
    }
    given = {each.getAttribute("ident") for each in item.getElementsByTagName("itemfeedback")}
    assert shown_names == given, "feedback that nothing shows"
    fields = {
        each.getAttribute("ident"): each for each in item.getElementsByTagName("response_lid")
    }
    leads = {name: seen(own(shown[0])) for name, each in fields.items()
             if (shown := kids(each, "material", "mattext"))}  # fmt: skip
    found.said = folded(" ".join([item.getAttribute("title"), *map(seen, texts)]))
    for rule in item.getElementsByTagName("respcondition"):
        if kids(rule, "setvar"):
            _canvas_rule(rule, found, labels, leads)
    rights = {part for part, key in found.key if key == "right"}
    if kind in {"multiple_choice_question", "multiple_answers_question", "true_false_question"}:
        found.key |= {(text, "wrong") for text in labels.values() if text not in rights}
    if kind == "matching_question":
        used = {match for _, match in found.key}
        found.key |= {("", text) for text in labels.values() if text not in used}
    return found


def _canvas_rule(
    rule: Element, found: Question, labels: dict[str, str], leads: dict[str, str]
) -> None:
    [condition] = kids(rule, "conditionvar")
    if found.kind == "ordering_question":
        steps = kids(condition, "varequal")
        found.key |= {(labels[own(each)], str(at)) for at, each in enumerate(steps, 1)}
        return
    if found.kind == "numerical_question":
        value = text_at(condition, "or", "varequal")
        low = float(text_at(condition, "or", "and", "vargte"))
        high = float(text_at(condition, "or", "and", "varlte"))
        assert abs((low + high) / 2 - float(value)) < 1e-9
        found.key.add((value, "right"))
        found.reach[value] = (high - low) / 2
        return
    for each in [*kids(condition, "varequal"), *kids(condition, "and", "varequal")]:
        said = own(each)
        lead = leads.get(each.getAttribute("respident"))
        match found.kind:
            case "short_answer_question":
                found.key.add((said, "right"))
            case "matching_question":
                assert lead is not None
                found.key.add((lead, labels[said]))
            case "categorization_question":
                assert lead is not None
                found.key.add((labels[said], lead))
            case _:
                found.key.add((labels[said], "right"))


# -- CSV


def table(data: bytes) -> dict[str, Question]:
    """Read the table of all that the bank knows."""
    rows = list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    return {row["id"]: _table_question(row) for row in rows}


def _table_question(row: dict[str, str]) -> Question:
    found = Question(
        folded(f"{row['context']} {row['question']}"), float(row["points"]),
        said=folded(" ".join(row.values())), kind=row["type"],
    )  # fmt: skip
    for at in range(1, 100):
        part, key = row.get(f"part_{at}", ""), row.get(f"key_{at}", "")
        if (part or key) and not part.startswith("any other") and row["type"] != "open":
            value, _, reach = part.partition(" ± ")
            if row["type"] == "numeric" and reach:
                found.reach[value] = float(reach)
            found.key.add((folded(value if row["type"] == "numeric" else part), key))
    return found


# -- QTI 2.1


def qti(data: bytes) -> dict[str, Question]:
    """Read a package of QTI 2.1, and check that its parts lead to each other."""
    files = unpacked(data)
    manifest = tree_of(files["imsmanifest.xml"])
    resources = manifest.getElementsByTagName("resource")
    names = {each.getAttribute("href") for each in manifest.getElementsByTagName("file")}
    assert {*names, "imsmanifest.xml"} == files.keys()
    ids = [each.getAttribute("identifier") for each in resources]
    assert len(set(ids)) == len(ids)
    [test] = [name for name in files if name.startswith("test-")]
    references = tree_of(files[test]).getElementsByTagName("assessmentItemRef")
    asked = [each.getAttribute("href") for each in references]
    return {name.removesuffix(".xml"): _qti_question(tree_of(files[name]), files) for name in asked}


def _qti_question(item: Element, files: dict[str, bytes]) -> Question:
    [body] = kids(item, "itemBody")
    pictures = {each.getAttribute("src") for each in item.getElementsByTagName("img")}
    assert pictures <= files.keys()
    points = {each.getAttribute("identifier"): each.getAttribute("normalMaximum")
              for each in kids(item, "outcomeDeclaration")}["SCORE"]  # fmt: skip
    texts = [item.getAttribute("title"), *map(_within, [body, *kids(item, "modalFeedback")])]
    found = Question(
        folded(_within(kids(body, "div")[0])), float(points), said=folded(" ".join(texts)),
        pictures={each.rpartition("/")[2] for each in pictures},
    )  # fmt: skip
    parts = {each.getAttribute("identifier"): folded(_within(each))
             for tag in ("simpleChoice", "simpleAssociableChoice")
             for each in body.getElementsByTagName(tag)}  # fmt: skip
    rights = [own(each) for each in kids(item, "responseDeclaration", "correctResponse", "value")]
    if body.getElementsByTagName("matchInteraction"):
        pairs = [value.split() for value in rights]
        found.key = {(parts[term], parts[match]) for term, match in pairs}
        used = {name for pair in pairs for name in pair}
        sole = [each for each in body.getElementsByTagName("simpleAssociableChoice")
                if each.getAttribute("matchMax") == "1"]  # fmt: skip
        names = {each.getAttribute("identifier") for each in sole}
        found.key |= {("", parts[name]) for name in names - used}
    elif body.getElementsByTagName("orderInteraction"):
        found.key = {(parts[name], str(at)) for at, name in enumerate(rights, 1)}
    elif parts:
        found.key = {(text, "right" if name in rights else "wrong") for name, text in parts.items()}
    else:
        for branch in [
            *item.getElementsByTagName("responseIf"),
            *item.getElementsByTagName("responseElseIf"),
        ]:
            key = "right" if branch.tagName == "responseIf" else "wrong"
            for same in branch.getElementsByTagName("stringMatch"):
                found.key.add((text_at(same, "baseValue"), key))
            for same in branch.getElementsByTagName("equal"):
                value = text_at(same, "baseValue")
                found.key.add((value, key))
                found.reach[value] = float(same.getAttribute("tolerance").split()[0])
    mapped = item.getElementsByTagName("mapEntry")
    found.earns = {
        parts.get(each.getAttribute("mapKey"), each.getAttribute("mapKey")): float(
            each.getAttribute("mappedValue")
        )
        for each in mapped
    }
    return found


def _within(element: Element) -> str:
    """Return all text in *element* and below."""
    return " ".join(
        child.data if child.nodeType == child.TEXT_NODE else _within(child)
        for child in element.childNodes
        if child.nodeType in {child.TEXT_NODE, child.ELEMENT_NODE}
    )


# -- text and tables


def blackboard(data: bytes) -> dict[str, Question]:
    """Read a text to upload to Blackboard; it has no ids, so questions go by their words."""
    questions: dict[str, Question] = {}
    text = data.decode()
    assert text.endswith("\r\n")
    for line in text.removesuffix("\r\n").split("\r\n"):
        kind, asked, *fields = line.split("\t")
        # Rows of a table stand in one line here, with semicolons between them.
        said = folded(" ".join([asked, *fields]))
        found = Question(folded(asked), kind=kind, said=f"{said} {said.replace(';', '')}")
        match kind:
            case "MC" | "MA":
                keys = {"correct": "right", "incorrect": "wrong"}
                pairs = zip(fields[::2], fields[1::2], strict=True)
                found.key = {(folded(part), keys[key]) for part, key in pairs}
            case "TF":
                right = {"true": "True", "false": "False"}[fields[0]]
                found.key = {(each, "right" if each == right else "wrong")
                             for each in ("True", "False")}  # fmt: skip
            case "NUM":
                found.key = {(fields[0], "right")}
                found.reach[fields[0]] = float(fields[1]) if fields[1:] else 0.0
            case "FIB":
                found.key = {(field, "right") for field in fields}
            case "MAT":
                found.key = set(zip(fields[::2], fields[1::2], strict=True))
            case "ORD":
                found.key = {(field, str(at)) for at, field in enumerate(fields, 1)}
            case _:
                assert kind == "ESS"
        assert all(field.strip() for field in fields)
        questions[found.prompt] = found
    return questions


def brightspace(data: bytes) -> dict[str, Question]:
    """Read a file for the question library of Brightspace."""
    questions: dict[str, Question] = {}
    rows = list(csv.reader(StringIO(data.decode(), newline=""), strict=True))
    assert {len(row) for row in rows} == {5}
    found, choices = Question(""), dict[str, str]()
    for head, *cells in rows:
        found.said = folded(" ".join([found.said, *map(seen, cells)]))
        if head == "NewQuestion":
            found, choices = Question("", kind=cells[0]), {}
        elif head == "ID":
            assert cells[0] not in questions
            questions[cells[0]] = found
        elif head == "QuestionText":
            found.prompt = seen(cells[0])
        elif head == "Points":
            found.points = float(cells[0])
        elif head in {"Choice", "Match"}:
            _brightspace_pair(found, choices, head, cells)
        else:
            _brightspace_row(found, head, cells)
    return questions


def _brightspace_pair(
    found: Question, choices: dict[str, str], head: str, cells: list[str]
) -> None:
    number, text = cells[0], seen(cells[1])
    if head == "Choice":
        choices[number] = text
        found.key.add(("", text))
    else:
        found.key -= {("", choices[number])}
        found.key.add((text, choices[number]))


def _brightspace_row(found: Question, head: str, cells: list[str]) -> None:
    match head:
        case "Option":
            found.key.add((seen(cells[1]), "right" if float(cells[0]) > 0 else "wrong"))
        case "TRUE" | "FALSE":
            found.key.add((head.capitalize(), "right" if cells[0] == "100" else "wrong"))
        case "Answer":
            found.key.add((cells[1], "right"))
        case "Item":
            found.key.add((seen(cells[0]), str(1 + len(found.key))))
        case _:
            others = {"", "Title", "Difficulty", "Hint", "Feedback", "Scoring"}
            assert head in others | {"InputBox", "AnswerKey", "InitialText"}


# -- Anki


@dataclass(frozen=True)
class Note:
    """A note of a deck: its name for Anki, when it was changed, and its fields."""

    guid: str
    mod: int
    fields: dict[str, str]


def deck(data: bytes) -> tuple[list[Note], set[str]]:
    """Read a deck for Anki; return its notes and the names of its parts."""
    files = unpacked(data)
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(files["collection.anki2"])
        [(models, decks)] = base.execute("SELECT models, decks FROM col").fetchall()
        names = {number: [each["name"] for each in model["flds"]]
                 for number, model in json.loads(models).items()}  # fmt: skip
        rows = base.execute("SELECT guid, mid, mod, flds FROM notes ORDER BY id").fetchall()
        [(cards,)] = base.execute("SELECT count(*) FROM cards WHERE nid IN (SELECT id FROM notes)")
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert cards == len(rows)
    notes = [
        Note(guid, mod, dict(zip(names[str(mid)], fields.split("\x1f"), strict=True)))
        for guid, mid, mod, fields in rows
    ]
    return notes, {each["name"] for each in json.loads(decks).values()} - {"Default"}


#: The reader of each format, by the format's name.
READERS: dict[str, Callable[[bytes], dict[str, Question]]] = {
    "moodle": moodle,
    "canvas": canvas,
    "csv": table,
    "qti": qti,
    "blackboard": blackboard,
    "brightspace": brightspace,
}


def readable(data: bytes) -> Iterator[str]:
    """Yield a file as text, archives file by file, to be compared with one that was kept."""
    if not data.startswith(b"PK"):
        # Line ends are seen, and survive what Git does to them.
        yield data.decode().replace("\r", "␍")
        return
    for name, content in unpacked(data).items():
        yield f"==== {name}\n"
        if content.startswith(b"SQLite format 3"):
            with closing(sqlite3.connect(":memory:")) as base:
                base.deserialize(content)
                yield from (f"{line}\n" for line in base.iterdump())
        else:
            yield content.decode("utf-8", errors="replace")
