"""The press: many PDFs are made in several processes, and it shows in nothing but the time."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

#: Does tasks that log, of which one ends its process in its own way, and says what came of it.
SCRIPT = """
import json, logging, os, signal, sys
from functools import partial
from sphinx.util import logging as spoken
from courseware.typst.press import Press

logger = spoken.getLogger("courseware.some")

class Told(logging.Handler):
    def emit(self, record):
        told.append(record.getMessage())

def task(number, first=os.getpid()):
    logger.warning("all of them", location="page:1")
    logger.warning("number %d", number, location="page:2")
    if number == 5 and sys.argv[2] == "fault":
        raise ValueError("a fault of ours")
    if number == 5 and sys.argv[2] == "killed" and os.getpid() != first:
        os.kill(os.getpid(), signal.SIGKILL)
    return number, os.getpid() != first

told = []
logging.getLogger(spoken.NAMESPACE).addHandler(Told())
if __name__ == "__main__":
    tasks = [partial(task, number) for number in range(int(sys.argv[3]))]
    press = Press(int(sys.argv[1]))
    done = list(press.run(tasks))
    if sys.argv[2] == "twice":
        done += press.run(tasks)
    print(json.dumps({"done": done, "told": told}))
"""


def run(workers: int, how: str = "", count: int = 9) -> tuple[list[tuple[int, bool]], list[str]]:
    """Return what each task gave, its number and whether in another process, and what was said."""
    command = [sys.executable, "-c", SCRIPT, str(workers), how, str(count)]
    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return [(number, elsewhere) for number, elsewhere in said["done"]], said["told"]


def test_many_are_made_elsewhere_and_come_in_order() -> None:
    done, told = run(2)
    assert done == [(number, True) for number in range(9)]
    # What is said of one place in the same words is said once, whoever said it.
    assert told == ["all of them", *(f"number {number}" for number in range(9))]


@pytest.mark.parametrize(("workers", "count"), [(1, 9), (2, 3)])
def test_few_or_one_at_a_time_are_made_here(workers: int, count: int) -> None:
    done, told = run(workers, count=count)
    assert done == [(number, False) for number in range(count)]
    assert told == ["all of them", *(f"number {number}" for number in range(count))]


def test_what_a_process_was_ended_in_is_made_here() -> None:
    done, _ = run(2, "killed")
    assert [number for number, _ in done] == list(range(9))
    assert (5, False) in done


def test_fault_of_ours_is_no_result() -> None:
    with pytest.raises(subprocess.CalledProcessError) as caught:
        run(2, "fault")
    assert "a fault of ours" in caught.value.stderr


@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_said_is_not_said_in_what_is_done_later(workers: int) -> None:
    done, told = run(workers, "twice")
    assert [number for number, _ in done] == [*range(9), *range(9)]
    assert told == ["all of them", *(f"number {number}" for number in range(9))]
