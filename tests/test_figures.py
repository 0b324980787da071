"""Figures: what is wrong with their data, and how each builder shows them."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from conftest import ROOTS, Project, one
from contrast import contrast
from courseware.figures import style
from courseware.figures.render import Script, pictures, render_all
from sphinx.util.console import strip_colors

if TYPE_CHECKING:
    from pathlib import Path

    from courseware.data.problems import DataError
COUNTS = "data/counts.csv"
SCRIPT = "figures/counts.py"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a copy of a small project with one figure."""
    return Project(ROOTS / "test-figures", tmp_path)


@pytest.mark.parametrize("dark", [False, True])
def test_colours_can_be_told_from_the_page_and_from_each_other(*, dark: bool) -> None:
    def shown(colour: str) -> str:
        return style.PALETTE[colour] if dark else colour

    for colour in (style.INK, style.SOFT):
        assert contrast(shown(colour), shown(style.PAPER)) >= 4.5
    for colour in (style.STRONG, style.MIDDLE):
        assert contrast(shown(colour), shown(style.PAPER)) >= 3
    # In grey only lightness is left.
    for a, b in combinations((style.STRONG, style.MIDDLE, style.PALE), 2):
        assert contrast(shown(a), shown(b)) >= 1.6, (a, b)


# -- drawing ---------------------------------------------------------------------------------------


def test_figures_are_drawn_again_only_when_something_changed(project: Project) -> None:
    folder, out = project.folder, project.folder.parent / "pictures"

    def drawn_again() -> list[bool | DataError]:
        return [result for _, result in render_all(folder / "figures", folder / "data", out)]

    assert drawn_again() == [True]
    assert drawn_again() == [False]
    project.edit(COUNTS, "1110.5", "1500")
    assert drawn_again() == [True]
    project.edit("data/counts-places.csv", "Aville", "Bville")
    assert drawn_again() == [True]
    project.edit(SCRIPT, "/ 2000", "/ 3000")
    assert drawn_again() == [True]
    for end in ("-dark.svg", "-large.svg"):
        (out / f"counts{end}").unlink()
        assert drawn_again() == [True]
    assert drawn_again() == [False]


def test_every_part_that_is_referred_to_is_there(project: Project) -> None:
    picture, _ = pictures(Script(project.folder / SCRIPT, project.folder / "data"))
    names = re.findall(r'\bid="([^"]+)"', picture)
    used = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', picture)
    assert names
    assert len(set(names)) == len(names)
    assert {a or b for a, b in used} <= set(names)


def test_page_is_written_again_when_its_figure_changes(project: Project) -> None:
    assert project.build() == []
    before = {path: path.stat().st_mtime_ns for path in project.output("").glob("*.html")}
    project.edit(COUNTS, ",90,", ",95,")
    assert project.build() == []
    after = {path: path.stat().st_mtime_ns for path in project.output("").glob("*.html")}
    changed = {path.stem for path in after if after[path] != before[path]}
    assert "thefts" in changed
    assert "other" not in changed
    assert "95 thefts" in project.page("thefts").text
    assert ">95<" not in project.output("_images/counts.svg").read_text(encoding="utf-8")


# -- what is wrong ---------------------------------------------------------------------------------


