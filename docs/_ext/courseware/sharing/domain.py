"""The ``sharing`` domain: how each page is described, known to all pages once it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sphinx.domains import Domain

from courseware.pages.domain import is_chapter

from .describe import describe, given_description

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True, slots=True)
class Description:
    """How a page is described, and whether its author wrote that in the page's metadata."""

    text: str
    given: bool


class SharingDomain(Domain):
    """The descriptions of the pages."""

    name = "sharing"
    label = "Sharing"
    initial_data: ClassVar[dict[str, Any]] = {
        "descriptions": {},  # docname -> Description
    }
    data_version = 1

    @property
    def descriptions(self) -> dict[str, Description]:
        """The descriptions of the pages read so far, by page name."""
        descriptions: dict[str, Description] = self.data["descriptions"]
        return descriptions

    def clear_doc(self, docname: str) -> None:
        """Forget the page *docname*."""
        self.descriptions.pop(docname, None)

    def merge_domaindata(self, docnames: Iterable[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read of *docnames*."""
        others = otherdata["descriptions"]
        self.descriptions.update({name: others[name] for name in docnames if name in others})

    def process_doc(
        self,
        env: BuildEnvironment,  # noqa: ARG002 (Sphinx passes it)
        docname: str,
        document: nodes.document,
    ) -> None:
        """Describe a page that was read."""
        given = given_description(document)
        text = given or describe(document, chapter=is_chapter(docname))
        self.descriptions[docname] = Description(text, given=bool(given))

    def resolve_any_xref(self, *_arguments: object) -> list[tuple[str, nodes.reference]]:
        """Return nothing: nobody links to a description."""
        return []


def sharing_domain(env: BuildEnvironment) -> SharingDomain:
    """Return the sharing domain of *env*."""
    domain = env.domains[SharingDomain.name]
    assert isinstance(domain, SharingDomain)
    return domain


def setup_sharing_domain(app: Sphinx) -> None:
    """Register the domain."""
    app.add_domain(SharingDomain)
