"""The JSON Schema of a bank file (draft 2020-12), by which editors complete and check."""

from __future__ import annotations

import json
from typing import Any

from .model import BankText


def bank_schema() -> str:
    """Return the schema as JSON text, the same for the same model."""
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **BankText.model_json_schema(),
        "title": "A bank of exercises",
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
