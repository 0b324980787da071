"""Draw the figures of a course: run the scripts whose data or code has changed, and write SVG.

Each script ``<figure>.py`` has a function ``draw(*tables)``, which takes the figure's data files in
the order of `figure_files` and returns a matplotlib figure.
Three files come of it: ``<figure>.svg``, ``<figure>-dark.svg`` for dark pages, and
``<figure>-large.svg`` for large print, whose letters all have the size of the largest at least.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.machinery import SourceFileLoader
from importlib.metadata import version
from importlib.util import module_from_spec, spec_from_loader
from io import StringIO
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING

from courseware.data.figures import figure_files, figure_scripts, load_table
from courseware.data.problems import DataError, Problem
from courseware.files.called import called
from courseware.files.turns import alone
from courseware.files.whole import write_whole

from .compact import compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from matplotlib.figure import Figure

_HERE = Path(__file__).parent
# What decides how a figure looks besides its script and its data.
_STYLE = sorted(path for path in _HERE.glob("*.py") if not path.name.startswith("__"))
#: How the file for large print ends.
LARGE = "-large.svg"
_COLOR = re.compile(r"#[0-9a-fA-F]{6}\b")


@dataclass(frozen=True)
class Script:
    """A figure's script, and the folder of the data."""

    path: Path
    data: Path

    @property
    def figure(self) -> str:
        """The name of the figure."""
        return self.path.stem

    @property
    def files(self) -> list[Path]:
        """The data files of the figure."""
        return figure_files(self.data, self.figure)

    def digest(self) -> str:
        """Return a digest of all that the picture depends on."""
        state = sha256(f"matplotlib {_matplotlib()}".encode())
        for path in (*_STYLE, self.path, *self.files):
            state.update(f"\n{path.name}\n".encode())
            if path.exists():
                state.update(path.read_bytes())
        return state.hexdigest()


@cache
def _matplotlib() -> str:
    """Return the version that draws; each look takes as long as to read a page."""
    return version("matplotlib")


def scripts(folder: Path, data: Path) -> list[Script]:
    """Return the scripts in *folder*, by name; the data files are in the folder *data*."""
    return [Script(path, data) for path in figure_scripts(folder)]


def render(script: Script, out: Path) -> bool:
    """Draw the figure into the folder *out*, unless what is there is made from the same.

    :return: whether it was drawn.
    :raises DataError: for wrong data, a script that fails, or a colour of its own.
    """
    light, dark, large = (out / f"{script.figure}{end}" for end in (".svg", "-dark.svg", LARGE))
    stamp = out / f"{script.figure}.digest"
    digest = script.digest()
    drawn = all(path.exists() for path in (light, dark, large, stamp))
    if drawn and stamp.read_text() == digest:
        return False
    picture, enlarged = pictures(script)
    # First it goes and last it comes, so that it never stands beside pictures of something else.
    stamp.unlink(missing_ok=True)
    write_whole(light, picture.encode())
    write_whole(dark, darkened(picture, script.path).encode())
    write_whole(large, enlarged.encode())
    write_whole(stamp, digest.encode())
    return True


def pictures(script: Script) -> tuple[str, str]:
    """Return the picture of *script* for light pages, and that for large print.

    For errors see `render`.
    """
    # Here alone, since matplotlib takes half a second to load.
    from matplotlib.figure import Figure  # noqa: PLC0415

    from . import style  # noqa: PLC0415

    tables = [load_table(path) for path in script.files]
    with style.house_style(), told_as_problem(script.path):
        figure: object = _draw_of(script)(*tables)
        if not isinstance(figure, Figure):
            message = f"expected a Figure from 'draw', found {type(figure).__name__}; "
            raise DataError([Problem(script.path, 1, f"{message}end it with 'return figure'")])
        picture = _saved(figure)
        style.enlarge(figure)
        return picture, _saved(figure)


def _saved(figure: Figure) -> str:
    """Return *figure* as an SVG file."""
    text = StringIO()
    # Nothing of the hour or the program: the same commit gives the same bytes.
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure.savefig(text, format="svg", metadata=nothing)
    return compact(text.getvalue())


class told_as_problem:  # noqa: N801 (used as a function is)
    """Turn what goes wrong while *script* runs into a `DataError` with the line of the script.

    A script may fail in every way that Python knows, and its author needs the place, not the
    frames of this program and of matplotlib around it.
    """

    def __init__(self, script: Path) -> None:
        self.script = script

    def __enter__(self) -> None:
        """Begin to watch."""

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        error: BaseException | None,
        frames: TracebackType | None,
    ) -> None:
        """Raise `DataError` where the script has failed."""
        # A script that ends the program would end the build without a word.
        if not isinstance(error, Exception | SystemExit) or isinstance(error, DataError):
            return
        lines = [line for frame, line in walk_tb(frames) if self._is_here(frame.f_code.co_filename)]
        line = lines[-1] if lines else 1
        if isinstance(error, SyntaxError) and self._is_here(error.filename):
            line, said = error.lineno or 1, error.msg
        else:
            said = " ".join(str(error).split())
        command = called("figures", self.script.parents[2])
        message = f"the script fails: {type(error).__name__}: {said}; mend it, and look at the "
        message += f"figure with '{command} {self.script.stem}'"
        raise DataError([Problem(self.script, line, message)]) from None

    def _is_here(self, file: str | None) -> bool:
        return file == str(self.script)


class _ScriptLoader(SourceFileLoader):
    """Loads a script, and keeps nothing of it beside the sources, as Python does of modules."""

    def set_data(self, *_path_and_code: object, **_mode: object) -> None:
        """Keep no code: a course may be built where nothing can be written."""


def _draw_of(script: Script) -> Callable[..., Figure]:
    loader = _ScriptLoader(f"courseware_figure_{script.figure.replace('-', '_')}", str(script.path))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    loader.exec_module(module)
    draw: Callable[..., Figure] | None = getattr(module, "draw", None)
    if draw is None:
        message = "expected a function 'draw', which takes the figure's tables and returns a Figure"
        raise DataError([Problem(script.path, 1, message)])
    return draw


def darkened(picture: str, script: Path) -> str:
    """Return *picture* for dark pages; raise `DataError` for a colour not in the palette."""
    from . import style  # noqa: PLC0415

    unknown = sorted({c.lower() for c in _COLOR.findall(picture)} - style.PALETTE.keys())
    if unknown:
        message = f"colours that are not in the palette of style.py: {', '.join(unknown)}"
        raise DataError([Problem(script, 1, message)])
    return _COLOR.sub(lambda found: style.PALETTE[found[0].lower()], picture)


def render_all(folder: Path, data: Path, out: Path) -> Iterator[tuple[Script, bool | DataError]]:
    """Draw all figures of *folder*; yield each with whether it was drawn, or what is wrong.

    Waits for others that draw into the folder *out*.
    """
    if not (found := scripts(folder, data)):
        return
    with alone(out):
        for script in found:
            try:
                yield script, render(script, out)
            except DataError as error:
                yield script, error