def stopped(project: Project) -> list[str]:
    """Build in a process of its own, which must stop; return what it says."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(project.folder), "out"]
    result = subprocess.run(
        command, cwd=project.folder, capture_output=True, text=True, check=False
    )
    said = strip_colors(result.stderr).replace(f"{project.folder}/", "")
    assert result.returncode == 2, said
    assert "Traceback" not in said
    *problems, last = said.strip().splitlines()
    assert last == "ERROR: nothing was built: mend the files named above"
    return problems


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("label,", "lable,", ":1: WARNING: the column 'label' is missing"),
        ("who_counted", "who_count", ":1: WARNING: unknown column 'who_count'; did you mean"),
        ("place,", "unit,", ":1: WARNING: there are two columns 'unit'"),
        ("neighbours,The", "office,The", ":3: WARNING: id 'office' is already used on line 2"),
        ("neighbours,The", "The Neighbours,The", ":3: WARNING: id: expected small letters"),
        ("The office,", ",", ":2: WARNING: label: expected some text, found none"),
        ('"Aville, Bland"', "Aville, Bland", ":2: WARNING: expected 12 columns, found 13"),
        ('"Aville, Bland"', '"Aville, "Bland', ":2: WARNING: not valid CSV"),
        (",,,C1,,A", ",,,,,A", ":3: WARNING: names no source; expected an id in"),
        ("L001", "L002", ":2: WARNING: there is no statement 'L002'; did you mean 'L001'?"),
        (",,,C1,,A", ",,,C2,,A", ":3: WARNING: there is no close check 'C2'"),
        (",90,", ",ninety,", ":2: WARNING: value: expected a number such as 9614 or 0.5, found"),
        (",90,", ",nan,", ":2: WARNING: value: expected a number such as 9614 or 0.5, found 'nan'"),
        (",90,", ",-Infinity,", ":2: WARNING: value: expected a number such as 9614 or 0.5"),
        ("Aville, Bland", "Aville\x1b", ":2: WARNING: the character U+001B (escape) may not stand"),
    ],
)
def test_wrong_data_is_told_with_its_line(
    project: Project, old: str, new: str, expected: str
) -> None:
    project.edit(COUNTS, old, new)
    problems = stopped(project)
    assert any(problem.startswith(f"{COUNTS}{expected}") for problem in problems), problems


def test_missing_data_is_told(project: Project) -> None:
    (project.folder / COUNTS).unlink()
    assert stopped(project)[0].startswith(f"{COUNTS}:1: WARNING: file not found")


@pytest.mark.parametrize(("sign", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "upright")])
def test_other_separators_are_told_once(project: Project, sign: str, name: str) -> None:
    path = project.folder / COUNTS
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=sign).writerows(rows)
    [problem] = stopped(project)
    assert problem.startswith(f"{COUNTS}:1: WARNING: the columns are parted by {name}")
    assert "save the file as CSV with commas" in problem


def test_what_spreadsheets_add_is_told_or_passed_over(project: Project) -> None:
    path = project.folder / COUNTS
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{',' * text.partition(chr(10))[0].count(',')}\n , \n", "utf-8")
    assert project.build() == []
    path.write_text(f"sep=,\n{text}", encoding="utf-8")
    [problem] = stopped(project)
    assert problem.startswith(f"{COUNTS}:1: WARNING: 'sep=,' is for a spreadsheet alone; remove")
    path.write_text(text.replace("label", " Label", 1), encoding="utf-8")
    [problem] = stopped(project)
    assert "the column 'label' is missing; did you mean ' Label'?" in problem


def test_columns_of_ones_own(project: Project) -> None:
    path = project.folder / COUNTS
    head, office, neighbours = path.read_text(encoding="utf-8").splitlines()
    path.write_text(
        f"{head},told_by,camp,lane\n{office},a clerk,left,3\n{neighbours},,right,4\n", "utf-8"
    )
    (project.folder / "course.yml").write_text(
        "figures:\n  columns: {camp: Side, place: Seen in}\n  hidden: [lane]\n", "utf-8"
    )
    assert project.build() == []
    counts = one(project.page("thefts"), "details#data-counts").select("table")[0]
    office_facts, neighbours_facts = (
        row.select("td")[1].get_text(" ", strip=True) for row in counts.select("tbody tr")
    )
    assert office_facts == (
        "Side: left ; seen in: Aville, Bland ; counted by: an office ; told by: a clerk"
    ).replace(" ;", ";")
    assert neighbours_facts.startswith("Side: right; seen in: Aville; counted by: neighbours, by")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "    return figure",
            "    axes.plott([0])\n    return figure",
            ":13: WARNING: the script fai",
        ),
        (
            "row['label']",
            "row['label'].uper()",
            ":11: WARNING: the script fails: AttributeError: 's",
        ),
        (
            "    return figure",
            "    raise SystemError\n",
            ":13: WARNING: the script fails: SystemErr",
        ),
        (
            "    return figure",
            "    return 7",
            ":1: WARNING: expected a Figure from 'draw', found int",
        ),
        (
            "    return figure",
            "    raise SystemExit(0)",
            ":13: WARNING: the script fails: SystemExit: 0",
        ),
        (
            '"""Who counted',
            'import nothing_of_that_name\n"""Who',
            ":1: WARNING: the script fails: Mo",
        ),
        ("    figure, axes", "  figure, axes =", ":"),
        ('row.number("value")', 'row.number("places")', ""),
    ],
)
def test_script_that_fails_is_told_with_its_line(
    project: Project, old: str, new: str, expected: str
) -> None:
    project.edit(SCRIPT, old, new)
    [problem] = stopped(project)
    if not expected:  # the data are wrong, for what the script wants of them
        assert problem.startswith(f"{COUNTS}:2: WARNING: places: expected a number such as")
        return
    assert problem.startswith(f"{SCRIPT}{expected}")
    if "the script fails: " in problem:
        assert problem.count("'python -m courseware figures counts'") == 1
    else:
        assert expected.startswith(":1: WARNING: expected a Figure")


