"""Print what builds cost and what they make: ``nox -s bench``.

Times are medians of several runs in seconds of wall clock; memory is the largest resident set
of a build's process and its children, in MiB. Run it on an idle machine.
After the course comes the bank at several sizes, made by ``bench_bank.py``: that of 100 takes
a quarter of an hour, and ``nox -s bench -- --bank 1 10`` leaves it out.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from blank import blanks
from bs4 import BeautifulSoup
from weight import files_of, weight

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
CHAPTERS = re.findall(
    r"^chapters/(\S+)$", (ROOT / "docs" / "index.md").read_text(encoding="utf-8"), re.MULTILINE
)
# A chapter in the middle.
TOPIC = CHAPTERS[len(CHAPTERS) // 2]
# What may be written again when an exercise changes: the pages that show it, the landing page,
# which has their chapter in its table of contents, and pages without a source.
SHOWING = {f"chapters/{TOPIC}.html", "practice/review.html"}
# The builder that prints everything; and a paper for tomorrow's class.
PRINTER = "print"
WORKSHEET = max(
    (ROOT / "exercises" / "assignments").glob("*.yml"),
    key=lambda path: path.stem.startswith("quiz"),
).stem
ALWAYS = {"index.html", "genindex.html", "offline.html", "search.html"}


class Bench:
    """A copy of the course in a folder of its own, and how to build it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "docs", folder / "docs", ignore=shutil.ignore_patterns("_ext"))
        shutil.copytree(ROOT / "exercises", folder / "exercises")

    def build(self, builder: str, address: str = "") -> None:
        """Build the course as ``nox -s build`` does, to be published at *address*."""
        command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "-j", "auto", "-b", builder]
        # Compiled modules are kept, as they are on a reader's machine.
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        env["COURSE_URL"] = address
        arguments = ["-d", "doctrees", "docs", builder]
        subprocess.run([*command, *arguments], cwd=self.folder, check=True, env=env)

    def assign(self) -> None:
        """Print one worksheet in two versions, and its key, as ``nox -s assign`` does."""
        command = [sys.executable, "-m", "courseware", "assign", WORKSHEET, "--versions", "A,B"]
        places = ["--out", "assigned", "--doctrees", "doctrees"]
        subprocess.run([*command, *places], cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def unassign(self) -> None:
        """Remove that worksheet."""
        shutil.rmtree(self.folder / "assigned")

    def print_all(self) -> None:
        """Print every PDF of the course: books, handouts, papers, keys and whatever else it has."""
        self.build(PRINTER)

    def unprint(self) -> None:
        """Remove every PDF."""
        shutil.rmtree(self.folder / PRINTER, ignore_errors=True)

    def printed(self) -> list[Path]:
        """Return every PDF of the course."""
        return sorted(self.folder.glob(f"{PRINTER}/**/*.pdf"))

    def clean(self) -> None:
        """Remove everything that was built."""
        self.unprint()
        for name in ("doctrees", "html", "assigned"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def touch(self) -> None:
        """Change one chapter by a blank line."""
        path = self.folder / "docs" / "chapters" / f"{TOPIC}.md"
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    def touch_exercise(self) -> None:
        """Change one word of the feedback of one exercise."""
        path = self.folder / "exercises" / "bank" / f"{TOPIC}.yml"
        text = path.read_text(encoding="utf-8")
        changed = re.sub(r"^( +feedback: \"?\w+)", r"\1x", text, count=1, flags=re.MULTILINE)
        assert changed != text
        path.write_text(changed, encoding="utf-8")

    def written_after(self, change: Callable[[], None]) -> set[str]:
        """Return the pages that are written again after *change*."""
        before = self.pages()
        change()
        self.build("html")
        return {name for name, stamp in self.pages().items() if before[name] != stamp}

    def pages(self) -> dict[str, int]:
        """Return when each page of the site was written."""
        site = self.folder / "html"
        return {str(p.relative_to(site)): p.stat().st_mtime_ns for p in site.rglob("*.html")}


class Printed:
    """A PDF as one holds it: pages, sheets printed on both sides, what of it is blank."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.blanks = list(blanks(path))
        self.pages = len(self.blanks)

    @property
    def line(self) -> str:
        """What is told of it in one line; blank are shares of the height, on all pages and one."""
        mean, worst = statistics.mean(self.blanks), max(self.blanks)
        return (
            f"{self.path.stem:32}{self.pages:7d}{math.ceil(self.pages / 2):7d}"
            f"{mean:7.0%}{worst:7.0%}{self.path.stat().st_size / 1024:6.0f}"
        )


def median(runs: int, work: Callable[[], None], before: Callable[[], None]) -> float:
    """Return the median time of *work*, with *before* called ahead of each run."""
    times = []
    for _ in range(runs):
        before()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def size_of(path: Path) -> int:
    """Return the size of a file in bytes; PDFs, which readers ask for one by one, count nothing."""
    return 0 if path.suffix == ".pdf" else path.stat().st_size


def words(site: Path) -> int:
    """Return how many words the articles of the site have."""
    count = 0
    for path in site.rglob("*.html"):
        article = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").select_one(
            "article"
        )
        count += len(article.get_text().split()) if article else 0
    return count


def main() -> None:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs to take the median of")
    parser.add_argument("--no-course", action="store_true", help="measure the bank alone")
    parser.add_argument(
        "--bank",
        type=int,
        nargs="*",
        default=[1, 10, 100],
        metavar="N",
        help="how many times the real bank; none: leave it out",
    )
    given = parser.parse_args()
    if not given.no_course:
        measure_course(given.runs)
    if given.bank:
        # Apart, since what a process starts counts as being as large as the process at least.
        script = Path(__file__).with_name("bench_bank.py")
        subprocess.run([sys.executable, script, *map(str, given.bank)], check=True)


def measure_course(runs: int) -> None:
    """Measure the course, with medians of so many *runs*, and print what it costs."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        measure_site(bench, runs)
        measure_print(bench, runs)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"peak memory of a build         {memory:8.0f} MiB")
        print(f"words on the site              {words(bench.folder / 'html'):8d}")


def measure_site(bench: Bench, runs: int) -> None:
    """Print how long the site takes, which pages are written again, and what a page weighs."""
    cards = median(runs, lambda: bench.build("html", "https://example.org/"), bench.clean)
    cold = median(runs, lambda: bench.build("html"), bench.clean)
    same = median(runs, lambda: bench.build("html"), lambda: None)
    one = median(runs, lambda: bench.build("html"), bench.touch)
    touched = bench.written_after(bench.touch)
    exercise = median(runs, lambda: bench.build("html"), bench.touch_exercise)
    again = bench.written_after(bench.touch_exercise)
    count = len(bench.pages())
    site = bench.folder / "html"
    files = files_of(site / "chapters" / f"{TOPIC}.html")
    print(f"site, from nothing             {cold:8.2f} s")
    print(f"  with an address, and cards   {cards:8.2f} s")
    print(f"site, nothing changed          {same:8.2f} s")
    print(f"site, one chapter touched      {one:8.2f} s")
    print(f"  pages written                {len(touched):8d} of {count}")
    print(f"site, one exercise touched     {exercise:8.2f} s")
    print(f"  pages written                {len(again):8d} of {count}")
    for name in sorted(again):
        print(f"    {name}")
    verdict = "ok" if SHOWING <= again <= SHOWING | ALWAYS else "TOO MANY OR TOO FEW"
    print(f"  only those that show it      {verdict:>8}")
    print(f"a chapter page, compressed     {sum(map(weight, files)) / 1024:8.1f} KiB")
    print(f"  requests                     {len(files):8d}")
    published = [path for path in site.rglob("*") if path.is_file()]
    print(f"site without PDFs              {sum(map(size_of, published)) / 2**20:8.2f} MiB")


def measure_print(bench: Bench, runs: int) -> None:
    """Print how long PDFs take from pages that have been read, and what they are to hold."""
    bench.assign()  # the first call makes the folder
    worksheet = median(runs, bench.assign, bench.unassign)
    everything = median(runs, bench.print_all, bench.unprint)
    printed = [Printed(path) for path in bench.printed()]
    pages = sum(each.pages for each in printed)
    print("print, from built doctrees")
    print(f"  two worksheets and their key {worksheet:8.2f} s")
    print(f"  every PDF                    {everything:8.2f} s")
    print(f"    files                      {len(printed):8d}")
    print(f"    pages                      {pages:8d}")
    print(f"    pages a second             {pages / everything:8.1f}")
    print("                                  pages sheets  blank  worst   KiB")
    for each in printed:
        print(f"  {each.line}")


if __name__ == "__main__":
    main()
