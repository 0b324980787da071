"""Print what the bank costs at 1, 10 and 100 times its size: ``python tests/bench_bank.py 1 10``.

The course is generated: the headings and citations of the real chapters without their prose, and
their exercises, as many times as asked for, each copy with ids and words of its own.
Its theme is Sphinx's plainest and one process builds it, so that what is measured is ours.
Growth is judged by processor time, which other work on the machine disturbs less than the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from itertools import pairwise
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from courseware.bank.load import (
    bank_paths,
    check_references,
    load_bank,
    load_bank_file,
    load_misconceptions,
)
from courseware.bank.model import Audience
from courseware.bank.rules import check_bank
from courseware.bank.rules.base import ITEM_RULES
from courseware.data.ledger import load_ledger
from courseware.data.outcomes import load_outcomes
from courseware.data.settings import load_settings
from courseware.export.course import read_course
from courseware.export.write import all_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

T = TypeVar("T")
ROOT = Path(__file__).parents[1]
SIZES = (1, 10, 100)
#: How steep cost may grow: the exponent of the number of exercises.
LIMIT = 1.1
#: Reading levels are reckoned by textstat, whose own cost would hide that of all other rules.
LEFT_OUT = "Q24"

CONF = """\
project = "Bench"
extensions = ["myst_parser", "sphinxcontrib.bibtex", "courseware"]
myst_enable_extensions = ["colon_fence", "deflist"]
bibtex_bibfiles = ["data/references.bib"]
bibtex_default_style = "course"
bibtex_reference_style = "author_year_round"
html_theme = "basic"
html_copy_source = False
# The chapters have no prose, which their anatomy would ask for.
suppress_warnings = ["courseware.chapter"]
"""
PAGES = {
    "reference/ledger": "# Ledger\n\n```{ledger-statements}\n```\n",
    "reference/close-checks": "# Close checks\n\n```{close-checks}\n```\n",
    "reading-offline": "(reading-offline)=\n\n# Reading offline\n",
    "reference/sources": "# Sources\n\n```{footnotes}\n```\n\n```{bibliography}\n:all:\n```\n",
}

#: Words that name the owner of a view.
OWNERS = "|".join(
    word.split()[0][:1].upper() + word.split()[0][1:]
    for word in load_settings(ROOT / "docs" / "course.yml").work.named_as
)
# Names that are unique, and first words of texts; not those that name the owner of a view.
NAMES = re.compile(r"^([ -]*(?:chapter|id|outcome): *)(\S+)$", re.MULTILINE)
WORDS = re.compile(
    r"^([ -]*(?:title|stem|text|feedback|solution|otherwise|purpose|when_true|when_false): \"?)"
    rf"(?!{OWNERS})([A-Za-z]+)(?=[ ,])",
    re.MULTILINE,
)
CARD = re.compile(r"^```\{chapter-card\}\n.*?^```$", re.MULTILINE | re.DOTALL)
CITATION = re.compile(r"\{ledger\}`[^`]*`|(?<=statement: )L\d{3}")


def generate(folder: Path, size: int) -> None:
    """Write a course with *size* times the exercises of the real one into *folder*."""
    docs, bank = folder / "docs", folder / "exercises" / "bank"
    for made in (docs / "chapters", docs / "data", docs / "reference", bank):
        made.mkdir(parents=True)
    shutil.copytree(ROOT / "docs" / "practice", docs / "practice")
    shutil.copy(ROOT / "docs" / "data" / "ledger.yml", docs / "data")
    shutil.copy(ROOT / "docs" / "data" / "references.bib", docs / "data")
    shutil.copy(ROOT / "exercises" / "misconceptions.yml", bank.parent)
    (docs / "conf.py").write_text(CONF, encoding="utf-8")
    for name, text in PAGES.items():
        (docs / f"{name}.md").write_text(text, encoding="utf-8")
    chapters = []
    for path in bank_paths(ROOT / "exercises" / "bank"):
        file = load_bank_file(path)
        page = (ROOT / "docs" / "chapters" / f"{file.chapter}.md").read_text(encoding="utf-8")
        first = file.of_audience(Audience.SELF_CHECK)[0].id
        for copy in range(size):
            topic = f"{file.chapter}-{copy}"
            text = copied(WORDS.sub(rf"\1\g<2>{copy}", file.source.text), copy)
            (bank / f"{topic}.yml").write_text(text, encoding="utf-8")
            text = f"{bare(page)}\n\nBegin with {{exercise}}`{first}-{copy}`.\n"
            (docs / "chapters" / f"{topic}.md").write_text(text, encoding="utf-8")
            chapters.append(f"chapters/{topic}")
    outcomes = (ROOT / "docs" / "data" / "outcomes.yml").read_text(encoding="utf-8")
    entries = outcomes.partition("outcomes:\n")[2]
    text = "".join(["outcomes:\n", *(copied(entries, copy) for copy in range(size))])
    (docs / "data" / "outcomes.yml").write_text(text, encoding="utf-8")
    practice = [f"practice/{name}" for name in ("exercises", "review", "progress")]
    trees = [contents(chapters, ":numbered: 1"), contents([*practice, *PAGES])]
    (docs / "index.md").write_text("\n\n".join(["# Bench", *trees, ""]), encoding="utf-8")


def copied(text: str, copy: int) -> str:
    """Return the YAML *text* with the number of the copy added to its names."""
    return NAMES.sub(rf"\1\2-{copy}", text)


def bare(page: str) -> str:
    """Return the chapter *page* without its prose: headings, citations, card, exercises."""
    blocks: list[str] = []
    for part in re.split(r"^(?=#{1,3} )", page, flags=re.MULTILINE):
        blocks += [part.partition("\n")[0], *CARD.findall(part)]
        for cited in CITATION.findall(part):
            role = cited if cited.startswith("{") else f"{{ledger}}`{cited}`"
            blocks.append(f"What a statement says is told here. {role}")
        for name in ("{discussion-questions}", "{self-checks}"):
            if name in part:
                blocks.append(f"```{name}\n```")
    return "\n\n".join(blocks)


def contents(pages: Sequence[str], option: str = "") -> str:
    """Return a table of contents with *pages*."""
    return "\n".join([f"```{{toctree}}\n{option}\n", *pages, "```"])


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of user time, and the largest resident set in MiB."""

    wall: float
    cpu: float
    memory: float = 0

    def __str__(self) -> str:
        return f"{self.wall:8.2f} s {self.cpu:8.2f} s of user time"


