"""What was made in a folder may be made again; what a person put there is never touched."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from courseware.files.turns import LOCK, alone
from courseware.typst.made import RECORD, Made, NotOursError

WRITES = """
import sys
from pathlib import Path
from courseware.typst.made import Made
folder, who = Path(sys.argv[1]), sys.argv[2]
made = Made(folder)
for number in range(12):
    made.write(f"{who}-{number}.pdf", f"{who} {number}".encode())
    made.write("shared.pdf", f"{who} {number}".encode())
"""
# Stands still with the draft of a file written, and not yet renamed.
STOPS = """
import sys, time
from pathlib import Path
from courseware.typst.made import Made
made = Made(Path(sys.argv[1]))
replace = Path.replace
def stop(path, target):
    if target.name == "a.pdf":
        print("here", flush=True)
        time.sleep(60)
    return replace(path, target)
Path.replace = stop
made.write("pdf/a.pdf", b"new")
"""


def names(folder: Path) -> set[str]:
    """Return the files in *folder* and below, without the list and the lock."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return files - {RECORD, LOCK}


def test_file_is_written_and_written_again(tmp_path: Path) -> None:
    Made(tmp_path).write("pdf/a.pdf", b"one")
    Made(tmp_path).write("pdf/a.pdf", b"two")
    assert (tmp_path / "pdf" / "a.pdf").read_bytes() == b"two"
    assert names(tmp_path) == {"pdf/a.pdf"}


def test_file_of_a_person_is_never_replaced_or_removed(tmp_path: Path) -> None:
    own = tmp_path / "a.pdf"
    own.write_bytes(b"mine")
    made = Made(tmp_path)
    with pytest.raises(NotOursError, match="not made here, or has been changed since"):
        made.write("a.pdf", b"new")
    with pytest.raises(NotOursError):
        made.remove("a.pdf")
    made.keep_only([])
    assert own.read_bytes() == b"mine"


def test_file_that_somebody_changed_is_theirs(tmp_path: Path) -> None:
    Made(tmp_path).write("a.pdf", b"one")
    (tmp_path / "a.pdf").write_bytes(b"one, with notes in its margin")
    with pytest.raises(NotOursError, match=r"a\.pdf: this file"):
        Made(tmp_path).write("a.pdf", b"two")
    Made(tmp_path).keep_only([])
    assert names(tmp_path) == {"a.pdf"}


def test_folder_of_that_name_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(NotOursError):
        Made(tmp_path).write("a.pdf", b"new")


def test_what_is_no_longer_made_goes(tmp_path: Path) -> None:
    made = Made(tmp_path)
    made.write("a.pdf", b"one")
    made.write("b.pdf", b"two")
    Made(tmp_path).keep_only(["a.pdf"])
    assert names(tmp_path) == {"a.pdf"}
    assert set(Made(tmp_path).files) == {"a.pdf"}


def test_what_was_asked_for_by_itself_stays(tmp_path: Path) -> None:
    Made(tmp_path).write("large.pdf", b"one", asked=True)
    Made(tmp_path).keep_only([])
    assert names(tmp_path) == {"large.pdf"}
    Made(tmp_path).write("large.pdf", b"two")
    Made(tmp_path).keep_only([])
    assert names(tmp_path) == set()


def test_half_written_file_never_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Made(tmp_path)
    made.write("a.pdf", b"old")
    write = Path.write_bytes

    def full_disk(path: Path, content: bytes) -> int:
        if path.name.startswith(".a.pdf"):
            write(path, content[:1])
            raise OSError(28, "No space left on device", str(path))
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(OSError, match="No space left"):
        made.write("a.pdf", b"new")
    monkeypatch.undo()
    assert names(tmp_path) == {"a.pdf"}
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    # Either is ours, so that the next run goes through.
    Made(tmp_path).write("a.pdf", b"new")
    assert (tmp_path / "a.pdf").read_bytes() == b"new"


@pytest.mark.parametrize("stopped_at", ["before", "after"])
def test_run_that_was_interrupted_leaves_a_file_that_is_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped_at: str
) -> None:
    made = Made(tmp_path)
    made.write("a.pdf", b"old")
    replace = Path.replace

    def interrupted(path: Path, target: Path) -> Path:
        if target.name == "a.pdf":
            if stopped_at == "after":
                replace(path, target)
            raise KeyboardInterrupt
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        made.write("a.pdf", b"new")
    monkeypatch.undo()
    assert names(tmp_path) == {"a.pdf"}
    Made(tmp_path).write("a.pdf", b"newer")


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "7", '{"a.pdf": []}', '{"a.pdf": {"asked": 1, "digests": []}}',
     '{"a.pdf": {"asked": true, "digests": [1]}}',
     '{"a.pdf": {"asked": true, "digests": [], "source": 1}}', '{"a.pdf": {"digests": ["x"]}}'],
)  # fmt: skip
def test_list_that_cannot_be_read_says_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / RECORD).write_text(text, encoding="utf-8")
    with pytest.raises(NotOursError, match=r"\.made\.json: cannot tell .* delete this file"):
        Made(tmp_path)
    assert (tmp_path / RECORD).read_text(encoding="utf-8") == text


