"""Every command of Four Pillars. `uvx nox -l` lists them; `pipx run nox` serves as well.

What comes out:

- `build/site/`: the site, PDFs included. Publish this folder as it is, or open its `index.html`.
- `build/pdf/`: the PDFs for students.
- `build/instructor/`: keys and the guide for teachers. Never publish this folder.

Each session installs the exact versions of `constraints.txt`, each checked by its hash.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import nox
from nox.command import CommandFailed

nox.needs_version = ">=2025.2"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["build", "tests", "lint"]

PYTHONS = ["3.11", "3.12", "3.13"]
BUILD = Path("build")
STRICT = ("-n", "-W", "--keep-going", "-j", "auto")


def install(session: nox.Session) -> None:
    """Install what `constraints.txt` names, then the course's own package from its folder.

    An environment that has it all is left as it is: a worksheet should take seconds.
    """
    wanted = b"".join(Path(name).read_bytes() for name in ("constraints.txt", "pyproject.toml"))
    # An environment that was copied with the folder would still run the code of the first one.
    wanted += bytes(Path.cwd())
    stamp = Path(session.virtualenv.location) / "installed.txt"
    digest = hashlib.sha256(wanted).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return
    stamp.unlink(missing_ok=True)
    # One file with hashes for all sessions, since pip takes hashes from no constraints file.
    session.install("--require-hashes", "-r", "constraints.txt")
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(digest, encoding="utf-8")


def sphinx(session: nox.Session, builder: str, folder: Path, *options: str) -> None:
    """Build the course with *builder* into *folder*, where any warning is an error."""
    doctrees = BUILD / "doctrees"
    places = ("-d", str(doctrees), "docs", str(folder))
    command = ("sphinx-build", "-b", builder, *STRICT, *options, *places)
    try:
        session.run(*command)
    except CommandFailed:
        # Sphinx warns of a page only when it reads it: after a failure, all is read again.
        shutil.rmtree(doctrees, ignore_errors=True)
        raise


def print_style(arguments: list[str]) -> list[str]:
    """Return Sphinx's options for the style of print that *arguments* ask for."""
    parser = argparse.ArgumentParser(prog="uvx nox -s build --")
    parser.add_argument("--paper", choices=["a4", "letter"])
    parser.add_argument("--large-print", action="store_true")
    parser.add_argument("--greyscale", action="store_true")
    given = parser.parse_args(arguments)
    papers = {"a4": "a4", "letter": "us-letter"}
    settings = [f"typst_paper={papers[given.paper]}"] if given.paper else []
    settings += ["typst_large_print=1"] if given.large_print else []
    settings += ["typst_greyscale=1"] if given.greyscale else []
    return [word for setting in settings for word in ("-D", setting)]


@nox.session
def build(session: nox.Session) -> None:
    """Make the site (`build/site`), the PDFs (`build/pdf`) and the keys (`build/instructor`).

    PDFs may be had otherwise: `-- --paper letter --large-print --greyscale`.
    """
    style = print_style(session.posargs)
    install(session)
    downloads = BUILD / "site" / "downloads"
    shutil.rmtree(downloads, ignore_errors=True)
    # Pages first: the print builders reuse what they have read, and ask for no less.
    sphinx(session, "html", BUILD / "site")
    sphinx(session, "typst", BUILD / "pdf", *style)
    sphinx(session, "sheets", BUILD, *style)
    downloads.mkdir()
    # Reader and handouts alone: worksheets are handed out in class, and a folder may hold more.
    for name in json.loads((BUILD / "pdf" / ".made.json").read_text(encoding="utf-8")):
        shutil.copy2(BUILD / "pdf" / name, downloads)
    for pdf in sorted(BUILD.glob("*/*.pdf")):
        session.log(f"{pdf} ({pdf.stat().st_size // 1024} KiB)")
    session.log(f"open {(BUILD / 'site' / 'index.html').resolve()}")


@nox.session
def assign(session: nox.Session) -> None:
    """Print a worksheet, its versions and its key: `-- quiz-the-verdict --versions A,B`."""
    install(session)
    session.run("python", "-m", "courseware.sheets", *session.posargs)


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests: `uvx nox -s tests -- -k anatomy` runs some of them."""
    install(session)
    session.run("pytest", *session.posargs)


@nox.session(python=PYTHONS, name="tests-all")
def tests_all(session: nox.Session) -> None:
    """Run the tests on every supported Python."""
    install(session)
    session.run("pytest", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types, exercises and assignments (`-- --work FILE` for its own words)."""
    install(session)
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")
    session.run("mypy", "noxfile.py", *sorted(map(str, Path("tests").glob("*.py"))))
    session.run("mypy", *sorted(map(str, Path("docs", "figures").glob("*.py"))))
    session.run("python", "-m", "courseware.bank", *session.posargs)


@nox.session
def live(session: nox.Session) -> None:
    """Serve the site and rebuild it as files change."""
    install(session)
    watched = ("--watch", "docs/_ext", "--watch", "exercises")
    folders = ("-d", "build/doctrees-live", "docs", "build/live")
    session.run("sphinx-autobuild", "-n", *watched, *folders, *session.posargs)


@nox.session
def figures(session: nox.Session) -> None:
    """Draw the figures to look at them (`build/figures`); `-- tallies` draws one."""
    install(session)
    session.run("python", "-m", "courseware.figures", "--out", "build/figures", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Print how long builds take, how much memory they need, and how much they make."""
    install(session)
    session.run("python", "tests/bench.py", *session.posargs)


@nox.session
def schema(session: nox.Session) -> None:
    """Write the schemas for editors in `docs` and `exercises` anew from the models."""
    install(session)
    session.run("python", "-m", "courseware.bank", "--schema")


@nox.session(venv_backend="none")
def constraints(session: nox.Session) -> None:
    """Write `constraints.txt` anew from `pyproject.toml` (needs uv)."""
    session.run(
        *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
        *("--generate-hashes", "--no-annotate", "--upgrade", "--group", "all"),
        *("--custom-compile-command", "uvx nox -s constraints"),
        *("pyproject.toml", "--output-file", "constraints.txt"),
        external=True,
    )
