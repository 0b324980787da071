"""Print: the parts that need no build."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from courseware.typst import glyphs
from courseware.typst.compile import CompileError, compile_pdf, locate, nearest_mark
from courseware.typst.figures import length_of
from courseware.typst.index import Index, letter_of, sort_key
from courseware.typst.output import TEMPLATE
from courseware.typst.source import Code, call, string, value
from fontTools.ttLib import TTFont

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ('a "b" \\ c\n', '"a \\"b\\" \\\\ c\\n"'),
        ("#strong[x] $a$ @b <c>", '"#strong[x] $a$ @b <c>"'),
        ("\x07", '"\\u{7}"'),
        (None, "none"),
        (True, "true"),
        (3, "3"),
        (Code("1fr"), "1fr"),
        ([], "()"),
        (["a"], '("a", )'),
        ({"a": [1, 2]}, '("a": (1, 2, ))'),
        ({}, "(:)"),
    ],
)
def test_values_are_typst_expressions(item: object, expected: str) -> None:
    assert value(item) == expected


def test_value_of_another_type_is_refused() -> None:
    with pytest.raises(TypeError, match="no Typst expression for object"):
        value(object())


def test_call_has_hyphens_in_its_names() -> None:
    assert call("f", "x", is_main=True) == 'f(is-main: true, "x")'


def test_no_text_can_break_out_of_a_string(tmp_path: Path) -> None:
    nasty = '"); panic("out") // \\" /* \u2028 #panic() \\u{41} \r\n\t`$'
    file = tmp_path / "x.typ"
    file.write_text(
        '#set document(title: "x")\n#set text(font: "Course Sans")\n'
        f"#let text = {string(nasty)}\n#assert.eq(text.len(), {len(nasty.encode())})\nText\n",
        encoding="utf-8",
        newline="\n",
    )
    pdf, problems = compile_pdf(file)
    assert pdf.startswith(b"%PDF-1.7")
    assert problems == []


def test_margin_notes_are_stacked(tmp_path: Path) -> None:
    """Those that would overlap move down, and all move up where the last would leave the page."""
    shutil.copytree(TEMPLATE, tmp_path / "template")
    file = tmp_path / "x.typ"
    file.write_text(
        '#import "template/course.typ": stacked, sans\n'
        '#set document(title: "x")\n#set text(font: sans)\n'
        "#assert.eq(stacked((10pt, 100pt), (20pt, 20pt), 700pt), (10pt, 100pt))\n"
        "#assert.eq(stacked((10pt, 12pt, 99pt), (20pt,) * 3, 700pt), (10pt, 35pt, 99pt))\n"
        "#assert.eq(stacked((650pt, 690pt), (20pt, 20pt), 700pt), (650pt, 680pt))\n"
        "#assert.eq(stacked((680pt, 690pt), (20pt, 20pt), 700pt), (655pt, 680pt))\n"
        "Text\n",
        encoding="utf-8",
    )
    compile_pdf(file)


def test_index_sorts_without_regard_to_accents_and_case() -> None:
    words = ["zeta", "Évian", "arms", "Ámbito", "eve", "“Zetas”", "2010"]
    assert sorted(words, key=sort_key) == [
        "2010", "Ámbito", "arms", "eve", "Évian", "zeta", "“Zetas”",
    ]  # fmt: skip
    assert [letter_of(word) for word in ("Évian", "2010")] == ["E", "0–9"]


def test_index_knows_the_kinds_of_entries() -> None:
    index = Index()
    index.add("single", "arms; trade", "a", is_main=True)
    index.add("pair", "count; rate", "b")
    index.add("triple", "one; two; three", "c")
    index.add("see", "cartel; group", "d")
    index.add("seealso", "arms; laws", "e")
    index.add("main", "zeta", "f")
    entries = index.root.entries
    assert entries["arms"].entries["trade"].places == [("a", True)]
    assert entries["arms"].seealso == ["laws"]
    assert entries["count"].entries["rate"].places == [("b", False)]
    assert entries["rate"].entries["count"].places == [("b", False)]
    assert set(entries["two"].entries) == {"three, one"}
    assert entries["cartel"].see == ["group"]
    assert entries["cartel"].places == []
    assert entries["zeta"].places == [("f", False)]


def test_fonts_have_what_the_course_needs() -> None:
    needed = "ÁÉÍÓÚÜÑáéíóúüñ¿¡“”–…§°·€£†ŠšŽžĆćŁłğ\u2018\u2019\u2014\u00d7\u2212\u00a0"
    assert glyphs.missing(needed) == []
    assert glyphs.missing("a☃b☃→⛄\u00ad\u200d\n") == ["☃", "⛄"]
    assert glyphs.describe("☃") == "U+2603 SNOWMAN"
    assert glyphs.replace_missing("a☃b") == "a[U+2603]b"


def test_fonts_are_named_apart_from_what_they_come_from() -> None:
    """The licence reserves the name Source for unchanged fonts; ours are merged from subsets."""
    for path in glyphs.FONT_FOLDER.glob("*.ttf"):
        with TTFont(path) as font:
            names = {record.nameID: str(record) for record in font["name"].names}
        assert names[16].startswith("Course ")
        assert "Source" not in names[4] + names[6]
        assert "SIL Open Font License" in names[13]
        assert "Adobe" in names[0]


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        ("50%", "50%"),
        ("100px", "75pt"),
        ("96", "72pt"),
        ("3 cm", "3cm"),
        ("2em", "2em"),
        ("wide", None),
        (None, None),
    ],
)
def test_lengths_of_docutils(length: str | None, expected: str | None) -> None:
    assert length_of(length) == expected


def test_places_are_mapped_back(tmp_path: Path) -> None:
    file = tmp_path / "x.typ"
    file.write_text("a\n/*@ one.md:3 */\nb\n/*@ two.md:9 */\nc\n", encoding="utf-8")
    text = file.read_text(encoding="utf-8")
    assert nearest_mark(text, 1) is None
    assert nearest_mark(text, 3) == "one.md:3"
    assert nearest_mark(text, 99) == "two.md:9"
    inside = "error: x\n   ┌─ template.typ:9:1\n  …\nhelp: y\n   ┌─ sub/x.typ:3:5\n"
    assert locate(inside, file) == "one.md:3"
    assert locate("error: nothing said", file) is None


def test_compile_error_has_message_hint_and_place(tmp_path: Path) -> None:
    file = tmp_path / "x.typ"
    file.write_text("/*@ one.md:3 */\n#let x = 1pt + left\n", encoding="utf-8")
    with pytest.raises(CompileError) as caught:
        compile_pdf(file)
    assert "cannot add length and alignment" in caught.value.problem.message
    assert caught.value.problem.location == "one.md:3"