def test_list_is_the_same_whatever_the_order(tmp_path: Path) -> None:
    first, second = Made(tmp_path / "one"), Made(tmp_path / "two")
    first.write("a.pdf", b"a")
    first.write("b.pdf", b"b")
    second.write("b.pdf", b"b")
    second.write("a.pdf", b"a")
    assert first.path.read_bytes() == second.path.read_bytes()
    assert json.loads(first.path.read_text(encoding="utf-8"))["a.pdf"]["asked"] is False


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Run *code* in a process of its own."""
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=paths)


def test_commands_at_the_same_time_know_all_their_files(tmp_path: Path) -> None:
    running = [python(WRITES, str(tmp_path), who) for who in "abc"]
    for process in running:
        process.communicate()
    assert [process.returncode for process in running] == [0, 0, 0]
    expected = {f"{who}-{number}.pdf" for who in "abc" for number in range(12)} | {"shared.pdf"}
    assert names(tmp_path) == expected
    made = Made(tmp_path)
    assert set(made.files) == expected
    for name in expected:
        made.refuse_foreign(name)


def test_list_that_another_command_has_written_to_is_read_again(tmp_path: Path) -> None:
    first, second = Made(tmp_path), Made(tmp_path)
    first.write("a.pdf", b"one")
    second.write("b.pdf", b"two")
    first.write("b.pdf", b"three")
    assert set(Made(tmp_path).files) == {"a.pdf", "b.pdf"}


def test_command_that_was_killed_leaves_nothing_behind(tmp_path: Path) -> None:
    Made(tmp_path).write("pdf/a.pdf", b"old")
    process = python(STOPS, str(tmp_path))
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    process.kill()
    process.communicate()
    [draft] = tmp_path.glob("pdf/*.part")
    assert draft.name.startswith(".a.pdf.")
    other = draft.with_name(".of-mine.12345678.part")
    other.write_bytes(b"mine")
    Made(tmp_path).write("pdf/a.pdf", b"newer")
    assert names(tmp_path) == {"pdf/a.pdf", f"pdf/{other.name}"}
    assert (tmp_path / "pdf" / "a.pdf").read_bytes() == b"newer"


def test_command_waits_for_another_that_writes(tmp_path: Path) -> None:
    Made(tmp_path).write("a.pdf", b"one")
    with alone(tmp_path):
        process = python(WRITES, str(tmp_path), "b")
        time.sleep(0.5)
        assert process.poll() is None
        assert not list(tmp_path.glob("b-*"))
    process.communicate()
    assert process.returncode == 0
    assert len(list(tmp_path.glob("b-*"))) == 12


def test_what_is_as_it_was_need_not_be_made_again(tmp_path: Path) -> None:
    made = Made(tmp_path)
    made.write("a.pdf", b"one", source="of this")
    assert made.is_current("a.pdf", "of this")
    assert not made.is_current("a.pdf", "of that")
    assert not made.is_current("b.pdf", "of this")
    (tmp_path / "a.pdf").unlink()
    assert not made.is_current("a.pdf", "of this")
    made.write("a.pdf", b"two", asked=True, source="of this")
    # Made by a whole build, it counts as not asked for, though it is not written again.
    assert made.is_current("a.pdf", "of this")
    made.keep_only([])
    assert names(tmp_path) == set()


def test_file_of_unknown_origin_is_made_again(tmp_path: Path) -> None:
    made = Made(tmp_path)
    made.write("a.pdf", b"one")
    assert not made.is_current("a.pdf", "of this")
    # As an earlier release has written it.
    entry = {"asked": False, "digests": made.files["a.pdf"]["digests"]}
    made.path.write_text(json.dumps({"a.pdf": entry}), encoding="utf-8")
    assert not Made(tmp_path).is_current("a.pdf", "of this")
    Made(tmp_path).write("a.pdf", b"two")
    assert (tmp_path / "a.pdf").read_bytes() == b"two"
