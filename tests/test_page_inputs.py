"""What an author may put into a page that pages or print cannot show: it works, or it is told."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING
from urllib.parse import unquote

import page as page_validation
import pikepdf
import pytest
from bs4 import BeautifulSoup
from conftest import ROOTS, Project, one
from pdftags import pictures, tags
from PIL import Image
from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

PAGE = "other.md"
CHAPTER = "chapters/counting.md"
PHOTO = ROOTS / "test-typst" / "photo.png"

READER = '\ntypst_documents = [{"start": "index", "target": "reader", "title": "T"}]\n'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a copy of the small course, which prints a reader too."""
    project = Project(ROOTS / "test-course", tmp_path)
    with (project.folder / "conf.py").open("a", encoding="utf-8") as conf:
        conf.write(READER)
    return project


def write(project: Project, text: str) -> None:
    """Let *text* be all that stands on the page, from its third line."""
    (project.folder / PAGE).write_text(f"# Another page\n\n{text}\n", encoding="utf-8")


def write_all(project: Project, texts: Iterable[str]) -> list[int]:
    """Let *texts* stand on the page, each a block of its own; return their lines."""
    lines, at = [], 3
    for text in texts:
        lines.append(at)
        at += text.count("\n") + 2
    write(project, "\n\n".join(texts))
    return lines


def pdf_of(project: Project) -> Path:
    """Return the reader, which conforms to PDF/UA."""
    pdf = project.output("reader.pdf", "typst")
    assert page_validation.validate_pdf(str(pdf), profile="ua1").is_compliant
    return pdf


def printed(project: Project) -> str:
    """Return the text of the reader, with spaces for line ends."""
    document = PdfDocument(pdf_of(project))
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return re.sub(r"\s+", " ", text)


def boxes(pdf: Path) -> Iterator[tuple[float, list[tuple[float, ...]]]]:
    """Yield the width of each page of *pdf*, and left, bottom, right and top of each text on it."""
    document = PdfDocument(pdf)
    for page in document:
        texts = page.get_textpage()
        yield page.get_width(), [texts.get_rect(at) for at in range(texts.count_rects())]
    document.close()


# -- HTML


def test_sub_and_superscripts_are_set_on_pages_and_in_print(project: Project) -> None:
    write(project, "About 10<sup>6</sup> km<SUP>*2*</SUP> of H<sub>2</sub>O.")
    assert project.build() == []
    assert project.build("typst") == []
    page = project.page("other")
    assert [each.get_text() for each in page.select("main sup, .body sup")] == ["6", "2"]
    assert one(page, ".body sup em").get_text() == "2"
    source = (project.folder.parent / "out/doctrees/typst/reader/reader.typ").read_text("utf-8")
    assert source.count("super({") == 2
    assert source.count("\nsub({") == 1
    assert "About 106 km2 of H2O." in printed(project)


def test_other_html_is_told_when_pages_are_built(project: Project) -> None:
    html = {
        "<table><tr><td>1</td></tr></table>": "a table of Markdown",
        'See <img src="photo.png"> here.': "an {image} or {figure} directive",
        "A <b>bold</b> word.": "write **words**",
        "<script>alert(1)</script>": "write Markdown or a directive",
        "Half <sup>open.": "<sup> and </sup> have to stand in one paragraph",
        "```{raw} html\n<video></video>\n```": "write a link",
    }
    lines = write_all(project, html)
    told = project.build()
    for said, line, instead in zip(told, lines, html.values(), strict=True):
        assert said.startswith(f"{PAGE}:{line}: WARNING: HTML '<")
        assert instead in said


def test_html_for_screens_and_comments_are_not_told(project: Project) -> None:
    write(
        project,
        ":::{container} web-only\n<video></video>\n:::\n\n<!-- a\nnote -->\n\nOne\\\ntwo<br>three",
    )
    assert project.build() == []
    assert project.build("typst") == []
    assert "video" in project.output("other.html").read_text("utf-8")
    assert "One two three" in printed(project)


