"""Stand-ins for what other layers give to print, and a node that nobody knows."""

from docutils import nodes
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
        cite = ledger_cite("", statements=names, classes=["ledger-cite"])
        cite += make_refnode(
            self.env.app.builder, self.env.docname, "ledger", names[0], nodes.Text(label)
        )
        return [cite], []


class Statement(SphinxDirective):
    required_arguments = 1
    has_content = True

    def run(self):
        item = nodes.list_item("", *self.parse_content_to_nodes(), ids=[self.arguments[0]])
        return [nodes.bullet_list("", item, classes=["ledger-list"])]


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
    app.add_directive("statement", Statement)
    app.add_directive("mystery", Mystery)
    app.add_directive("stamped", Stamped)
    app.add_node(mystery)
    app.add_node(stamped, typst=(visit_stamped, depart_stamped))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
