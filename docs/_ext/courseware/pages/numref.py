"""References by number load the page of their target once, and not once for each reference.

Sphinx looks at the target itself to tell a figure from a table, and reads its whole page for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sphinx.domains.std import StandardDomain

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


class _Loaded:
    """An environment whose pages are loaded once, for one who changes nothing in them."""

    def __init__(self, env: BuildEnvironment, pages: dict[str, nodes.document]) -> None:
        self._env = env
        self._pages = pages

    def __getattr__(self, name: str) -> object:
        return getattr(self._env, name)

    def get_doctree(self, docname: str) -> nodes.document:
        """Return the page *docname*, as it was read."""
        if docname not in self._pages:
            self._pages[docname] = self._env.get_doctree(docname)
        return self._pages[docname]


class NumberedDomain(StandardDomain):
    """The domain ``std``, which keeps the pages that references by number lead to."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._pages: dict[str, nodes.document] = {}

    def clear_doc(self, docname: str) -> None:
        """Forget *docname*, which is read anew, or is gone."""
        self._pages.pop(docname, None)
        super().clear_doc(docname)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        """Return the reference that *node* asks for, as Sphinx makes it."""
        seen = cast("BuildEnvironment", _Loaded(env, self._pages)) if typ == "numref" else env
        return super().resolve_xref(seen, fromdocname, builder, typ, target, node, contnode)


def setup_numref(app: Sphinx) -> None:
    """Register the domain in place of Sphinx's."""
    app.add_domain(NumberedDomain, override=True)