def test_script_without_draw_is_told(project: Project) -> None:
    project.edit(SCRIPT, "def draw(", "def drow(")
    assert stopped(project)[0].startswith(f"{SCRIPT}:1: WARNING: expected a function 'draw'")


def test_colour_of_its_own_is_told(project: Project) -> None:
    project.edit(
        SCRIPT, "    return figure", '    axes.plot([0], [0], color="#ff0000")\n    return figure'
    )
    expected = f"{SCRIPT}:1: WARNING: colours that are not in the palette of style.py: #ff0000"
    assert stopped(project)[0].startswith(expected)


def test_door_shows_a_figure_or_says_what_it_lacks(project: Project) -> None:
    heading = project.folder / "thefts.md"
    title, rest = heading.read_text(encoding="utf-8").split("\n", 1)
    doors = [
        ":figure: counts\n:alt: Two bars.\n:caption: What it shows.",
        ":figure: count\n:alt: Two bars.",
        ":figure: counts",
    ]
    written = "\n\n".join(f":::{{door}} How many?\n{each}\n\nWords.\n:::" for each in doors)
    heading.write_text(f"{title}\n\n{written}\n{rest}", encoding="utf-8")
    lines = [n for n, line in enumerate(written.split("\n"), 3) if "{door}" in line]
    unknown, wordless = project.build()
    told = f"thefts.md:{lines[1]}: WARNING: there is no figure 'count'; did you mean 'counts'?"
    assert unknown.startswith(told)
    told = f"thefts.md:{lines[2]}: WARNING: the figure 'counts' needs an option 'alt', which"
    assert wordless.startswith(told)
    shown = one(project.page("thefts"), ".door-picture img.figure-light")
    assert shown["alt"] == "Two bars."
    # No course has a chapter here, so there is nothing to start with.
    assert project.page("thefts").select(".door-start a") == []
    project.build("text")
    assert "How many?" in project.output("thefts.txt", "text").read_text(encoding="utf-8")


