"""Make several PDFs at a time, in processes that share what was read.

They are forked, so that nothing is read or sent again. Typst works in threads, which do not survive
a fork: where it has worked already, and where a system cannot fork, one is made after the other.
"""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from multiprocessing import parent_process
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from sphinx.util import logging
from sphinx.util.parallel import ParallelTasks, parallel_available

from .compile import has_compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from logging import LogRecord

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

#: From so many PDFs on, processes are started to make several at a time.
MANY = 8
#: In how many bytes a process is told the number of its next task.
_WIDTH = 4


class Press:
    """Does tasks, in up to *workers* processes if there are many, and says what they log.

    What is logged of one place in the same words is said once: a page stands in several PDFs.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._said: set[tuple[object, str]] = set()

    def run(self, tasks: Sequence[Callable[[], Result]]) -> Iterator[Result]:
        """Yield the result of each of *tasks*, in order, and say before it what it has logged.

        :raises SphinxParallelError: where a task raises anything in another process.
        """
        workers = min(self.workers, len(tasks))
        may_fork = parallel_available and workers > 1 and not has_compiled()
        done = self._done_elsewhere(tasks, workers) if may_fork and len(tasks) >= MANY else {}
        for number, task in enumerate(tasks):
            # What another process was ended in, such as for want of memory, is done here.
            result, logged = done.pop(number) if number in done else _logged(task)
            for record in logged:
                self._say(record)
            yield result

    def _done_elsewhere(
        self, tasks: Sequence[Callable[[], Result]], workers: int
    ) -> dict[int, tuple[Result, list[LogRecord]]]:
        """Return the results of *tasks* by number, and what each has logged."""
        done: dict[int, tuple[Result, list[LogRecord]]] = {}
        ahead, behind = os.pipe()
        # All numbers are there before anybody reads, so that who is free takes the next one.
        numbers = range(len(tasks))
        os.write(behind, b"".join(number.to_bytes(_WIDTH, "big") for number in numbers))
        os.close(behind)

        def work() -> list[tuple[int, tuple[Result, list[LogRecord]]]]:
            Thread(target=_end_with_parent, daemon=True).start()
            mine = []
            while number := os.read(ahead, _WIDTH):
                at = int.from_bytes(number, "big")
                mine.append((at, _logged(tasks[at])))
            return mine

        processes = ParallelTasks(workers)
        try:
            with _frozen():
                for _ in range(workers):
                    processes.add_task(work, None, lambda _none, results: done.update(results))
            processes.join()
        except EOFError:
            logger.info("a process of the press was ended; what it was to make is made here")
        finally:
            os.close(ahead)
        return done

    def _say(self, record: LogRecord) -> None:
        said = (getattr(record, "location", None), record.getMessage())
        if said not in self._said:
            self._said.add(said)
            logger.handle(record)


def _logged(task: Callable[[], Result]) -> tuple[Result, list[LogRecord]]:
    """Return the result of *task*, and what it has logged, which another process can be told."""
    collector = logging.LogCollector()
    with collector.collect():
        result = task()
    logging.convert_serializable(collector.logs)
    return result, collector.logs


@contextmanager
def _frozen() -> Iterator[None]:
    """Keep the collector of garbage away from what is there: it would copy it to each process."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _end_with_parent() -> None:
    """End this process when the one that forked it is no more, however that was ended."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