def run(command: Sequence[str], folder: Path) -> tuple[Cost, bytes]:
    """Run Python with *command* in *folder*; return what the process cost, and its output.

    Raises `subprocess.CalledProcessError` where it fails.
    """
    start = time.perf_counter()
    # Compiled modules are kept, as they are on a reader's machine.
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    line = [sys.executable, *command]
    process = subprocess.Popen(line, cwd=folder, env=env, stdout=subprocess.PIPE)
    assert process.stdout is not None
    output = process.stdout.read()
    # Each process is waited for on its own: what the system adds up over all says nothing of one.
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, line, output)
    return Cost(wall, usage.ru_utime, usage.ru_maxrss / 1024), output


def build(folder: Path) -> Cost:
    """Build the site of the course in *folder*, where any warning is an error."""
    options = ["-q", "-n", "-W", "-b", "html", "-d", "doctrees", "docs", "html"]
    return run(["-m", "sphinx", *options], folder)[0]


def timed(work: Callable[[], T]) -> tuple[T, Cost]:
    """Return what *work* makes, and what that cost this process."""
    start, user = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
    made = work()
    used = resource.getrusage(resource.RUSAGE_SELF)
    cost = Cost(time.perf_counter() - start, used.ru_utime - user, used.ru_maxrss / 1024)
    return made, cost


