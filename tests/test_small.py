"""Scripts lose comments and indents, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import ENGINE
from courseware.site.small import smaller
from pygments.lexers import get_lexer_by_name
from pygments.token import Token

if TYPE_CHECKING:
    from pathlib import Path

SCRIPTS = sorted(ENGINE.glob("*/static/*.js"))


def said(script: str) -> list[tuple[object, str]]:
    """Return what *script* says, read by another library: all but comments, spaces and lines."""
    tokens = get_lexer_by_name("javascript").get_tokens(script)
    passed = (Token.Comment, Token.Text.Whitespace)
    kept = ((kind, text) for kind, text in tokens if text.strip())
    return [(kind, text) for kind, text in kept if not any(kind in each for each in passed)]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_says_the_same_in_fewer_letters(path: Path) -> None:
    script = path.read_text(encoding="utf-8")
    small = smaller(script)
    assert said(small) == said(script)
    assert len(small) < 0.9 * len(script)
    assert "\n " not in small or "`" in small


def test_what_only_looks_like_a_comment_stays() -> None:
    kept = "const text = `a\n  // b\n  /* c */\n`;\nconst address = 'https://a';\n/*! licence */\n"
    script = f"// one\n  /* two\n  lines */\n\n{kept}  // three\n    run();\n"
    assert smaller(script) == f"{kept}run();\n"
