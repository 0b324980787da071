"""Works cited are formatted anew only when something has changed that they come from.

sphinxcontrib-bibtex formats all of them in every build, those of print and of single papers too,
which takes longer than to make a paper. What it made is in Sphinx's environment all the same.
"""

from __future__ import annotations

import ast
from hashlib import sha256
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, ClassVar

from sphinxcontrib.bibtex.domain import BibtexDomain, get_docnames

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

# Where the digest is, in the data of the domain.
_DIGEST = "formatted_of"
# What formats works: another version may do it in another way.
_PACKAGES = ("sphinxcontrib-bibtex", "pybtex", "latexcodec")


class KeptCitations(BibtexDomain):
    """The domain ``cite``, which keeps formatted works, with a digest of what they come from."""

    # Never that of the extension, whose data have no digest.
    data_version = 1000 + BibtexDomain.data_version
    initial_data: ClassVar[dict[str, Any]] = {**BibtexDomain.initial_data, _DIGEST: ""}

    def clear_doc(self, docname: str) -> None:
        """Forget what *docname* says; works that it lists are formatted again, and warned of."""
        if any(key.docname == docname for key in self.bibliographies):
            self.data[_DIGEST] = ""
        super().clear_doc(docname)

    def env_updated(self) -> Iterable[str]:
        """Format all works, unless they are there as they would be; return no pages to be read."""
        digest = sha256("\n".join(map(repr, self._origins())).encode()).hexdigest()
        if self.data[_DIGEST] != digest:
            super().env_updated()
            self.data[_DIGEST] = digest
        return []

    def _origins(self) -> Iterator[object]:
        """Yield all that formatted works, their order and their anchors depend on."""
        config = self.env.config
        yield [version(name) for name in _PACKAGES]
        yield config.bibtex_tooltips, config.bibtex_tooltips_style
        yield list(get_docnames(self.env))  # type: ignore[no-untyped-call]
        for entry in self.bibdata.data.entries.values():
            people = {role: [str(each) for each in names] for role, names in entry.persons.items()}
            yield entry.key, entry.type, list(entry.fields.items()), people
        for key, listed in self.bibliographies.items():
            anchors = {name: node["ids"] for name, node in listed.citation_nodes.items()}
            said = listed._asdict() | {
                "citation_nodes": anchors,
                "filter_": ast.dump(listed.filter_),
            }
            yield key, said
        for reference in self.citation_refs:
            yield reference.docname, [target.key for target in reference.targets]


def setup_citations(app: Sphinx) -> None:
    """Register the domain in place of the extension's."""
    app.add_domain(KeptCitations, override=True)
