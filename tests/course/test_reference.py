"""The reference of exercises and papers says what the model does; its examples are good."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from banks import COUNTING, ids, raw, written
from courseware.bank.load import (
    Bank,
    check_references,
    load_bank,
    load_bank_file,
    load_misconceptions,
)
from courseware.bank.model import (
    TYPES,
    BankText,
    BaseExercise,
)
from courseware.bank.rules import Severity, check_bank, rule_table
from courseware.bank.select import Question
from courseware.data.ledger import load_ledger
from courseware.data.outcomes import load_outcomes
from courseware.sheets.marking import for_teachers
from jsonschema import Draft202012Validator
from ours import DATA, EXERCISES, SETTINGS
from pydantic import BaseModel

if TYPE_CHECKING:
    from courseware.bank.model import TypeName


from typing import TYPE_CHECKING

from courseware.bank.assignments import (
    AssignmentText,
    DrawnItem,
    NamedItem,
    Pick,
    load_assignment,
)
from courseware.bank.select import (
    resolve,
)
from courseware.bank.versions import versions_of

if TYPE_CHECKING:
    from pathlib import Path


README = EXERCISES / "README.md"
MODELINE = "# yaml-language-server: $schema=../assignments.schema.json\n"

pytestmark = pytest.mark.skipif(
    not README.is_file(), reason="speaks of exercises/README.md, which this course has not"
)


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """Return what an editor checks a bank file with."""
    schema = json.loads((EXERCISES / "schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.fixture(scope="module")
def assignment_validator() -> Draft202012Validator:
    """Return what an editor checks an assignment with."""
    schema = json.loads((EXERCISES / "assignments.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


# ---- the reference ---------------------------------------------------------------------------


def sections() -> dict[str, str]:
    """Return the parts of the reference by their headings."""
    parts = re.split(r"^#{2,3} (.+)$", README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def examples(text: str) -> list[str]:
    """Return the examples in *text*."""
    return re.findall(r"^```yaml\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def type_sections() -> dict[str, str]:
    """Return the sections that explain a type, by the type that their example has."""
    found: dict[str, str] = {}
    for text in sections().values():
        for example in examples(text):
            if named := re.search(r"^  type: (.+)$", example, re.MULTILINE):
                found[named[1]] = text
    return found


def rows(text: str) -> dict[str, str]:
    """Return the fields in the table of *text*, with what is said of each."""
    return dict(re.findall(r"^\| `([^`]+)` \| (.+) \|$", text, re.MULTILINE))


def fields(model: type[BaseModel], prefix: str = "") -> dict[str, bool]:
    """Return the fields of *model* and of its parts, and whether each may be left out."""
    found: dict[str, bool] = {}
    for name, field in model.model_fields.items():
        found[f"{prefix}{name}"] = not field.is_required()
        for part in getattr(field.annotation, "__args__", ()):
            if isinstance(part, type) and issubclass(part, BaseModel):
                found |= fields(part, f"{prefix}{name}[].")
    return found


def test_reference_has_an_example_of_each_type(
    tmp_path: Path, validator: Draft202012Validator
) -> None:
    head, *items = examples(README.read_text(encoding="utf-8"))
    assert re.findall(r"^  type: (.+)$", "".join(items), re.MULTILINE) == list(TYPES)
    path = tmp_path / f"{BankText.model_validate(raw(head)).chapter}.yml"
    path.write_text(head.replace(" []", "\n") + "".join(items), encoding="utf-8")
    assert validator.is_valid(raw(path.read_text(encoding="utf-8")))
    bank = Bank([load_bank_file(path)])
    assert {type(each) for each in bank.files[0].exercises} == set(TYPES.values())
    ledger, outcomes = (
        load_ledger(DATA / "ledger.yml", SETTINGS),
        load_outcomes(DATA / "outcomes.yml"),
    )
    check_references(bank, ledger, outcomes, load_misconceptions(EXERCISES / "misconceptions.yml"))
    # They are to be copied, so each keeps the rules; ten make no chapter, so the set does not.
    found = check_bank(bank, ledger, outcomes, SETTINGS)
    of_items = [each for each in found if not re.match(r"S|Q25", each.rule)]
    assert [str(each) for each in of_items if each.severity is Severity.ERROR] == []


def test_reference_names_what_every_file_has() -> None:
    expected = {"chapter": False, "language": True, "exercises": False}
    assert {name: name == "language" for name in BankText.model_fields} == expected
    found = rows(sections()["A bank file"])
    assert {name: "optional" in text for name, text in found.items()} == expected


def test_reference_names_what_every_exercise_has() -> None:
    expected = fields(BaseExercise) | {"type": False, "solution": False}
    found = rows(sections()["What every exercise has"])
    assert {name: text.startswith("optional") for name, text in found.items()} == expected


@pytest.mark.parametrize("name", TYPES)
def test_reference_names_the_fields_of_each_type(name: TypeName) -> None:
    common = {*BaseExercise.model_fields, "type", "solution"}
    expected = {
        field: left_out
        for field, left_out in fields(TYPES[name]).items()
        if field.partition("[")[0] not in common
    }
    found = rows(type_sections()[name])
    assert {field: text.startswith("optional") for field, text in found.items()} == expected


def test_reference_has_the_rules() -> None:
    table = "| rule | | what it asks |\n|---|---|---|\n"
    table += "".join(f"| {name} | {mark} | {text} |\n" for name, mark, text in rule_table())
    written = sections()["The item-writing rules"]
    assert written.endswith(f"\n\n{table}"), f"put this table at the end of {README}:\n\n{table}"


def test_reference_has_the_rules_of_marking() -> None:
    exercises = load_bank(COUNTING.parent).by_id.values()
    asked = [Question(each, points) for each in exercises for points in (1, 2)]
    rules = "".join(f"- {rule}\n" for rule in for_teachers(asked))
    written = sections()["Points, and answers that are partly right"]
    assert f"\n\n{rules}\n" in written, f"put this list into {README}:\n\n{rules}"


# ---- the reference -----------------------------------------------------------------------------


def assignment_tables() -> list[dict[str, str]]:
    """Return the fields in each table of the section, with what is said of each."""
    parts = re.split(r"^\| field \|.*$", sections()["Assignments"], flags=re.MULTILINE)
    return [rows(part) for part in parts[1:]]


def test_reference_names_every_field_of_an_assignment() -> None:
    whole = {name: not each.is_required() for name, each in AssignmentText.model_fields.items()}
    conditions = {f"choose.{name}": left_out for name, left_out in fields(Pick).items()}
    expected = [whole, fields(NamedItem), fields(DrawnItem) | conditions]
    found = [
        {name: text.startswith("optional") for name, text in table.items()}
        for table in assignment_tables()
    ]
    assert found == expected


def test_example_of_the_reference_is_good(
    tmp_path: Path, assignment_validator: Draft202012Validator
) -> None:
    [text] = re.findall(r"^```yml\n(.*?)^```$", sections()["Assignments"], re.DOTALL | re.MULTILINE)
    assert text.startswith(MODELINE)
    assert assignment_validator.is_valid(raw(text))
    assignment = load_assignment(written(tmp_path, text, "quiz-law.yml"))
    bank = load_bank(EXERCISES / "bank")
    first_name, *_ = named = re.findall(r"exercise: (\S+)", text)
    if not set(named) <= bank.by_id.keys():
        pytest.skip("the example speaks of exercises that this course has not")
    paper = resolve(assignment, bank)
    assert len(paper.questions) == 5
    # It is a real choice: another seed gives another.
    other = written(tmp_path, text.replace("autumn-2027", "autumn-2028"))
    assert ids(resolve(load_assignment(other), bank).questions) != ids(paper.questions)
    first, second = versions_of(paper)
    assert ids(first.questions)[0] == ids(second.questions)[0] == first_name
    assert ids(first.questions) != ids(second.questions)