def test_title_of_a_chapter_is_text_on_other_pages(project: Project) -> None:
    title = (
        "# Count <script>alert(1)</script> &lt;script&gt;alert(2)&lt;/script&gt; *H*<sub>2</sub>"
    )
    first = (project.folder / CHAPTER).read_text("utf-8").splitlines()[0]
    project.edit(CHAPTER, first, title)
    [said] = project.build()
    assert said.startswith(f"{CHAPTER}:1: WARNING: HTML '<script>'")
    words = "Count alert(1) <script>alert(2)</script> H2"
    for path in sorted(project.output("").rglob("*.html")):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for script in page.find_all("script"):
            if script.get("type") == "application/ld+json":
                json.loads(script.get_text())
            else:
                assert "alert(" not in script.get_text(), path
    landing = project.page("index")
    assert one(landing, ".chapter-list .doc").get_text() == words
    data = json.loads(one(landing, 'script[type="application/ld+json"]').get_text())
    assert [part["name"] for part in data["hasPart"]] == [f"1. {words}"]


def test_heading_without_words_is_told_and_printed(project: Project) -> None:
    write(project, "Before.\n\n##\n\nAfter.")
    [said] = project.build("typst")
    assert said.startswith(f"{PAGE}:5: WARNING: a heading without words")
    assert "After." in printed(project)


# -- characters


def test_control_characters_are_told_and_left_out(project: Project) -> None:
    write(project, "One\x02 two\x96 three\x1b.\n\nFour\x00.")
    said = project.build("typst")
    assert [each.partition(" WARNING: ")[0] for each in said] == [
        f"{PAGE}:{n}:" for n in (3, 3, 3, 5)
    ]
    assert "U+0002" in said[0]
    assert "'–' in Windows-1252" in said[1]
    assert "U+001B (escape)" in said[2]
    assert "One two three." in printed(project)


def test_common_signs_spaces_and_hyphens_are_printed(project: Project) -> None:
    signs = "→ ≤ ≠ ≈ ✓ ⅓ μ Σ √ ∞ ⇒ ∈ ☐ ½ ₂"
    write(project, f"{signs} **{signs}** `{signs}` non\u2011breaking 10\u202f000 a\u2003b.")
    assert project.build("typst") == []
    text = printed(project)
    assert text.count(signs) == 3
    assert "non\u2011breaking" in text
    assert "10 000 a b." in text


def test_place_of_a_character_in_an_answer_is_a_file(project: Project) -> None:
    bank = "exercises/bank/counting.yml"
    project.edit(bank, "text: Thefts in a year", "text: Thefts \N{SNOWMAN} in a year")
    said = project.build("typst")
    places = [each.partition(": WARNING")[0] for each in said]
    assert places
    for place in places:
        path, _, line = place.rpartition(":")
        assert (project.folder / path).is_file()
        assert int(line)


# -- pictures


def test_names_of_pictures(project: Project) -> None:
    names = {
        "caf\u00e9.png": "caf\u00e9.png",
        "cafe\u0301s.png": "caf\u00e9s.png",
        "caf\u00e9-2.png": "caf%C3%A9-2.png",
        "my map.png": "<my map.png>",
        "my other map.png": "my%20other%20map.png",
        "50%.png": "50%.png",
        "a&b+c.png": "a&b+c.png",
    }
    for name in names:
        shutil.copy(PHOTO, project.folder / name)
    write_all(project, [f"![Map {at}]({each})" for at, each in enumerate(names.values())])
    assert project.build() == []
    assert project.build("typst") == []
    for image in project.page("other").select('img[alt^="Map"]'):
        assert project.output(unquote(str(image["src"]))).is_file()
    with pikepdf.open(pdf_of(project)) as pdf:
        alts = pictures(pdf)
    assert alts == [f"Map {at}" for at in range(len(names))]


def test_spaces_that_a_directive_drops_are_told(project: Project) -> None:
    shutil.copy(PHOTO, project.folder / "my map.png")
    figure = "```{{figure}} {}\n:alt: A map\n\nIts caption\n```"
    write(project, figure.format("my map.png"))
    [said] = project.build()
    assert "'mymap.png' is not there" in said
    assert "; in a directive, write 'my%20map.png' for 'my map.png'" in said
    write(project, figure.format("my%20map.png"))
    assert project.build() == []


def test_picture_is_read_by_what_it_holds(project: Project) -> None:
    Image.new("RGB", (30, 20), "teal").save(project.folder / "map.png", "JPEG")
    write(project, "![A map](map.png)\n\n```{image} map.png\n:alt: A low map\n:height: 3em\n```")
    assert project.build("typst") == []
    with pikepdf.open(pdf_of(project)) as pdf:
        assert pictures(pdf) == ["A map", "A low map"]