def test_unknown_figure_is_told_on_the_page(project: Project) -> None:
    project.edit("thefts.md", "{evidence-figure} counts", "{evidence-figure} count")
    line = project.line("thefts.md", "{evidence-figure}")
    expected = f"thefts.md:{line}: WARNING: there is no figure 'count'; did you mean 'counts'?"
    assert any(warning.startswith(expected) for warning in project.build())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("alt: >-\n  Two bars: the office counts 90 thefts,\n  the neighbours over 110.\n", ""),
        ("Who counted how many", "- Who counted how many"),
        ("Who counted how many\n\nThe bars begin at zero (see {check}`C1`).\n", ""),
    ],
)
def test_figure_without_words_is_told_on_the_page(project: Project, old: str, new: str) -> None:
    project.edit("thefts.md", old, new)
    warnings = project.build()
    assert any("needs an option 'alt'" in warning for warning in warnings), warnings


def test_unknown_work_is_told(project: Project) -> None:
    project.edit(COUNTS, "smith2009count", "smith2010count")
    warnings = project.build()
    assert any("smith2010count" in warning for warning in warnings), warnings


# -- builders --------------------------------------------------------------------------------------


def test_figure_on_a_page(project: Project) -> None:
    assert project.build() == []
    page = project.page("thefts")
    figure = one(page, "figure.evidence-figure#figure-counts")
    light, dark = figure.select("img")
    for picture in (light, dark):
        assert picture["alt"] == "Two bars: the office counts 90 thefts, the neighbours over 110."
        assert project.output(str(picture["src"])).is_file()
        assert (picture["width"], picture["loading"]) == ("360", "lazy")
    assert "figure-light" in light["class"]
    assert "figure-dark" in dark["class"]
    assert one(figure, "figcaption > p").get_text().startswith("Figure 1.1 Who counted how many")
    assert "begin at zero" in one(figure, ".legend").get_text()
    assert one(page, "p a[href='#figure-counts']").get_text() == "Figure 1.1"


def test_data_behind_a_figure(project: Project) -> None:
    assert project.build() == []
    data = one(project.page("thefts"), "details#data-counts")
    assert not data.has_attr("open")
    assert one(data, "summary").get_text() == "Data behind this figure"
    counts, places = data.select("table")
    office, neighbours = counts.select("tbody tr")
    assert one(office, "th").get_text(strip=True) == "The office"
    cells = [cell.get_text(" ", strip=True) for cell in office.select("td")]
    assert cells[0] == "90 thefts"
    assert cells[1] == "Counted by: an office; where: Aville, Bland"
    assert cells[2] == "text, p. 1 ; check C1 ; Smith ( 2009 )"
    assert [a["href"] for a in office.select("a")] == [
        "sources.html#L001",
        "sources.html#c1",
        "sources.html#id1",
    ] or all("sources.html#" in str(a["href"]) for a in office.select("a"))
    cells = [cell.get_text(" ", strip=True) for cell in neighbours.select("td")]
    assert cells[0] == "over 1,110.5 thefts"
    assert cells[1].endswith("Mind: A lower limit.")
    assert [th.get_text() for th in places.select("thead th")] == ["Row", "What it is", "From"]
    files = [project.output(str(a["href"])) for a in data.select(".figure-downloads a")]
    assert [file.name for file in files] == ["counts.csv", "counts-places.csv"]
    for file in files:
        assert file.read_bytes() == (project.folder / "data" / file.name).read_bytes()


def test_figure_elsewhere_has_one_picture_and_its_data(project: Project) -> None:
    for builder, name in (("epub", "thefts.xhtml"), ("text", "thefts.txt"), ("xml", "thefts.xml")):
        assert project.build(builder) == [], builder
        text = project.output(name, builder).read_text(encoding="utf-8")
        assert "counts-dark" not in text, builder
        assert text.count("the office counts 90 thefts") == 1, builder
        assert "The neighbours" in text, builder
        assert "Data behind this figure" in text, builder


def test_figure_in_latex_is_told_in_words(project: Project) -> None:
    assert project.build("latex") == []
    text = next(project.output("", "latex").glob("*.tex")).read_text(encoding="utf-8")
    assert "the office counts 90 thefts" in text
    assert "Data behind this figure" in text
    assert ".svg" not in text
