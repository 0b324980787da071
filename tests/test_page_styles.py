"""Styles that stand in the elements of pages become rules of the style sheet."""

from __future__ import annotations

import re

import pytest
from courseware.site.attributes import StyledElements
from courseware.site.purge import write


def taken(html: str) -> tuple[str, str]:
    """Return the page *html* without styles, and the rules, with "N" for each name."""
    styled = StyledElements()
    page = styled.take(html)
    rules = write(styled.in_order()).strip()
    # One rule for each class on the page.
    classes = set(re.findall(r"style-[0-9a-f]{6}", page))
    assert set(re.findall(r"style-[0-9a-f]{6}", rules)) == classes
    return tuple(re.sub(r"style-[0-9a-f]{6}", "N", text) for text in (page, rules))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("html", "page", "declared"),
    [
        ('<col style="width: 20.0%" />', '<col class="N" />', "width:20.0%"),
        ('<td class="a b" style="color:red">', '<td class="a b N">', "color:red"),
        ('<td style="color:red;" class="a">x', '<td class="a N">x', "color:red"),
        (
            '<img\n src="a.png" style="width: 1px !important; --x: &quot;a&quot;">',
            '<img\n src="a.png" class="N">',
            'width:1px!important;--x:"a"',
        ),
    ],
)
def test_style_of_an_element_becomes_a_rule(html: str, page: str, declared: str) -> None:
    without, rules = taken(html)
    assert without == page
    assert rules == f".N:not(#_):not(#_){{{declared}}}"


@pytest.mark.parametrize(
    "html",
    [
        '<p>A page may speak of style="x" in its text, and of 1 &lt; 2.</p>',
        '<pre>&lt;p style="color:red"&gt;</pre>',
        '<p data-style="a" title=\'style="b"\'>',
    ],
)
def test_what_is_no_style_stays(html: str) -> None:
    assert taken(html) == (html, "")


def test_style_that_says_nothing_goes() -> None:
    assert taken('<p style=" ">') == ("<p>", "")


def test_same_style_has_one_rule_whatever_the_order() -> None:
    tags = ['<p style="color: red">', '<p style="color:red;">', '<p style="color:blue">']
    assert taken("".join(tags))[1].count("{") == 2
    assert taken("".join(tags))[1] == taken("".join(reversed(tags)))[1]
