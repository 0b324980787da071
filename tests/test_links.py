"""Links and pictures in data: to the web, to mail, to files of the course, and nowhere else."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from courseware.bank.load import load_bank_file, load_misconceptions
from courseware.data.glossary import load_glossary
from courseware.data.ledger import load_ledger
from courseware.data.links import wrong_links
from courseware.data.problems import DataError
from courseware.data.settings import Settings
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parent / "roots" / "test-course"
SCHEMES = ["javascript:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/passwd"]


def spellings(address: str) -> list[str]:
    """Return texts with links to *address*, each in another spelling."""
    first, rest = address[0], address[1:]
    return [
        f"[x]({address})",
        f"[x]({address.upper()})",
        f"[x]({first}\t{rest})",
        f"[x]({first}\n{rest})",
        f"[x](<{first}\t{rest}>)",
        f"[x]({first}&Tab;{rest})",
        f"[x]({first}&#10;{rest})",
        f"[x](&#{ord(first)};{rest})",
        f"[x](&#x{ord(first):x};{rest})",
        f"[x]({address.replace(':', '&colon;', 1)})",
        f"[x](%{ord(first):02x}{rest})",
        f"[x](<&#1;{address}>)",
        f"[x](< {address}>)",
        f"[x][a]\n\n[a]: {address}",
        f"[a]\n\n[a]: <{address}> 'title'",
        f"[a][]\n\n[a]:\n  {address}",
        f"<{address}>",
        f"![x]({address})",
        f"![x][a]\n\n[a]: {address}",
    ]


@pytest.mark.parametrize("text", [text for scheme in SCHEMES for text in spellings(scheme)])
def test_harmful_address_in_every_spelling(text: str) -> None:
    assert wrong_links(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "![x](../../../a.png)",
            "![x](a/../../../../b.png)",
            "![x](/../a.png)",
            "![x](//a.org/b)",
        ),
        *("![x](https://a.org/b.png)", "![x](..%2F..%2F..%2Fa.png)", "![x](C:/a.png)"),
        *("[x](../../../a)", "[x](//a.org)", "[x](ftp://a.org)", "![x](..\\\\..\\\\..\\\\a.png)"),
    ],
)
def test_address_outside_the_course(text: str) -> None:
    assert wrong_links(text)


@pytest.mark.parametrize(
    "text",
    [
        *("[x](https://a.org/b?c=d#e)", "<https://a.org>", "[x](mailto:a@b.org)", "<a@b.org>"),
        *("[x](#part)", "[x](other.md)", "[x](../a/b.md#c)", "![x](a.png)", "![x](../../a/b.png)"),
        *("![x](/a/b.png)", "a < b, data: none", "see [1]: file", "*a* [b] (c: d)"),
        "[x][a]\n\n[a]: http://a.org",
    ],
)
def test_good_address(text: str) -> None:
    assert wrong_links(text) == ""


@settings(deadline=None, derandomize=True, database=None, max_examples=100)
@given(st.text(alphabet="[]()<>!:/\\.&#; \n\tjavscriptd%6a", max_size=40))
def test_any_text_is_judged(text: str) -> None:
    assert "\n" not in wrong_links(text)


LINK = "See [this](JavaScript:alert(1)) there."


@pytest.mark.parametrize(
    ("name", "old", "load"),
    [
        ("exercises/bank/counting.yml", "What does the number count?", load_bank_file),
        ("exercises/misconceptions.yml", None, load_misconceptions),
        ("data/glossary.yml", "How many there are.", partial(load_glossary, settings=Settings())),
        ("data/ledger.yml", "claim", partial(load_ledger, settings=Settings())),
    ],
)
def test_link_in_data_is_told_with_its_line(
    tmp_path: Path, name: str, old: str | None, load: object
) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    if old is None or old == "claim":
        key = "text: " if old is None else "claim: "
        at = next(at for at, line in enumerate(lines) if line.strip().startswith(key))
        lines[at] = f"{lines[at].partition(key)[0]}{key}{json.dumps(LINK)}"
    else:
        at = next(at for at, line in enumerate(lines) if old in line)
        lines[at] = lines[at].replace(old, json.dumps(LINK))
    path = tmp_path / Path(name).name
    path.write_text("\n".join(lines), encoding="utf-8")
    assert callable(load)
    with pytest.raises(DataError) as error:
        load(path)
    [problem] = error.value.problems
    assert problem.line == at + 1
    assert "begins with 'javascript:'; expected one of http:, https:, mailto:" in problem.message
