"""What students get holds no item for class and no teacher's note; search tells no answer."""

from __future__ import annotations

import json
import zlib
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pikepdf
import pytest
from artefacts import Text, readings, texts_in, texts_of
from conftest import ROOTS, Project
from courseware.bank.load import Bank, load_bank
from courseware.bank.model import Choice
from courseware.search.index import Page, write_index
from courseware.search.places import Kind, Place
from leaks import Finder, letters, texts_of_bank
from publictexts import public_texts, searchable_texts, swapped
from searchwords import words_of_answers, words_of_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
SMALL_BUILDERS = ["html", "dirhtml", "singlehtml", "epub", "text", "latex", "xml", "typst"]

# A solution with all that may look different in what is built.
SOLUTION = (
    "Classonly thieves -- the author's *own* word, \"fiancées\" and 'finer' folk included -- were "
    "counted twice by the **neighbourhood** administration's statisticians on p. 1; "
    "misunderstandings notwithstanding, misrepresentation of `classonly` circumstances is an "
    "overstatement."
)


# -- the small course, honest and leaky


@dataclass
class Small:
    """A small course, built by all builders; its bank, as its teachers have it; its finder."""

    project: Project
    bank: Bank
    finder: Finder

    def texts(self, builder: str) -> list[Text]:
        """Return all texts in what *builder* made."""
        return list(texts_in(self.project.output("", builder)))


def small_course(folder: Path, *, leaky: bool) -> Small:
    """Build a small course, and if it is *leaky*, print on its pages what is for class."""
    project = Project(ROOTS / "test-course", folder)
    exercises = "exercises/bank/counting.yml"
    project.edit(exercises, "Classonly solution on p. 1.", json.dumps(SOLUTION))
    project.edit(
        "conf.py",
        "project =",
        'typst_documents = [{"start": "index", "target": "book", "title": "Small"}]\n'
        'copyright = "2026, nobody"\nversion = "1"\n'
        # What is said of a page where it is shared is on pages with an address alone.
        'html_baseurl = "https://example.org/small/"\nproject =',
    )
    bank = load_bank(project.folder / "exercises" / "bank")
    finder = Finder(bank, public_texts(project.folder))
    for _ in range(2 * leaky):
        project.edit(exercises, "audience: class", "audience: self-check")
    for builder in SMALL_BUILDERS:
        assert project.build(builder) == []
    return Small(project, bank, finder)


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return small_course(tmp_path_factory.mktemp("honest"), leaky=False)


