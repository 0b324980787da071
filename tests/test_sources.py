"""What is wrong with sources as files, and what is left beside them: told, or passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_colors

if TYPE_CHECKING:
    from conftest import Project


def stopped(course: Project) -> list[str]:
    """Build *course*, which must stop; return what it says, without the folder."""
    app = SphinxTestApp(
        buildername="html",
        srcdir=course.folder,
        builddir=course.folder.parent / "out",
        freshenv=False,
    )
    try:
        with pytest.raises(SystemExit):
            app.build()
        said = strip_colors(app.warning.getvalue())
    finally:
        app.cleanup()
    *problems, last = said.replace(f"{course.folder}/", "").strip().splitlines()
    assert last == "ERROR: nothing was built: mend the files named above"
    return problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\nJuárez\n".encode("cp1252"), ":3: WARNING: not UTF-8 text (byte 0xE1, 'á' in"),
        ("# A\n\nJuárez\n".encode("utf-16"), ":1: WARNING: not UTF-8 text but, it seems, UTF-16"),
        ("# A\n\nb\n".encode("utf-16-le"), ":1: WARNING: not UTF-8 text but, it seems, UTF-16"),
    ],
)
def test_page_in_another_encoding(course: Project, text: bytes, expected: str) -> None:
    (course.folder / "other.md").write_bytes(text)
    [problem] = stopped(course)
    assert problem.startswith(f"other.md{expected}")
    assert "save the file as UTF-8" in problem


def test_files_that_programs_leave_are_passed_over(course: Project) -> None:
    for folder, ending in (("", "md"), ("chapters", "md"), ("exercises/bank", "yml")):
        for start in ("._", "~$", ".#"):
            (course.folder / folder / f"{start}counting.{ending}").write_bytes(b"\x00\x05\x16\xff")
    assert course.build() == []


def test_removed_chapter_is_told_once_a_file_with_a_guide(course: Project) -> None:
    (course.folder / "chapters" / "counting.md").unlink()
    outcomes, bank = stopped(course)
    if bank.startswith("data/"):
        outcomes, bank = bank, outcomes
    assert bank.startswith(
        "exercises/bank/counting.yml:1: WARNING: there is no chapter 'counting'; expected a page "
        "chapters/counting.md. To remove a chapter, remove its page, "
    )
    assert outcomes.startswith(
        "data/outcomes.yml:2: WARNING: outcomes of a chapter 'counting' on line 2, 6, 10, but "
        "there is no page chapters/counting.md. To remove a chapter, "
    )


def test_chapter_under_another_name_is_guessed(course: Project) -> None:
    chapters = course.folder / "chapters"
    (chapters / "counting.md").rename(chapters / "countings.md")
    assert any("did you mean 'countings'?" in problem for problem in stopped(course))


@pytest.mark.parametrize(
    "address", ["../../../../etc/passwd.png", "https://example.org/a.png", "data:image/png;base64,"]
)
def test_picture_that_is_not_the_courses_is_left_out_and_told(
    course: Project, address: str
) -> None:
    course.edit("other.md", "# ", f"![A map]({address})\n\n# ")
    problems = [each for each in course.build() if each.startswith("other.md:1: ")]
    assert any("is outside of the course" in each or "is elsewhere" in each for each in problems)
    page = course.page("other")
    assert page.select("img[alt='A map']") == []
    assert "A map" in page.text