@pytest.mark.parametrize(
    "form", ["![Map {}]({})", "```{{figure}} {1}\n:alt: Map {0}\n\nIts caption\n```"]
)
def test_pictures_that_cannot_be_shown(project: Project, form: str) -> None:
    pictures = {
        "nowhere.png": "is not there; expected a file",
        "phoot.png": "did you mean 'photo.png'?",
        "broken.png": "broken.png is a broken picture",
        "page.png": "page.png is no picture; expected PNG, JPEG, GIF, WebP or SVG",
        "broken.svg": "broken.svg is a broken drawing",
        "map.pdf": "map.pdf is a PDF, which pages cannot show as a picture; save it as SVG",
        "../../../etc/hostname": "is outside of the course",
        "/../secret.png": "is outside of the course",
        "/etc/hostname": "is not there; expected a file",
        "https://example.org/far.png": "is elsewhere, and print has no network",
        "//example.org/far.png": "is elsewhere, and print has no network",
        "data:image/png;base64,AAAA": "is elsewhere, and print has no network",
    }
    shutil.copy(PHOTO, project.folder / "photo.png")
    shutil.copy(PHOTO, project.folder.parent / "secret.png")
    (project.folder / "broken.png").write_bytes(PHOTO.read_bytes()[:45])
    (project.folder / "page.png").write_text("<html>not found</html>")
    (project.folder / "broken.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'>")
    (project.folder / "map.pdf").write_bytes(b"%PDF-1.7")
    lines = write_all(project, [form.format(at, each) for at, each in enumerate(pictures)])
    told = project.build("typst")
    for said, line, message in zip(told, lines, pictures.values(), strict=True):
        assert said.startswith((f"{PAGE}:{line}: WARNING:", f"{PAGE}:{line + 1}: WARNING:"))
        assert message in said
    text = printed(project)
    assert all(f"Map {at}" in text for at in range(len(pictures)))
    assert ("Its caption" in text) == ("caption" in form)


# -- links


@pytest.mark.parametrize("builder", ["html", "typst", "text"])
def test_links_that_run_something_are_told(project: Project, builder: str) -> None:
    links = [
        "[here](javascript:alert(1))",
        "[here](JaVaScRiPt:alert(1))",
        "[here](&#106;avascript:alert(1))",
        "[here](java&Tab;script:alert(1))",
        "[here](java\tscript:alert(1))",
        "[there]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "[here](data:text/html,hi)",
        "[here](file:///etc/passwd)",
        "[here](vbscript:x)",
        "[here](blob:x)",
        "```{toctree}\n:hidden:\n\nHere <javascript://%0aalert(1)>\n```",
        "```{eval-rst}\n`here <javascript:alert(1)>`__\n```",
    ]
    lines = write_all(project, links)
    told = [each for each in project.build(builder) if "is left out" in each]
    places = {int(each.split(":")[1]) for each in told}
    assert all(each.startswith(f"{PAGE}:") for each in told)
    assert [line for line in lines if places.isdisjoint({line, line + 1})] == []
    if builder == "html":
        addresses = [str(each["href"]).lower() for each in project.page("other").select("a[href]")]
        assert not [each for each in addresses if re.match(r"\s*(java|vb|data|file|blob)", each)]


def test_links_that_lead_somewhere_are_not_told(project: Project) -> None:
    links = "[a](https://example.org/data:x) [b](mailto:a@example.org) [c](#d)"
    links += " and data: of a file: <http://example.org>"
    write(project, f"{links}\n\n(d)=\n## `[x](javascript:y)`")
    assert project.build() == []


# -- formulas

FORMULAS = r"""A rate {math}`r = \frac{n}{N} \times 100{,}000` is {math}`\leq 1`.
It costs $1.4 billion of $2 billion.

```{math}
:label: mean
\bar{x} = \frac{1}{n}\sum_{i=1}^{n} x_i
```

See {eq}`mean`, and {math}`\begin{pmatrix} 1 & 2 \end{pmatrix}`.

```{math}
a &= \left(\frac{b}{c}\right)^{2} \\
  &= \sqrt{d} + \text{rest}
```
"""


def test_formulas_are_set_on_pages_and_in_print(project: Project) -> None:
    write(project, FORMULAS)
    assert project.build() == []
    assert project.build("typst") == []
    page = project.page("other")
    assert len(page.select("math")) == 5
    assert one(page, "math mfrac mi").get_text() == "n"
    assert "(1)" in one(page, "div.math .eqno").get_text()
    assert "mathjax" not in project.output("other.html").read_text("utf-8").lower()
    with pikepdf.open(pdf_of(project)) as pdf:
        alts = [tag.alt for tag in tags(pdf) if tag.kind == "Formula"]
    assert alts[0] == r"r = \frac{n}{N} \times 100{,}000"
    assert len(alts) == 5
    assert "$1.4 billion of $2 billion" in printed(project)


