"""A Common Cartridge 1.1 of web links: chapters, what is printed of them, and topics for talk.

https://www.imsglobal.org/cc/ccv1p1: 1.1, since Moodle reads no later one. It lays out the course in
a system by one import: a module for each chapter. Exercises are left out: what a cartridge can say
of them is less than the other files do. All links lead to the published site, so that none can be
made where nobody has said where that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from courseware.bank.model import type_of
from courseware.bank.traits import is_talk

from .archive import archive
from .losses import Loss, Made
from .sets import lost_before, pictures_of
from .xmltree import add, document, root

if TYPE_CHECKING:
    from .items import Entry
    from .sets import Maker
    from .xmltree import Element

BASE = "http://www.imsglobal.org/xsd/imsccv1p1"
LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest"
LINK, TOPIC = "imswl_xmlv1p1", "imsdt_xmlv1p1"
#: What is printed of a chapter, by how the names of its files begin, in the order of a lesson.
PRINTED = {
    "handout": "Handout (PDF)",
    "slides": "Slides (PDF)",
    "chapter": "The chapter for print (PDF)",
    "cards": "Cards for print (PDF)",
}
#: What is printed of the whole course.
WHOLE = {"course-reader": "The course reader (PDF)", "course-workbook": "The workbook (PDF)"}
NO_ADDRESS = (
    "the cartridge of links is not made, since nobody has said where the course is published; say "
    "so by COURSE_URL=https://... or --address"
)


def cartridge(maker: Maker) -> Made:
    """Return the cartridge of the course of *maker*, whose address has to be known."""
    assert maker.course.address, NO_ADDRESS
    return _Cartridge(maker).made()


class _Cartridge:
    """The manifest with the files that it names."""

    def __init__(self, maker: Maker) -> None:
        course = maker.course
        self.maker, self.course = maker, course
        self.files: dict[str, bytes] = {}
        self.losses: list[Loss] = []
        self.manifest = root(
            "manifest", f"{BASE}/imscp_v1p1", identifier=f"cartridge-{course.name}"
        )
        self.manifest.set("xmlns:lom", LOM)
        metadata = add(self.manifest, "metadata")
        add(metadata, "schema", "IMS Common Cartridge")
        add(metadata, "schemaversion", "1.1.0")
        said = add(add(metadata, "lom:lom"), "lom:general")
        add(add(said, "lom:title"), "lom:string", course.edition)
        if course.settings.description:
            add(add(said, "lom:description"), "lom:string", course.settings.description)
        organization = add(
            add(self.manifest, "organizations"), "organization", identifier="organization",
            structure="rooted-hierarchy",
        )  # fmt: skip
        self.top = add(organization, "item", identifier="top")
        self.resources = add(self.manifest, "resources")

    def made(self) -> Made:
        """Return the whole."""
        self.front()
        for topic, title in self.course.chapters.items():
            self.chapter(topic, title)
        files = {"imsmanifest.xml": document(self.manifest), **self.files}
        return Made(archive(files), self.losses)

    def module(self, name: str, title: str) -> Element:
        """Add a module, and return it."""
        item = add(self.top, "item", identifier=f"module-{name}")
        add(item, "title", title)
        return item

    def front(self) -> None:
        """Add what is there of the whole course."""
        module = self.module("course", self.course.title)
        self.link(module, "front", self.course.title, "index.html")
        for name, title in WHOLE.items():
            self.printed(module, name, title)

    def chapter(self, topic: str, title: str) -> None:
        """Add the module of a chapter: its page, what is printed of it, and its topics for talk."""
        module = self.module(topic, title)
        self.link(module, f"page-{topic}", title, f"chapters/{topic}.html")
        for start, called in PRINTED.items():
            self.printed(module, f"{start}-{topic}", called)
        for file in self.maker.bank.files:
            if file.chapter == topic:
                for each in file.discussions:
                    self.topic(module, self.maker.entry(each))
                self.losses += [
                    Loss(
                        each.id, "the exercise", f"left out; other files have it ({type_of(each)})"
                    )
                    for each in file.exercises
                    if not is_talk(each)
                ]

    def printed(self, module: Element, name: str, title: str) -> None:
        """Add a link to the PDF *name*, if it is among those that the site offers."""
        if f"{name}.pdf" in self.maker.printed:
            self.link(module, name, title, f"downloads/{name}.pdf")

    def link(self, module: Element, name: str, title: str, place: str) -> None:
        """Add a link to *place* on the site."""
        link = root("webLink", f"{BASE}/imswl_v1p1")
        add(link, "title", title)
        add(link, "url", href=f"{self.course.address}{place}", target="_blank")
        self.resource(module, f"link-{name}", title, LINK, document(link))

    def topic(self, module: Element, entry: Entry) -> None:
        """Add a question for talk, without the notes of whoever leads it."""
        topic = root("topic", f"{BASE}/imsdt_v1p1")
        add(topic, "title", entry.title.plain)
        # Bare: where pictures of a topic are, systems do not agree.
        add(topic, "text", entry.prompt.bare, texttype="text/html")
        self.resource(module, f"topic-{entry.id}", entry.title.plain, TOPIC, document(topic))
        self.losses += lost_before(entry, entry.prompt)
        if pictures_of([entry]):
            self.losses.append(Loss(entry.id, "pictures", "their alternative texts, in brackets"))
        what = "notes for whoever leads the talk"
        self.losses.append(Loss(entry.id, what, "left out, since students read this"))

    def resource(self, module: Element, name: str, title: str, kind: str, content: bytes) -> None:
        """Add the file *content*, and where it stands in *module*."""
        item = add(module, "item", identifier=f"item-{name}", identifierref=name)
        add(item, "title", title)
        file = f"{name}.xml"
        add(add(self.resources, "resource", identifier=name, type=kind), "file", href=file)
        self.files[file] = content
