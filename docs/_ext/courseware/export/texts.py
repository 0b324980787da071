"""Texts of the bank as HTML and as plain text, as any system takes them.

The bank's texts are CommonMark (0.31.2) without HTML; what comes out is HTML whose signs are
escaped once. A format escapes it again only where its own syntax asks for that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

from courseware.data.addresses import scheme_of
from courseware.data.pictures import PictureError, check_picture, find_picture, suffix_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from markdown_it.token import Token

#: What stands before the name of a picture, until a format says where pictures are.
_HERE = 'src="picture:'
_IMAGE = re.compile(r'<img src="picture:[^"]*" alt="([^"]*)"[^>]*>')
_TABLES = ("table_open", "bullet_list_open", "ordered_list_open")
_NOT_A_NAME = re.compile(r"[^A-Za-z0-9]+")
# A role with its words, which an address may follow: {doc}`words </page>`.
_ROLE = re.compile(r"\{[\w:.+-]+\}`(?P<words>[^`<]*)(?:<[^`>]*>)?`")
_PAGE = re.compile(r"\.md(?=#|\?|$)")


@dataclass(frozen=True)
class Picture:
    """A picture in a text: its name in every package, and its file."""

    name: str
    path: Path

    @property
    def data(self) -> bytes:
        """The bytes of the file; raises `OSError` where it cannot be read."""
        return self.path.read_bytes()


@dataclass(frozen=True)
class Rich:
    """A text, as *markup* and *plain*; it has *pictures*, and may have a *layout* (table, list).

    *markup* is HTML; where its pictures are, each format says by `html`.
    """

    markup: str
    plain: str
    pictures: tuple[Picture, ...] = ()
    layout: bool = False
    #: What has been left out of it already: links that lead to no known address, lost pictures.
    lost: tuple[str, ...] = ()

    def html(self, folder: str = "") -> str:
        """Return the text as HTML whose pictures lie in *folder*, an address that ends in ``/``."""
        return self.markup.replace(_HERE, f'src="{escapeHtml(folder)}')

    @property
    def bare(self) -> str:
        """The text as HTML with the alternative texts of its pictures in their places."""
        return _IMAGE.sub(r"[\1]", self.markup)

    @property
    def is_formatted(self) -> bool:
        """Tell whether plain text says less than the HTML does."""
        return self.markup != escapeHtml(self.plain)


def words(text: str) -> Rich:
    """Return *text*, which has no marks, as a text."""
    return Rich(escapeHtml(text), text)


def without_roles(text: str) -> str:
    """Return *text*, which pages read as MyST, with the words of its roles alone."""
    return _ROLE.sub(lambda found: found["words"].strip(), text)


def joined(parts: Iterable[Rich], mark: str = "\n") -> Rich:
    """Return *parts*, blocks of HTML, as one text; *mark* stands between their plain texts."""
    found = [part for part in parts if part.plain or part.markup]
    return Rich(
        "\n".join(part.markup for part in found),
        mark.join(part.plain for part in found),
        tuple(dict.fromkeys(picture for part in found for picture in part.pictures)),
        any(part.layout for part in found),
        tuple(dict.fromkeys(lost for part in found for lost in part.lost)),
    )


def paragraph(text: Rich, lead: str = "") -> Rich:
    """Return *text*, a line, as a paragraph, after *lead* in bold where that is given."""
    before = f"<strong>{escapeHtml(lead)}</strong>" if lead else ""
    markup, plain = (
        " ".join(filter(None, pair)) for pair in ((before, text.markup), (lead, text.plain))
    )
    return Rich(f"<p>{markup}</p>", plain, text.pictures, text.layout, text.lost)


def listed(texts: Sequence[Rich]) -> Rich:
    """Return *texts*, lines, as a list; nothing makes an empty text."""
    if not texts:
        return Rich("", "")
    one = joined(texts)
    items = "".join(f"<li>{text.markup}</li>" for text in texts)
    plain = "\n".join(f"- {text.plain}" for text in texts)
    return Rich(f"<ul>{items}</ul>", plain, one.pictures, True, one.lost)


class Reader:
    """Reads texts that are written in a file which is seen from *folder*.

    *address* is where the site is published, with a slash at its end, or nothing; *page* is the
    place of the folder's pages on the site, such as ``chapters/``. Pictures are looked for in
    *root*, the folder of the pages, and in *others*.
    """

    def __init__(
        self, folder: Path, root: Path, others: Sequence[Path], address: str, page: str
    ) -> None:
        self.folder, self.root, self.others = folder, root, others
        self.address, self.page = address, page
        # Without a typographer: quotation marks stand as they are written, in every system.
        self._parser = MarkdownIt("commonmark", {"html": False}).enable("table")

    def line(self, text: str) -> Rich:
        """Return a *text* of one paragraph, as HTML without a paragraph around it."""
        return self._made(self._parser.parseInline(text, {}))

    def blocks(self, text: str) -> Rich:
        """Return a *text* of paragraphs, lists and tables."""
        return self._made(self._parser.parse(text))

    def _made(self, tokens: list[Token]) -> Rich:
        pictures: list[Picture] = []
        lost: list[str] = []
        for token in tokens:
            if token.children:
                token.children = list(self._led(token.children, pictures, lost))
        layout = any(token.type in _TABLES for token in tokens)
        markup = self._parser.renderer.render(tokens, self._parser.options, {}).strip()
        plain = _plain(tokens)
        return Rich(
            markup, plain, tuple(dict.fromkeys(pictures)), layout, tuple(dict.fromkeys(lost))
        )

    def _led(
        self, children: Sequence[Token], pictures: list[Picture], lost: list[str]
    ) -> Iterator[Token]:
        """Yield *children* with addresses that hold elsewhere; what cannot be kept gives words."""
        dropped: list[bool] = []
        for token in children:
            if token.type == "link_open":
                there = self._address(str(token.attrs.get("href", "")))
                dropped.append(not there)
                if not there:
                    lost.append("a link to a page of the course, whose address nobody gave")
                    continue
                token.attrs["href"] = there
            elif token.type == "link_close":
                if dropped.pop():
                    continue
            elif token.type == "image":
                try:
                    picture = self._picture(str(token.attrs.get("src", "")))
                except PictureError as error:
                    lost.append(f"a picture: {error}")
                    token.type, token.tag, token.attrs = "text", "", {}
                    token.content = f"[{token.content}]"
                else:
                    pictures.append(picture)
                    # First, so that the renderer writes nothing between it and its name.
                    rest = {k: v for k, v in token.attrs.items() if k != "src"}
                    token.attrs = {"src": f"picture:{picture.name}", **rest}
            yield token

    def _address(self, href: str) -> str:
        """Return an address that holds outside of the course, or nothing."""
        if scheme_of(href):
            return href
        if not self.address:
            return ""
        path = _PAGE.sub(".html", href)
        return urljoin(self.address, path.lstrip("/") if path.startswith("/") else self.page + path)

    def _picture(self, src: str) -> Picture:
        """Return the picture at *src*, under a name that no other has; raise `PictureError`."""
        path = find_picture(src, self.folder, self.root, *self.others)
        check_picture(path)
        data = path.read_bytes()
        stem = _NOT_A_NAME.sub("-", path.stem).strip("-") or "picture"
        return Picture(f"{stem}-{sha256(data).hexdigest()[:8]}{suffix_of(data)}", path)


def _plain(tokens: Iterable[Token]) -> str:
    """Return *tokens* as plain text: a line for each block and row, a bar between cells."""
    lines: list[str] = []
    cells: list[str] = []
    in_row = False
    for token in tokens:
        if token.type == "tr_open":
            cells, in_row = [], True
        elif token.type == "tr_close":
            lines.append(" | ".join(cells))
            in_row = False
        elif token.type == "inline":
            said = " ".join("".join(map(_word, token.children or ())).split())
            if in_row:
                cells.append(said)
            else:
                lines.append(said)
        elif token.type in {"code_block", "fence"}:
            lines.append(token.content.rstrip("\n"))
    return "\n".join(lines)


def _word(token: Token) -> str:
    match token.type:
        case "text" | "code_inline":
            return token.content
        case "softbreak" | "hardbreak":
            return " "
        case "image":
            return f"[{token.content}]"
        case _:
            return ""
