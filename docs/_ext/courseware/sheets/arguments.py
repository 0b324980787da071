"""What the command line may ask for, and what it means as configuration."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from courseware.bank.assignments import NAME, assignment_paths
from courseware.bank.select import assignment_by_choice
from courseware.bank.versions import LETTERS, letters_of
from courseware.data.problems import did_you_mean
from courseware.files.called import called
from courseware.files.places import build_folder
from courseware.typst.options import add_edition, add_folders, edition_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Conditions that may have several values, of which one is enough.
CONDITIONS = ("chapter", "type", "level", "outcome", "audience", "difficulty", "tags", "without")
#: What is asked for without a file, and is said in a file otherwise.
CHOSEN = (*CONDITIONS, "count", "minutes", "seed", "title", "instructions")
#: Each of these says what is made; one at a time.
DEEDS = ("handout", "answers", "notes", "list")
READY_MADE = Path("exercises", "assignments")
_TITLE = re.compile(r"^#\s+(?P<title>.+?)\s*$", re.MULTILINE)


def parser(description: str | None) -> argparse.ArgumentParser:
    """Return the parser of the command; *description* says what it does."""
    made = argparse.ArgumentParser(
        prog=called("assign", Path.cwd()),
        usage="%(prog)s [FILE] [options]",
        description=description,
    )
    made.add_argument("file", nargs="?", help="an assignment, by its file or its name")
    made.add_argument(
        "--versions", type=_letters, metavar="A,B", help="such as A,B,C, or how many (1 to 6)"
    )
    add_folders(made)
    made.add_argument(
        "--doctrees", type=Path, default=build_folder() / "doctrees", metavar="FOLDER",
        help="where pages that have been read are kept",
    )  # fmt: skip
    add_edition(made)
    choice = made.add_argument_group("without a file: a choice from the bank")
    choice.add_argument("--count", type=int, help="how many exercises")
    choice.add_argument("--minutes", type=int, help="how long they may take together")
    for name in CONDITIONS:
        shown = "; 'class', if not given" if name == "audience" else ""
        choice.add_argument(
            f"--{name}", nargs="+", action="extend", metavar="NAME", help=f"one or more{shown}"
        )
    choice.add_argument("--seed", help="another one chooses others; the file's name has it")
    choice.add_argument("--title", help='at the head of the sheet; "Exercises" if not given')
    choice.add_argument("--instructions", help='"Answer every question." if not given')
    other = made.add_argument_group("in place of a paper")
    other.add_argument("--list", action="store_true", help="show the exercises of the bank")
    other.add_argument(
        "--handout", nargs="+", metavar="NAME", help="print one handout, or the reader, by itself"
    )
    other.add_argument(
        "--answers",
        action="store_true",
        help="with --chapter alone, which prints a chapter: with its answers, in a file of its own",
    )
    other.add_argument(
        "--notes", nargs="+", metavar="CHAPTER", help="print the notes on a chapter's discussion"
    )
    return made


def _letters(text: str) -> str:
    """Return the letters of the versions that *text* asks for, by letters or by their number."""
    if text.isdecimal() and 1 <= int(text) <= len(LETTERS):
        return letters_of(int(text))
    letters = text.replace(",", "").replace(" ", "").upper()
    if not letters or not set(letters) <= set(LETTERS) or len(set(letters)) < len(letters):
        message = f"'{text}': expected letters from {LETTERS[0]} to {LETTERS[-1]}, each once, such "
        message += f"as A,B, or a number from 1 to {len(LETTERS)}"
        raise argparse.ArgumentTypeError(message)
    return letters


def conditions_of(given: argparse.Namespace) -> dict[str, Any]:
    """Return what *given* says of a choice; chapters may be named by their titles."""
    asked = {name: getattr(given, name) for name in CHOSEN if getattr(given, name) is not None}
    if "chapter" in asked:
        asked["chapter"] = chapters_named(asked["chapter"], given.docs)
    return asked


def chapters_named(names: Iterable[str], docs: Path) -> list[str]:
    """Return the chapters that *names* mean: the names of their pages, or their titles.

    Of a title, words that no other has are enough. What may be a name is left as it is: whether
    there is such a chapter, the bank knows. Raises `ArgumentTypeError` where no one is meant.
    """
    titles: dict[str, str] = {}
    for page in sorted(docs.glob("chapters/*.md")):
        found = _TITLE.search(page.read_text(encoding="utf-8-sig", errors="replace"))
        titles[page.stem] = found["title"] if found else page.stem
    return [name if NAME.fullmatch(name) else _chapter_called(name, titles) for name in names]


def _chapter_called(title: str, titles: Mapping[str, str]) -> str:
    """Return the one chapter of *titles* whose name or title has the words of *title*."""
    words = f" {_folded(title)} "
    found = [
        topic
        for topic, whole in titles.items()
        if words in f" {_folded(whole)} " or words in f" {_folded(topic)} "
    ]
    if len(found) == 1:
        return found[0]
    expected = ", ".join(found or titles)
    raise argparse.ArgumentTypeError(f"'{title}' is no one chapter; expected one of {expected}")


def _folded(title: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", title.casefold()))


def settings_of(given: argparse.Namespace) -> dict[str, object]:
    """Return the configuration that says what is printed, and how.

    Raises `ArgumentTypeError` where it is not clear what, `DataError` for bad conditions.
    """
    settings: dict[str, object] = {"sheets_versions": given.versions or ""}
    settings["typst_edition"] = edition_of(given)
    return {**settings, **_wanted(given)}


def refuse_mixtures(given: argparse.Namespace) -> None:
    """Raise `ArgumentTypeError` where *given* asks for several things at once."""
    deeds = [f"--{name}" for name in DEEDS if getattr(given, name)]
    if len(deeds) > 1 or (deeds and given.file):
        asked = ", ".join([*([given.file] if given.file else []), *deeds])
        message = f"{asked}: one thing at a time; give the command once for each"
        raise argparse.ArgumentTypeError(message)


def _wanted(given: argparse.Namespace) -> dict[str, object]:
    """Return the part of the configuration that names what is printed."""
    if given.handout:
        return {"typst_only": given.handout, "typst_only_layout": "handout"}
    if given.notes:
        return {"sheets_notes": chapters_named(given.notes, given.docs)}
    asked = conditions_of(given)
    if given.answers or (set(asked) == {"chapter"} and not given.file):
        return _chapters(given, asked)
    if given.file:
        if asked:
            named = ", ".join(f"--{name}" for name in asked)
            message = f"{named}: a file says this itself; give either a file or a choice"
            raise argparse.ArgumentTypeError(message)
        return {"sheets_files": [str(_file(given.file))]}
    if given.count is None and given.minutes is None:
        message = f"expected {_ready_made()}; or --count, or --minutes, and conditions, such as "
        raise argparse.ArgumentTypeError(f"{message}--type numeric")
    choice: dict[str, Any] = {"conditions": asked}
    for name in ("seed", "title", "instructions"):
        if name in asked:
            choice[name] = asked.pop(name)
    assignment_by_choice(**choice)  # what is wrong with it is said before anything is read
    return {"sheets_choice": choice}


def _chapters(given: argparse.Namespace, asked: Mapping[str, Any]) -> dict[str, object]:
    """Return the configuration that prints the chapters that are *asked* for, and nothing else."""
    if set(asked) != {"chapter"}:
        message = "--answers: name the chapters that are to be printed with their answers, by "
        raise argparse.ArgumentTypeError(f"{message}--chapter and nothing else")
    return {
        "typst_only": asked["chapter"],
        "typst_only_layout": "chapter",
        "typst_answers": given.answers,
    }


def _file(name: str) -> Path:
    """Return the file that *name* means: itself, or the ready-made assignment of that name.

    Whoever names a folder means the file in it. Raises `ArgumentTypeError` where there is neither.
    """
    path = Path(name)
    ready_made = {each.stem: each for each in assignment_paths(READY_MADE)}
    is_bare = len(path.parts) == 1 and path.suffix in {"", ".yml"}
    if not path.is_file():
        path = ready_made.get(path.stem, path) if is_bare else path
    if not path.is_file():
        hint = did_you_mean(path.stem, ready_made) or f"; expected {_ready_made()}"
        message = f"there is no assignment '{name}'{hint}"
        raise argparse.ArgumentTypeError(message)
    return path.resolve()


def _ready_made() -> str:
    names = ", ".join(path.stem for path in assignment_paths(READY_MADE))
    return f"a file such as those in {READY_MADE.as_posix()}" + (f": {names}" if names else "")