@pytest.fixture(scope="module")
def leaky(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return small_course(tmp_path_factory.mktemp("leaky"), leaky=True)


@pytest.mark.parametrize("builder", SMALL_BUILDERS)
def test_no_builder_gives_anything_away(honest: Small, builder: str) -> None:
    texts = honest.texts(builder)
    assert [str(leak) for leak in honest.finder.leaks(texts)] == []
    # The same without the finder: words that nothing else has.
    for text in texts:
        for reading in readings(text.text):
            assert "classonly" not in reading.casefold(), text.where
            assert "teachernote" not in reading.casefold(), text.where


@pytest.mark.parametrize("builder", SMALL_BUILDERS)
def test_whole_leak_is_found_whatever_the_builder_makes_of_it(leaky: Small, builder: str) -> None:
    found = leaky.finder.leaks(leaky.texts(builder))
    assert {("counting-class-single", part) for part in ("stem", "solution")} <= {
        (leak.secret.exercise, leak.secret.part) for leak in found
    }
    needles = [run for run, (secret, _) in leaky.finder.runs.items() if secret.text == SOLUTION]
    hits = {run for text in leaky.texts(builder) for run in runs_found(leaky.finder, text)}
    # Not by one lucky run of words: by all of them, quotes and dashes and accents included.
    assert set(needles) - hits == set()


def runs_found(finder: Finder, text: Text) -> Iterator[str]:
    """Yield the needles in *text*, as letters."""
    for reading in readings(text.text):
        yield from (run for _, run in finder.needles.hits(letters(reading)))


def test_search_index_of_the_small_course_has_no_word_of_an_answer(
    honest: Small, leaky: Small
) -> None:
    hidden = words_of_answers(honest.bank, searchable_texts(honest.project.folder))
    assert hidden.keys() & words_of_index(search_index(honest)) == set()
    assert "classonly" in hidden.keys() & words_of_index(search_index(leaky))


def search_index(small: Small) -> str:
    """Return the text of the search index."""
    return small.project.output("searchindex.js").read_text(encoding="utf-8")


# -- leaks planted in what was built

STEM = "Which classonly question does the author's count leave open for the reader to ask?"
ESCAPED = STEM.replace("'", r"\u2019").replace(" ", r"\n", 1)
PACKED = b64encode(STEM.encode()).decode()
PACKED_JSON = urlsafe_b64encode(json.dumps([STEM, "\u00ff?"]).encode()).decode().rstrip("=")
QUOTED = STEM.replace("'", "&#39;")
BROKEN = (
    "Which class<em>only</em> question does the author&#8217;s count\n<!-- n -->leave&nbsp;open "
    "for the read&shy;er to ask?"
)


def option_name() -> str:
    """Return the name by which a script would know an option of a question for class."""
    item = load_bank(ROOTS / "test-course" / "exercises" / "bank").by_id["counting-class-single"]
    assert isinstance(item, Choice)
    return item.options[0].identity(item.id)


@pytest.mark.parametrize(
    ("name", "planted"),
    [
        pytest.param("chapters/counting.html", f"<p>{BROKEN}</p>", id="page"),
        pytest.param("chapters/counting.html", f'<p title="{QUOTED}">', id="attribute"),
        pytest.param("chapters/counting.html", f"<!-- {STEM} -->", id="comment"),
        pytest.param("index.html", f"<p data-a='{{&quot;s&quot;:&quot;{ESCAPED}'>", id="data"),
        pytest.param("index.html", f"<meta content='{QUOTED.replace('&', '&amp;')}'>", id="twice"),
        pytest.param("index.html", "<p>TEACHERNOTE: thefts &mdash; and not thieves", id="notes"),
        pytest.param("index.html", "<a id='exercise-counting-class-open-1'></a>", id="anchor"),
        pytest.param("index.html", f"<p data-key='[\"{option_name()}\"]'>", id="key"),
        pytest.param("index.html", f"<a href='a?q={STEM.replace(' ', '%20')}'></a>", id="address"),
        pytest.param("_static/exercises.js", f'const stem = "{ESCAPED}"', id="script"),
        pytest.param("_static/exercises.css", f"/* {STEM} */", id="style"),
        pytest.param("_sources/chapters/counting.md.txt", STEM, id="source"),
        pytest.param("searchindex.js", f'"alltitles":{{"{ESCAPED}":[[0,null]]}}', id="index"),
        pytest.param("exercises.json", json.dumps({"stem": STEM}), id="json"),
        pytest.param("sitemap.xml", f"<name><![CDATA[{STEM}]]></name>", id="xml"),
        pytest.param(
            "index.html",
            '<meta property="og:image:alt" content="Classonly title: Small Course">',
            id="title of a card",
        ),
        pytest.param("index.html", "<p data-right='[\"Classonly who counted\"]'>", id="value"),
        pytest.param("index.html", "<li>Classonly who counted</li>", id="element"),
        pytest.param("_static/exercises.js", "k=['Classonly who counted']", id="string"),
        pytest.param("index.html", f"<p data-q='{PACKED}'>", id="base64"),
        pytest.param(
            "_static/exercises.js",
            f'"{PACKED_JSON}"',
            id="base64 of addresses",
        ),
        pytest.param("chapters/notes.txt", STEM.replace(" ", "\n").upper(), id="text"),
    ],
)
def test_leak_in_the_site_is_found(honest: Small, tmp_path: Path, name: str, planted: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    built = honest.project.output(name)
    before = built.read_text(encoding="utf-8") if built.exists() else ""
    path.write_text(before + planted, encoding="utf-8")
    found = honest.finder.leaks(texts_in(tmp_path))
    assert [leak.where for leak in found] == [name]
    line = before.count("\n") + 1
    assert str(found[0]).startswith(f"{name}:{line}: {found[0].secret.exercise}: ")


def test_pages_have_what_is_said_where_they_are_shared(honest: Small) -> None:
    page = honest.project.output("chapters/counting.html").read_text(encoding="utf-8")
    assert 'property="og:image:alt"' in page


@pytest.mark.parametrize(
    "planted",
    [
        '<p data-answer="800">',
        "<p data-key='{&quot;number&quot;: [800.0, 0.5]}'>",
        '{"rightAnswer": 800}',
        "key = [ 800, 0.50 ]",
    ],
)
def test_number_that_is_an_answer_is_found(honest: Small, planted: str) -> None:
    finder = Finder(swapped(honest.bank), ())
    found = finder.leaks([Text("a page", f"<p>\n{planted}")])
    assert {(leak.secret.exercise, leak.secret.part, leak.line) for leak in found} == {
        ("counting-number", "answer", 2)
    }
    assert finder.leaks([Text("a page", "800 thefts, in 800 places, [800, 900]")]) == []


def test_leak_in_the_inventory_is_found(honest: Small) -> None:
    *head, packed = honest.project.output("objects.inv").read_bytes().split(b"\n", 4)
    entry = f"counting std:label -1 index.html#a {STEM}\n".encode()
    spoilt = b"\n".join([*head, zlib.compress(zlib.decompress(packed) + entry)])
    found = honest.finder.leaks(texts_of("objects.inv", spoilt))
    assert [leak.where for leak in found] == ["objects.inv"]


def test_leak_in_a_chapter_of_the_epub_is_found(honest: Small) -> None:
    path = next(honest.project.output("", "epub").glob("*.epub"))
    data = BytesIO(path.read_bytes())
    with ZipFile(data, "a") as archive:
        archive.writestr("chapters/more.xhtml", f"<html><p>{BROKEN}</p></html>")
    found = honest.finder.leaks(texts_of("book.epub", data.getvalue()))
    assert [leak.where for leak in found] == ["book.epub > chapters/more.xhtml"]


def archive_of(text: str) -> bytes:
    """Return an archive as an office program would write it."""
    data = BytesIO()
    with ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", f"<w:t>{text}</w:t>")
    return data.getvalue()


def plant_text(pdf: pikepdf.Pdf) -> None:
    """Write the solution on a page of its own, broken within words."""
    words = SOLUTION.replace("*", "").replace("`", "").replace("é", "\\351")
    lines = [words[at : at + 40] for at in range(0, len(words), 40)]
    shown = " ".join(f"({line}-) Tj 0 -14 Td" for line in lines)
    drawn = f"BT /F1 12 Tf 72 700 Td {shown} ET"
    add_page(pdf, drawn.encode("ascii"))


def plant_form(pdf: pikepdf.Pdf) -> None:
    """Draw the stem in a form that a page uses."""
    add_page(pdf, b"/X1 Do")
    page = pdf.pages[-1].obj
    form = pdf.make_stream(f"BT /F1 12 Tf 72 700 Td ({STEM}) Tj ET".encode())
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox, form.Resources = page.MediaBox, page.Resources
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X1=form))