def check(folder: Path) -> dict[str, Any]:
    """Load and check the bank in *folder*; return how large it is and what each step cost."""
    exercises, data = folder / "exercises", folder / "docs" / "data"
    bank, load = timed(lambda: load_bank(exercises / "bank"))
    settings = load_settings(data.parent / "course.yml")
    ledger = load_ledger(data / "ledger.yml", settings)
    outcomes = load_outcomes(data / "outcomes.yml")
    known = load_misconceptions(exercises / "misconceptions.yml")
    _, references = timed(lambda: check_references(bank, ledger, outcomes, known))
    ITEM_RULES[:] = [rule for rule in ITEM_RULES if rule.name != LEFT_OUT]
    findings, rules = timed(lambda: check_bank(bank, ledger, outcomes, settings))
    course = read_course(data.parent, "https://example.org/")
    files, exports = timed(lambda: all_files(course))
    return {
        "exercises": sum(len(file.exercises) for file in bank.files),
        "on pages": sum(len(file.of_audience(Audience.SELF_CHECK)) for file in bank.files),
        "findings": len(findings),
        "exported": sum(map(len, files.content.values())),
        "costs": [asdict(cost) for cost in (load, references, rules, exports)],
    }


@dataclass(frozen=True)
class Measured:
    """What a bank of so many exercises costs to load and to build."""

    exercises: int
    load: Cost
    exports: Cost
    cold: Cost

    def growth(self, larger: Measured) -> dict[str, float]:
        """Return with which power of the number of exercises each cost grows up to *larger*."""
        times = log(larger.exercises / self.exercises)
        pairs = {
            "load": (self.load.cpu, larger.load.cpu),
            "files for others": (self.exports.cpu, larger.exports.cpu),
            "site from nothing": (self.cold.cpu, larger.cold.cpu),
            "memory of a build": (self.cold.memory, larger.cold.memory),
        }
        return {name: log(after / before) / times for name, (before, after) in pairs.items()}


def measure(size: int) -> Measured:
    """Generate the bank *size* times as large as the real one; print and return what it costs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, size)
        found = json.loads(run([__file__, "--check", name], folder)[1])
        load, references, rules, exports = (Cost(**cost) for cost in found["costs"])
        cold = build(folder)
        same = build(folder)
        made = sum(path.stat().st_size for path in (folder / "html").rglob("*") if path.is_file())
        parts = sorted((folder / "html" / "_static" / "review").glob("*.js"))
        review = "".join(path.read_text(encoding="utf-8") for path in parts)
    # What shows no exercises costs nothing: make sure that they are there.
    assert review.count('data-exercise=\\"') == found["on pages"]
    say(f"bank x {size}: {found['exercises']:,} exercises")
    say(f"  load                 {load}")
    say(f"  check of references  {references}")
    say(f"  check of rules       {rules} ({found['findings']} findings; without {LEFT_OUT})")
    say(f"  files for others     {exports} ({found['exported'] / 2**20:.1f} MiB)")
    say(f"  site, from nothing   {cold}")
    say(f"  site, no change      {same}")
    say(f"  memory of loading    {load.memory:8.0f} MiB")
    say(f"  memory of a build    {cold.memory:8.0f} MiB")
    say(f"  size of the site     {made / 2**20:8.1f} MiB")
    return Measured(found["exercises"], load, exports, cold)


def say(line: str) -> None:
    """Print *line* at once: a large bank takes its time."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Measure the sizes asked for, in ascending order, and judge how cost grows between them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", help="how many times the real bank")
    parser.add_argument("--check", type=Path, metavar="FOLDER", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.check:
        say(json.dumps(check(given.check)))
        return
    sizes = sorted(set(given.sizes or SIZES))
    measured = [measure(size) for size in sizes]
    for (low, smaller), (high, larger) in pairwise(zip(sizes, measured, strict=True)):
        say(f"growth from x {low} to x {high}, as a power of the number of exercises")
        for name, power in smaller.growth(larger).items():
            verdict = "ok" if power <= LIMIT else "TOO STEEP"
            say(f"  {name:20} {power:8.2f}      {verdict} (at most {LIMIT})")


if __name__ == "__main__":
    main()
