"""Print what builds cost and what they make: ``nox -s bench``.

Times are medians of several runs in seconds of wall clock; memory is the largest resident set
of a build's process and its children, in MiB. Run it on an idle machine.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
from bs4 import BeautifulSoup

if TYPE_CHECKING:
    from collections.abc import Callable

DOCS = Path(__file__).parents[1] / "docs"
CHAPTER = "chapters/pillar-one-crime-groups.md"


class Bench:
    """A copy of the course in a folder of its own, and how to build it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(DOCS, folder / "docs", ignore=shutil.ignore_patterns("_ext"))

    def build(self, builder: str) -> None:
        """Build the course as ``nox -s build`` does."""
        command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "-j", "auto", "-b", builder]
        # Compiled modules are kept, as they are on a reader's machine.
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        arguments = ["-d", "doctrees", "docs", builder]
        subprocess.run([*command, *arguments], cwd=self.folder, check=True, env=env)

    def clean(self) -> None:
        """Remove everything that was built."""
        for name in ("doctrees", "html", "typst"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def touch(self) -> None:
        """Change one chapter by a blank line."""
        path = self.folder / "docs" / CHAPTER
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    def pages(self) -> dict[str, int]:
        """Return when each page of the site was written."""
        site = self.folder / "html"
        return {str(p.relative_to(site)): p.stat().st_mtime_ns for p in site.rglob("*.html")}


def median(runs: int, work: Callable[[], None], before: Callable[[], None]) -> float:
    """Return the median time of *work*, with *before* called ahead of each run."""
    times = []
    for _ in range(runs):
        before()
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


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
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs to take the median of")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        cold = median(runs, lambda: bench.build("html"), bench.clean)
        same = median(runs, lambda: bench.build("html"), lambda: None)
        one = median(runs, lambda: bench.build("html"), bench.touch)
        before = bench.pages()
        bench.touch()
        bench.build("html")
        written = sum(before[name] != stamp for name, stamp in bench.pages().items())
        reader = median(runs, lambda: bench.build("typst"), lambda: None)
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        with pikepdf.open(bench.folder / "typst" / "course-reader.pdf") as pdf:
            printed = len(pdf.pages)
        size = (bench.folder / "typst" / "course-reader.pdf").stat().st_size / 1024
        print(f"site, from nothing             {cold:8.2f} s")
        print(f"site, nothing changed          {same:8.2f} s")
        print(f"site, one chapter touched      {one:8.2f} s")
        print(f"  pages written                {written:8d} of {len(before)}")
        print(f"reader, from built doctrees    {reader:8.2f} s")
        print(f"  pages                        {printed:8d}")
        print(f"  pages a second               {printed / reader:8.1f}")
        print(f"  size                         {size:8.0f} KiB")
        print(f"peak memory of a build         {memory:8.0f} MiB")
        print(f"words on the site              {words(bench.folder / 'html'):8d}")


if __name__ == "__main__":
    main()