def plant_mark(pdf: pikepdf.Pdf) -> None:
    """Let marked content on a page say the stem in place of its glyphs."""
    digits = STEM.encode("utf-16-be").hex()
    add_page(pdf, f"/Span <</Lang (en) /ActualText <feff{digits}>>> BDC EMC".encode())


def add_page(pdf: pikepdf.Pdf, content: bytes) -> None:
    """Add a page with *content*."""
    pdf.add_blank_page()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
    font.BaseFont, font.Encoding = pikepdf.Name.Helvetica, pikepdf.Name.WinAnsiEncoding
    pdf.pages[-1].obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    pdf.pages[-1].obj.Contents = pdf.make_stream(content)


def plant_information(pdf: pikepdf.Pdf) -> None:
    """Name the stem as the subject."""
    pdf.docinfo["/Subject"] = STEM


def plant_metadata(pdf: pikepdf.Pdf) -> None:
    """Describe the file by the stem in XMP."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:description"] = STEM


def plant_bookmark(pdf: pikepdf.Pdf) -> None:
    """Add a bookmark."""
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(STEM, 0))


def attached(pdf: pikepdf.Pdf, data: bytes, description: str = "") -> pikepdf.AttachedFileSpec:
    """Return a file to be attached to *pdf*."""
    other = {"filename": "", "mime_type": "", "creation_date": "", "mod_date": ""}
    return pikepdf.AttachedFileSpec(pdf, data, description=description, **other)


def plant_attachment(pdf: pikepdf.Pdf) -> None:
    """Attach a text."""
    pdf.attachments["notes.txt"] = attached(pdf, STEM.encode())


def plant_document(pdf: pikepdf.Pdf) -> None:
    """Attach an archive."""
    pdf.attachments["notes.docx"] = attached(pdf, archive_of(STEM))


def plant_description(pdf: pikepdf.Pdf) -> None:
    """Attach a file whose description is the stem."""
    pdf.attachments["a.txt"] = attached(pdf, b"", STEM)


def plant_link(pdf: pikepdf.Pdf) -> None:
    """Add a link that is described by the stem."""
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link)
    link.Rect, link.Contents = pikepdf.Array([0, 0, 9, 9]), STEM
    pdf.pages[-1].obj.Annots = pikepdf.Array([pdf.make_indirect(link)])


def plant_script(pdf: pikepdf.Pdf) -> None:
    """Add a script that would run when the file is opened."""
    action = {"/S": pikepdf.Name.JavaScript, "/JS": f'app.alert("{STEM}")'}
    pdf.Root.OpenAction = pikepdf.Dictionary(action)


def plant_in_tags(key: str) -> Callable[[pikepdf.Pdf], None]:
    """Return a function that gives the first tag of a file the stem as its *key*."""

    def plant(pdf: pikepdf.Pdf) -> None:
        child = pdf.Root.StructTreeRoot.K
        element = child[0] if isinstance(child, pikepdf.Array) else child
        element[key] = pikepdf.String(STEM)

    return plant


@pytest.mark.parametrize(
    ("where", "plant"),
    [
        pytest.param("page ", plant_text, id="text"),
        pytest.param("page ", plant_form, id="form"),
        pytest.param("marked content", plant_mark, id="marked content"),
        pytest.param("/Subject", plant_information, id="information"),
        pytest.param("stream ", plant_metadata, id="metadata"),
        pytest.param("/Title", plant_bookmark, id="bookmark"),
        pytest.param("stream ", plant_attachment, id="attachment"),
        pytest.param("stream ", plant_document, id="attached archive"),
        pytest.param("/Desc", plant_description, id="description"),
        pytest.param("/Contents", plant_link, id="link"),
        pytest.param("/JS", plant_script, id="script"),
        pytest.param("/Alt", plant_in_tags("/Alt"), id="alternative text"),
        pytest.param("/ActualText", plant_in_tags("/ActualText"), id="actual text"),
        pytest.param("/E", plant_in_tags("/E"), id="expansion"),
        pytest.param("/T", plant_in_tags("/T"), id="title of a tag"),
    ],
)
def test_leak_in_a_pdf_is_found(
    honest: Small, where: str, plant: Callable[[pikepdf.Pdf], None]
) -> None:
    data = BytesIO()
    with pikepdf.open(honest.project.output("book.pdf", "typst")) as pdf:
        plant(pdf)
        pdf.save(data)
    found = honest.finder.leaks(texts_of("book.pdf", data.getvalue()))
    assert [leak.secret.exercise for leak in found] == ["counting-class-single"]
    assert found[0].where.startswith(f"book.pdf > {where}")


@pytest.mark.parametrize("where", ["title", "text"])
def test_feedback_in_the_search_index_is_found(honest: Small, where: str) -> None:
    hidden = words_of_answers(honest.bank, searchable_texts(honest.project.folder))
    feedback = "A thief may steal twice, so thieves and thefts are different counts."
    assert feedback in {secret.text for secret, _ in texts_of_bank(honest.bank)}
    words = hidden.keys() & words_of_index(index_with(**{where: feedback}))
    assert words == {"thief", "steal"}
    assert {hidden[word].exercise for word in words} == {"counting-single"}


def test_question_in_the_search_index_is_found(honest: Small) -> None:
    """It is packed there, and a finder that does not unpack it would see none of it."""
    script = index_with(text=STEM)
    assert "classonly question" not in script
    leaks = honest.finder.leaks(texts_of("searchindex.js", script.encode()))
    assert [leak.secret.exercise for leak in leaks] == ["counting-class-single"]


def index_with(title: str = "A title", text: str = "A text.") -> str:
    """Return an index of one place."""
    place = Place(Kind.SECTION, "index", "a", title, texts=[text])
    return write_index([Page("index", "index.html", "Start", "")], [place])


def test_question_that_a_chapter_says_itself_is_named(honest: Small) -> None:
    public = public_texts(honest.project.folder)
    assert honest.finder.given_away() == []
    said = Finder(honest.bank, [*public, f"He asked: *{STEM}*"])
    assert [secret.text for secret in said.given_away()] == [STEM]


def test_quotation_of_the_course_is_no_leak(honest: Small) -> None:
    said = Finder(honest.bank, ["the author's count leave open for the reader to ask whether"])
    text = Text("a page", "p. 4 does the author's count leave open for the reader to ask?")
    assert said.leaks([text]) == []
    assert [leak.secret.text for leak in honest.finder.leaks([text])] == [STEM]
