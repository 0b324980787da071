"""What is done to a PDF after Typst: its tables' tags, its size."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
import typst
from conftest import ROOTS, Project
from courseware.typst import compile as compiling
from courseware.typst.compile import compile_pdf, shipped_fonts
from courseware.typst.finish import finished
from courseware.typst.output import TEMPLATE
from pdftags import Tag, faults, links, tags
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = {"es": "homicidio", "fr": "meurtre", "pt-BR": "assassinato"}
FRAME = """
#import "template/course.typ": *
#let words = (contents: "C", chapter: "Ch", circle: "Circle")
#show: course.with(title: "x", words: words, layout: "sheet")
"""
TABLE = """
#data-table(
  columns: (1fr, 1fr), aligns: (left, left), header: (table.cell[Year], table.cell[Dead]),
  {cells}
)
"""
FOOT = """
#table(columns: 2, table.header[Year][Dead], [2010], [15], table.footer[All][15])
"""


def source(folder: Path, text: str) -> Path:
    shutil.copytree(TEMPLATE, folder / "template")
    file = folder / "x.typ"
    file.write_text(FRAME + text, encoding="utf-8")
    return file


def table(first: str, *, rows: int = 4) -> str:
    """Return a table of which *first* makes the first cell of each row."""
    cells = ", ".join(f"{first}[{2006 + row}], table.cell[{row}]" for row in range(rows))
    return TABLE.format(cells=cells)


def opened(file: Path) -> pikepdf.Pdf:
    content, problems = compile_pdf(file)
    assert problems == []
    return pikepdf.open(io.BytesIO(content))


def cells(found: list[Tag]) -> list[tuple[str, str | None]]:
    """Return the kind and scope of each cell below the head."""
    return [
        (tag.kind, tag.scope) for tag in found if tag.kind in {"TH", "TD"} and "TBody" in tag.path
    ]


@pytest.mark.parametrize(
    ("first", "row"),
    [
        ("stub-cell", [("TH", "Row"), ("TD", None)]),
        ("table.cell", [("TD", None), ("TD", None)]),
    ],
)
def test_rows_are_of_the_body_and_named_where_the_source_says_so(
    tmp_path: Path, first: str, row: list[tuple[str, str | None]]
) -> None:
    with opened(source(tmp_path, table(first))) as pdf:
        found = tags(pdf)
    assert cells(found) == row * 4
    assert not {"TFoot", "Quote"} & {tag.kind for tag in found}
    assert [tag.scope for tag in found if "THead" in tag.path and tag.kind == "TH"] == [
        "Column", "Column",
    ]  # fmt: skip


def test_bold_first_cell_is_no_header(tmp_path: Path) -> None:
    with opened(source(tmp_path, table("table.cell").replace("[2006]", "[*2006*]"))) as pdf:
        assert {kind for kind, _ in cells(tags(pdf))} == {"TD"}


def test_true_foot_and_true_quotation_stay(tmp_path: Path) -> None:
    text = FOOT + "#quote(block: false)[So it is.]\n"
    with opened(source(tmp_path, text)) as pdf:
        assert {"TFoot", "Quote"} <= {tag.kind for tag in tags(pdf)}


def test_each_piece_of_content_knows_its_element(tmp_path: Path) -> None:
    """The tree of parents says the same as the tree of elements, after cells were changed."""
    with opened(source(tmp_path, table("stub-cell") + table("table.cell") + FOOT)) as pdf:
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        owners = parents[int(pdf.pages[0].obj.StructParents)]
        for at, owner in enumerate(owners):
            kids = owner.K if isinstance(owner.K, pikepdf.Array) else [owner.K]
            assert at in kids
            above = owner
            while pikepdf.Name.Document != above.S:
                kids = above.P.K if isinstance(above.P.K, pikepdf.Array) else [above.P.K]
                assert above in kids
                above = above.P
        assert len(owners) > 20


def test_finished_file_conforms(tmp_path: Path) -> None:
    file = source(tmp_path, table("stub-cell") + table("table.cell") + FOOT)
    path = tmp_path / "x.pdf"
    path.write_bytes(compile_pdf(file)[0])
    report = page_validation.validate_pdf(str(path), profile="ua1")
    assert report.is_compliant, report.to_dict()


def test_bytes_are_the_same_in_another_process_and_far_fewer(tmp_path: Path) -> None:
    file = source(tmp_path, table("stub-cell", rows=40))
    here = compile_pdf(file)[0]
    code = (
        "import sys; from pathlib import Path; from courseware.typst.compile import compile_pdf; "
        "sys.stdout.buffer.write(compile_pdf(Path(sys.argv[1]))[0])"
    )
    there = subprocess.run([sys.executable, "-c", code, str(file)], check=True, capture_output=True)
    assert there.stdout == here
    raw = typst.Compiler(str(file), font_paths=shipped_fonts(), ignore_system_fonts=True)
    unfinished = raw.compile(format="pdf", pdf_standards=["ua-1"])
    assert isinstance(unfinished, bytes)
    assert len(here) < 0.7 * len(unfinished)


def test_pdf_without_tags_is_packed_alone() -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        content = io.BytesIO()
        pdf.save(content)
    with pikepdf.open(io.BytesIO(finished(content.getvalue()))) as pdf:
        assert len(pdf.pages) == 1


def written(content: bytes) -> str:
    """Return the characters that are in *content*, without spaces that gaps may stand for."""
    found = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            letters: dict[str, str] = {}
            for each in pikepdf.parse_content_stream(page, "Tf Tj TJ"):
                first = each.operands[0]
                if str(each.operator) == "Tf":
                    letters = letters_of(page.Resources.Font[str(first)])
                    continue
                for piece in first if isinstance(first, pikepdf.Array) else [first]:
                    if isinstance(piece, pikepdf.String):
                        glyphs = bytes(piece).hex()
                        found += [letters[glyphs[at : at + 4]] for at in range(0, len(glyphs), 4)]
    return "".join(found)


def letters_of(font: pikepdf.Object) -> dict[str, str]:
    """Return what each glyph of *font* stands for, by its number in hexadecimal digits."""
    lines = re.findall(r"<(\w{4})> <(\w+)>", font.ToUnicode.read_bytes().decode())
    return {glyph.lower(): bytes.fromhex(text).decode("utf-16-be") for glyph, text in lines}


def test_words_stand_apart_where_gaps_are_not_seen(tmp_path: Path) -> None:
    text = '#answer-choices("True", "False")\n#caption-text("Figure 1.1", "Whose rate")\n'
    text += '#heading("One")\n#section-heading(number: "1.2", "How to use")\n'
    found = written(compile_pdf(source(tmp_path, text))[0])
    assert "True False" in found
    assert "Figure 1.1 Whose rate" in found
    assert "1.2 How to use" in found


def in_language(element: pikepdf.Object) -> bool:
    return isinstance(element, pikepdf.Dictionary) and {"/Lang", "/S"} <= set(element.keys())


def test_language_of_words_has_its_own_region(tmp_path: Path) -> None:
    project = Project(ROOTS / "test-typst", tmp_path)
    project.edit("conf.py", 'language = "en"', 'language = "en"\ntypst_regions = {"es": "MX"}')
    roles = [f".. role:: language-{tag}\n   :class: language-{tag}\n" for tag in LANGUAGES]
    words = [f":language-{tag}:`{word}`" for tag, word in LANGUAGES.items()]
    path = project.folder / "nodes.rst"
    text = path.read_text(encoding="utf-8")
    added = "\n".join(["", "", *roles, *(f"{word}\n" for word in words), ""])
    path.write_text(text + added, encoding="utf-8")
    project.build("typst")
    with pikepdf.open(project.output("reader.pdf", "typst")) as pdf:
        found = {str(each.Lang) for each in pdf.objects if in_language(each)}
        for page in pdf.pages:
            for each in pikepdf.parse_content_stream(page, "BDC"):
                if pikepdf.Name.Lang in each.operands[1]:
                    found.add(str(each.operands[1].Lang))
    assert {"es-MX", "fr", "pt-BR"} <= found
    assert not {"es-GB", "fr-GB", "es"} & found


def test_file_stays_as_it_was_where_one_cannot_be_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(ROOTS / "test-typst", tmp_path)
    project.build("typst")
    path = project.output("reader.pdf", "typst")
    before = path.read_bytes()

    def fail(_content: bytes) -> bytes:
        message = "a stream has no end"
        raise pikepdf.PdfError(message)

    monkeypatch.setattr(compiling, "finished", fail)
    project.edit("front.md", "# ", "# Another ")
    told = "\n".join(project.build("typst"))
    assert "cannot read what Typst made: a stream has no end" in told
    assert "Traceback" not in told
    assert path.read_bytes() == before


def drawn(pdf: bytes) -> bytes:
    """Return the first page of *pdf* as it looks."""
    image: bytes = PdfDocument(pdf)[0].render().to_pil().tobytes()
    return image


def test_name_of_a_place_moves_nothing(tmp_path: Path) -> None:
    text = (
        '#list(block(pad(left: 4mm, {{h(-4mm); anchor("a"{}); strong[Word]; linebreak(); [so]}})))'
    )
    pages = []
    for name, about in (("with", ', about: "Word", amid: true'), ("without", "")):
        folder = tmp_path / name
        folder.mkdir()
        pdf = compile_pdf(source(folder, f"{text.format(about)}\n#link(<a>)[there]\n"))[0]
        with pikepdf.open(io.BytesIO(pdf)) as opened_pdf:
            assert links(opened_pdf) == ["Word, page 1" if about else "page 1"]
            assert faults(opened_pdf) == []
        pages.append(drawn(pdf))
    assert pages[0] == pages[1]
