"""Stand-ins for what other layers give to print, and a node that nobody knows."""

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.nodes import make_refnode


class ledger_cite(nodes.inline):
    pass


class mystery(nodes.General, nodes.Element):
    pass


class stamped(nodes.General, nodes.Element):
    pass


class LedgerRole(SphinxRole):
    def run(self):
        label, _, names = self.text.partition(":")
        names = names.split()
        anchor = f"cite-{self.env.new_serialno('cite')}"
        cite = ledger_cite("", statements=names, classes=["ledger-cite"], ids=[anchor])
        cite += make_refnode(
            self.env.app.builder, self.env.docname, "ledger", names[0], nodes.Text(label)
        )
        return [cite], []


class BareRole(SphinxRole):
    """A link whose maker forgot to say which page it stands on."""

    def run(self):
        xref = addnodes.pending_xref("", refdomain="std", reftype="doc", reftarget=self.text)
        xref["refexplicit"] = True
        xref += nodes.inline("", "where it stands")
        return [xref], []


class Statements(SphinxDirective):
    """One statement a line, as ``L001: words``; the option names the places that cite the first."""

    has_content = True
    option_spec = {"cited": directives.unchanged}

    def run(self):
        listing = nodes.bullet_list(classes=["ledger-list"])
        for line in self.content:
            name, _, words = line.partition(": ")
            facts = nodes.paragraph("", f"fact, page of {name}", classes=["statement-facts"])
            item = nodes.list_item("", nodes.paragraph("", f"{name} {words}"), facts, ids=[name])
            listing += item
        if cited := self.options.get("cited"):
            places = nodes.paragraph("", "Cited in: ", classes=["cited-in"])
            for place in cited.split():
                docname, anchor = place.split("#")
                builder, text = self.env.app.builder, nodes.Text("A place with a long title")
                places += make_refnode(builder, self.env.docname, docname, anchor, text)
            listing[0] += places
        return [listing]


class Mystery(SphinxDirective):
    has_content = True

    def run(self):
        node = mystery("", *self.parse_content_to_nodes())
        self.set_source_info(node)
        return [node]


class Stamped(SphinxDirective):
    def run(self):
        return [stamped()]


def visit_stamped(self, node):
    self.open("strong")
    self.emit('"Stamped by its own extension."')


def depart_stamped(self, node):
    self.close()


def setup(app):
    app.add_role("ledger", LedgerRole())
    app.add_role("bare", BareRole())
    app.add_directive("statements", Statements)
    app.add_directive("mystery", Mystery)
    app.add_directive("stamped", Stamped)
    app.add_node(mystery)
    app.add_node(stamped, typst=(visit_stamped, depart_stamped))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
