"""Every build writes every page, and reads no more than has changed.

Menus, numbers and links make a page depend on others in more ways than Sphinx keeps track of: a
new title, a page more or less, two chapters that changed places show on pages whose own source is
as it was. To write them all takes a few seconds; a list of what depends on what would be wrong
one day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def all_pages(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the names of all pages, for a builder that writes pages.

    One that says in words what it makes takes what it needs. Where nothing was read then, nothing
    has to be checked or kept.
    """
    return () if isinstance(app.builder.get_outdated_docs(), str) else env.found_docs


def forget(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Forget what all of *docnames* said before the first of them is read again.

    In one process, Sphinx forgets a page just before it reads it, and takes a label that moved to
    an earlier page for one that is there twice.
    """
    for docname in docnames:
        app.emit("env-purge-doc", env, docname)
        env.clear_doc(docname)


def setup_all_pages(app: Sphinx) -> None:
    """Register which pages are written, and what is forgotten."""
    app.connect("env-before-read-docs", forget)
    app.connect("env-get-updated", all_pages)
