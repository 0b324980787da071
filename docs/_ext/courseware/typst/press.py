"""Compile several PDFs at a time.

Typst holds Python's lock while it works, so each worker is a process of its own. It is started anew
and not forked: Typst works in threads, which do not survive a fork.
"""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TYPE_CHECKING, Self

from .compile import compile_pdf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from .compile import Problem

    Printed = tuple[bytes, list[Problem]]


class Press:
    """Compiles sources in *workers* processes; with one, in this process.

    Used as a context manager: at its end no process is left.
    """

    def __init__(self, workers: int) -> None:
        self.pool: ProcessPoolExecutor | None = None
        if workers > 1:
            self.pool = ProcessPoolExecutor(
                workers, mp_context=get_context("spawn"), initializer=_end_with_parent
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self.pool:
            self.pool.shutdown(cancel_futures=True)

    def start(self, source: Path, inputs: Mapping[str, str]) -> Job:
        """Return the work of compiling *source*, which has begun if there are processes for it."""
        here = partial(compile_pdf, source, inputs)
        return Job(here, self.pool.submit(compile_pdf, source, inputs) if self.pool else None)


def _end_with_parent() -> None:
    """Have this process end when the one that started it is no more, however that was ended."""
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


class Job:
    """A PDF that is being made: *here* makes it in this process, *elsewhere* is under way."""

    def __init__(self, here: Callable[[], Printed], elsewhere: Future[Printed] | None) -> None:
        self.here = here
        self.elsewhere = elsewhere

    @property
    def is_ready(self) -> bool:
        """Tell whether the result can be had without waiting for another process."""
        return self.elsewhere is None or self.elsewhere.done()

    def result(self) -> Printed:
        """Return the PDF and Typst's warnings; raise what `compile_pdf` raises."""
        if self.elsewhere is None:
            return self.here()
        try:
            return self.elsewhere.result()
        except BrokenProcessPool:
            # A process was ended from outside, such as for want of memory.
            return self.here()