def test_formulas_that_cannot_be_set_are_told(project: Project) -> None:
    formulas = {
        r"{math}`\nosuch{x}`": r'Unknown LaTeX command "\nosuch"',
        r"{math}`\frac{a`": "a part of a fraction",
        r"{math}`\frac12`": "put braces around each part",
        r"{math}`x^10`": "put braces around each part",
        r"{math}`a & b`": "is missing",
        r"{math}`\href{javascript:x}{y}`": r'Unknown LaTeX command "\href"',
        r"Or $x^2$.": "write a formula as {math}`x^2`",
        "Let $n$ be many.": "'$n$' stays as it is",
        "Then $x = y$ holds.": "'$x = y$' stays as it is",
        "$$\nx = y\n$$": "'$$ x = y $$' stays as it is",
        r"\begin{align}a&=b\end{align}": "or in a {math} directive",
    }
    lines = write_all(project, formulas)
    told = sorted(project.build("typst"), key=lambda said: int(said.split(":")[1]))
    for said, line, message in zip(told, lines, formulas.values(), strict=True):
        assert said.startswith(f"{PAGE}:{line}: WARNING: ")
        assert message in said
    assert pdf_of(project).exists()


# -- wide and long

WORD = "internationalisation" * 4


def _table(columns: int, cell: str) -> str:
    def row(cells: list[str]) -> str:
        return f"| {' | '.join(cells)} |\n"

    heads = [f"Head {at}" for at in range(columns)]
    return row(heads) + row(["---"] * columns) + row([cell] * columns) * 3


def test_nothing_leaves_the_page_or_lies_on_other_text(project: Project) -> None:
    shutil.copy(PHOTO, project.folder / "photo.png")
    texts = [
        f"`{WORD}` and {WORD} and\n\n```\n{WORD * 3}\n```\n\n## {WORD}\n\n> `{WORD}`",
        _table(10, "a considerable text that is 2,345,678 long"),
        _table(16, "2,345,678"),
        _table(3, f"`{WORD}`"),
        ":::{note}\n" + _table(12, "considerable") + ":::",
        "```{math}\n" + "+".join("abcdefghijklmnopqrstuvwxyz" * 3) + "\n```",
        "```{image} photo.png\n:alt: A map\n:width: 3000px\n```",
    ]
    write_all(project, texts)
    assert project.build("typst") == []
    pages = list(boxes(pdf_of(project)))
    for width, rectangles in pages:
        # At the edge stand the numbers of marks for the thumb.
        inner = [each for each in rectangles if each[2] > 28 and each[0] < width - 28]
        for left, _, right, _ in inner:
            assert left > 20
            assert right < width - 20
        words = [each for each in rectangles if each[2] - each[0] > 3]
        for at, (left, bottom, right, top) in enumerate(words):
            for other in words[at + 1 :]:
                across = min(right, other[2]) - max(left, other[0])
                along = min(top, other[3]) - max(bottom, other[1])
                assert across < 2 or along < 0.6 * (top - bottom), "text lies on text"
    assert printed(project).count("2,345,678") == 3 * (10 + 16)


def test_term_with_two_definitions(project: Project) -> None:
    write(project, "Rate\n: One thing.\n: Another.")
    assert project.build("typst") == []
    assert "Rate One thing. Another." in printed(project)


@pytest.mark.parametrize("builder", ["text", "latex", "xml", "epub", "singlehtml"])
def test_other_builders_get_through(project: Project, builder: str) -> None:
    write(project, FORMULAS + "\n10<sup>6</sup>, <b>bold</b> and ![A map](nowhere.png)")
    said = project.build(builder)
    assert [each for each in said if "rror" in each] == []
    assert any("HTML '<b>'" in each for each in said)


def test_corner_of_a_table_is_no_header(project: Project) -> None:
    write(project, "|  | Before | After |\n|---|---|---|\n| **Visits** | 3 | 4 |")
    assert project.build() == []
    heads = project.page("other").select("thead tr > *")
    assert [(cell.name, cell.get_text()) for cell in heads] == [
        ("td", ""),
        ("th", "Before"),
        ("th", "After"),
    ]
