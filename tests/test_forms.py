"""Accepted forms of an answer in few words."""

from __future__ import annotations

import pytest
from courseware.sheets.forms import compact, expanded, patterns

FORMS = {
    "rate(s)": ["rate", "rates"],
    "(the) rate(s)": ["rate", "rates", "the rate", "the rates"],
    "theory/theories of change": ["theory of change", "theories of change"],
    "bottom, denominator": ["bottom", "denominator"],
    "(a/one) count": ["count", "a count", "one count"],
    # Joined, these would stand for "a slow rate" and "the count" as well.
    "a rate, the rate of theft": ["a rate", "the rate of theft"],
    "the slow count, a quick rate": ["the slow count", "a quick rate"],
    # A stroke or a bracket of its own would be read as one of ours.
    "and/or rate, either rate": ["and/or rate", "either rate"],
    "rate (crude), rate": ["rate (crude)", "rate"],
}


@pytest.mark.parametrize(("said", "forms"), list(FORMS.items()))
def test_forms_are_said_in_few_words(said: str, forms: list[str]) -> None:
    assert compact(forms) == said


@pytest.mark.parametrize("forms", list(FORMS.values()))
def test_no_form_is_left_out_or_added(forms: list[str]) -> None:
    assert expanded(patterns(forms)) == set(forms)


def test_first_form_comes_first() -> None:
    assert compact(["zone", "area", "zones", "the area"]) == "zone(s), (the) area"
