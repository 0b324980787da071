"""The JSON Schemas (draft 2020-12) by which editors complete and check what authors write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from courseware.data.settings import Settings

from .assignments import AssignmentText
from .model import BankText

if TYPE_CHECKING:
    from pydantic import BaseModel


def bank_schema() -> str:
    """Return the schema of a bank file as JSON text, the same for the same model."""
    return _schema(BankText, "A bank of exercises")


def assignment_schema() -> str:
    """Return the schema of an assignment as JSON text, the same for the same model."""
    return _schema(AssignmentText, "An assignment")


def course_schema() -> str:
    """Return the schema of ``course.yml`` as JSON text, the same for the same model."""
    return _schema(Settings, "A course")


#: The file beside ``course.yml``.
COURSE_SCHEMA = "course.schema.json"
#: The files in the folder of the exercises, and what each of them holds.
SCHEMAS = {"schema.json": bank_schema, "assignments.schema.json": assignment_schema}


def _schema(model: type[BaseModel], title: str) -> str:
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **model.model_json_schema(),
        "title": title,
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
