"""Every command of Four Pillars. `uvx nox -l` lists them; `pipx run nox` serves as well.

What comes out:

- `build/site/`: the site, PDFs included. Publish this folder as it is, or open its `index.html`.
- `build/pdf/`: the PDFs for students.
- `build/instructor/`: keys and the guide for teachers, and in `lms/` what other systems import.
  Never publish this folder.

`COURSE_BUILD=/another/folder` puts all that elsewhere, with the environments: for a folder that
nobody may write to.

Each session installs exact versions, each checked by its hash: `build`, `assign`, `export` and
`figures` what `constraints-build.txt` names, and the others all of `constraints.txt`.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zipfile
from pathlib import Path

import nox

nox.needs_version = ">=2025.2"
nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_venv = "yes"
nox.options.sessions = ["build", "tests", "lint"]

#: Those for which all packages can be had ready-made.
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
#: The one to use where another has been tried.
GOOD = "3.13"
BUILD = Path(os.environ.get("COURSE_BUILD") or "build")
#: What is needed to build, and what is needed to work on the course.
NEEDED, ALL = "constraints-build.txt", "constraints.txt"

if os.environ.get("COURSE_BUILD"):
    nox.options.envdir = str(BUILD / "environments")


def install(session: nox.Session, packages: str = ALL) -> None:
    """Install what the file *packages* names, and let the course's own package be found.

    An environment that has it all is left as it is: a worksheet should take seconds.
    """
    # Not installed: Python reads the file that leads to such a folder in the code page of the
    # machine, which may not know the letters of the folder's name.
    session.env["PYTHONPATH"] = str(Path("docs", "_ext").resolve())
    session.env["COURSE_BUILD"] = str(BUILD)
    # A build has several processes: without what Python keeps of modules, each would take seconds
    # to read them. It goes beside the packages and never beside the course.
    session.env["PYTHONDONTWRITEBYTECODE"] = ""
    session.env["PYTHONPYCACHEPREFIX"] = str(Path(session.virtualenv.location, "modules").resolve())
    stamp = Path(session.virtualenv.location) / "installed.txt"
    # An environment that was copied with the folder has scripts that run the first one.
    wanted = Path(packages).read_bytes() + bytes(Path.cwd())
    digest = hashlib.sha256(wanted).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return
    refuse_unknown_python(session)
    session.log(f"installing the packages of {packages}, this once")
    stamp.unlink(missing_ok=True)
    # Files with hashes, since pip takes hashes from no constraints file; and nothing is compiled.
    session.install("--only-binary", ":all:", "--require-hashes", "-r", packages)
    stamp.write_text(digest, encoding="utf-8")


def refuse_unknown_python(session: nox.Session) -> None:
    """End *session* where its Python has no ready-made packages, and say which one to use."""
    here = ".".join(map(str, sys.version_info[:2]))
    version = session.python if isinstance(session.python, str) else here
    if version not in PYTHONS:
        session.error(
            f"there are no ready-made packages for Python {version}; the course is built with "
            f"Python {PYTHONS[0]} to {PYTHONS[-1]}. With uv, which fetches it where it is missing: "
            f"uvx --python {GOOD} nox -s {session.name}. "
            f"With pipx: pipx run --python python{GOOD} nox -s {session.name}"
        )


@nox.session
def build(session: nox.Session) -> None:
    """Make the site (`build/site`), the PDFs (`build/pdf`) and the keys (`build/instructor`).

    Another edition is printed beside the normal one: `-- --paper letter --large-print --greyscale`.
    """
    install(session, NEEDED)
    session.run("python", "-m", "courseware", "build", "--out", str(BUILD), *session.posargs)


@nox.session(venv_backend="none")
def pack(session: nox.Session) -> None:
    """Pack what `build` made: `build/site.zip`, and `build/teaching.zip` with papers and keys."""
    for name, folders in (("site", ["site"]), ("teaching", ["pdf", "instructor"])):
        path = BUILD / f"{name}.zip"
        # Under its final name it is whole, whatever happens on the way.
        draft = path.with_suffix(".part")
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(file for folder in folders for file in files_of(BUILD / folder)):
                packed.write(file, file.relative_to(BUILD))
        draft.replace(path)
        session.log(f"{path} ({path.stat().st_size // 1024} KiB)")


def files_of(folder: Path) -> list[Path]:
    """Return the files in *folder* and below, without hidden ones, which are notes of ours."""
    if not folder.is_dir():
        message = f"there is no folder {folder}; run `uvx nox -s build` first"
        raise SystemExit(message)
    return [file for file in folder.rglob("*") if file.is_file() and file.name[0] != "."]


@nox.session
def assign(session: nox.Session) -> None:
    """Print a worksheet, its versions and its key: `-- quiz-the-verdict --versions A,B`."""
    install(session, NEEDED)
    session.run("python", "-m", "courseware", "assign", *session.posargs)


@nox.session
def export(session: nox.Session) -> None:
    """Write exercises as other systems read them: `-- quiz-the-verdict --format moodle`."""
    install(session, NEEDED)
    session.run("python", "-m", "courseware", "export", *session.posargs)


@nox.session
def new(session: nox.Session) -> None:
    """Write a course to start from: `uvx nox -s new -- ../my-course`."""
    install(session, NEEDED)
    session.run("python", "-m", "courseware", "new", *session.posargs)


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
    modules = [*Path("tests").glob("*.py"), *Path("tests", "course").glob("*.py")]
    session.run("mypy", "noxfile.py", *sorted(map(str, modules)))
    session.run("mypy", *sorted(map(str, Path("docs", "figures").glob("*.py"))))
    session.run("python", "-m", "courseware", "lint", *session.posargs)


@nox.session
def live(session: nox.Session) -> None:
    """Serve the site and rebuild it as files change; pages show what is wrong."""
    install(session)
    watched = ("--watch", "docs/_ext", "--watch", "exercises")
    folders = ("-d", str(BUILD / "doctrees-live"), "docs", str(BUILD / "live"))
    options = ("-n", "-j", "auto", "-D", "courseware_live=1", *watched, *folders)
    session.run("sphinx-autobuild", *options, *session.posargs)


@nox.session
def figures(session: nox.Session) -> None:
    """Draw the figures to look at them (`build/figures`); `-- tallies` draws one."""
    install(session, NEEDED)
    session.run("python", "-m", "courseware", "figures", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Print how long builds take, how much memory they need, and how much they make."""
    install(session)
    session.run("python", "tests/bench.py", *session.posargs)


@nox.session
def schema(session: nox.Session) -> None:
    """Write the schemas for editors in `docs` and `exercises` anew from the models."""
    install(session)
    session.run("python", "-m", "courseware", "lint", "--schema")


@nox.session(venv_backend="none")
def constraints(session: nox.Session) -> None:
    """Write `constraints.txt` and `constraints-build.txt` anew from `pyproject.toml` (needs uv)."""
    same = (
        *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", PYTHONS[0]),
        *("--generate-hashes", "--no-annotate"),
        *("--custom-compile-command", "uvx nox -s constraints"),
    )
    everything = ("--upgrade", "--group", "all", "pyproject.toml", "--output-file", ALL)
    session.run(*same, *everything, external=True)
    # The same versions, of which builds need about half.
    part = ("--constraints", ALL, "pyproject.toml", "--output-file", NEEDED)
    session.run(*same, *part, external=True)
