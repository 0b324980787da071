"""What is said of a page wherever it is shared: number, title, description, address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx.locale import _

from .address import address_of
from .domain import sharing_domain

if TYPE_CHECKING:
    from sphinx.builders import Builder


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is said of the page ``docname``; what is not known is empty.

    ``given`` tells that the author wrote the description, so that the page has it already.
    """

    docname: str
    number: str
    title: str
    description: str
    address: str
    given: bool = False

    @property
    def heading(self) -> str:
        """The title with its number, as the page and the contents have it."""
        return f"{self.number}. {self.title}" if self.number else self.title


def facts_of(builder: Builder, docname: str) -> PageFacts:
    """Return what is said of the page *docname*, which has been read."""
    env = builder.env
    number = env.toc_secnumbers.get(docname, {}).get("") or ()
    title = env.titles.get(docname)
    described = sharing_domain(env).descriptions.get(docname)
    return PageFacts(
        docname=docname,
        number=".".join(map(str, number)),
        title=" ".join(title.astext().split()) if title else docname,
        description=described.text if described else "",
        address=address_of(builder, docname),
        given=bool(described and described.given),
    )


def facts_of_made(builder: Builder, pagename: str, title: str) -> PageFacts:
    """Return what is said of a page that Sphinx makes itself, such as its index.

    The *title* may be empty, since two of these pages get theirs in the theme's templates.
    """
    titles = {"genindex": _("Index"), "search": _("Search")}
    described: dict[str, str] = builder.config.sharing_descriptions
    return PageFacts(
        docname=pagename,
        number="",
        title=title or titles.get(pagename, pagename),
        description=described.get(pagename, ""),
        address=address_of(builder, pagename),
    )
