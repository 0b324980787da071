"""What is done to a PDF after Typst: its tables' tags, its size."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import page as page_validation
import pikepdf
import pytest
import typst
from courseware.typst.compile import compile_pdf, shipped_fonts
from courseware.typst.finish import finished
from courseware.typst.output import TEMPLATE
from pdftags import Tag, tags

if TYPE_CHECKING:
    from pathlib import Path

FRAME = """
#import "template/course.typ": *
#show: course.with(title: "x", words: (contents: "C", chapter: "Ch"), layout: "sheet")
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
