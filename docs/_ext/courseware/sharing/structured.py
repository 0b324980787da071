"""What a page is, for machines: JSON-LD 1.1 with the terms of https://schema.org (version 29).

The landing page is a ``Course``, a chapter a ``LearningResource`` that is part of it, any other
page a ``WebPage``. All that is said stands on the page, in its data, or in ``sharing_course``.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from courseware.pages.course import course_of
from courseware.pages.domain import Chapter, course_domain
from courseware.pages.listings import chapters_in_order

from .facts import PageFacts, facts_of
from .refuse import refuse

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

Properties = dict[str, Any]

# What holds for the whole course holds for each page of it, too; the rest for chapters alone.
_OF_ALL = ("author", "isAccessibleForFree", "license")
_OF_CHAPTERS = (*_OF_ALL, "educationalLevel", "isBasedOn")


def structured(builder: Builder, page: PageFacts) -> Properties:
    """Return what *page* is."""
    config, docname = builder.config, page.docname
    chapter = course_domain(builder.env).chapters.get(docname)
    described: Properties = {"name": page.heading, "inLanguage": config.language}
    if page.description:
        described["description"] = page.description
    if page.address:
        described["url"] = page.address
    if docname == config.root_doc:
        kind: Properties = {"@type": "Course", "@id": course_id(builder, docname)}
        more = _course(builder)
    else:
        kind = {"@id": page_id(builder, docname, docname)}
        kind["@type"] = "LearningResource" if chapter else "WebPage"
        more = _kept(config, _OF_CHAPTERS if chapter else _OF_ALL)
        if chapter:
            more |= _chapter(builder, page, chapter)
        more["isPartOf"] = {
            "@type": "Course",
            "@id": course_id(builder, docname),
            "name": config.project,
        }
    return {"@context": "https://schema.org", **kind, **described, **more}


def _course(builder: Builder) -> Properties:
    """Return what is said of the course alone: what ``sharing_course`` says, and its chapters."""
    root = builder.config.root_doc
    parts = []
    for position, (_number, chapter) in enumerate(chapters_in_order(builder.env), start=1):
        page = facts_of(builder, chapter.docname)
        part = {
            "@type": "LearningResource",
            "@id": page_id(builder, root, page.docname),
            "name": page.heading,
            "position": position,
        }
        parts.append(part | ({"url": page.address} if page.address else {}))
    return {**builder.config.sharing_course, **({"hasPart": parts} if parts else {})}


def _chapter(builder: Builder, page: PageFacts, chapter: Chapter) -> Properties:
    """Return what is said of a chapter alone."""
    env = builder.env
    names = [each.docname for _, each in chapters_in_order(env)]
    topic = page.docname.rpartition("/")[2]
    course = course_of(env)
    outcomes = course.outcomes.of_chapter(topic) if course.outcomes_file.exists() else []
    talks = {shown.is_talk for shown in course_domain(env).shown.get(page.docname, ())}
    uses = ["reading", *(["self-assessment"] if False in talks else [])]
    uses += ["class discussion"] if True in talks else []
    return {
        "learningResourceType": "chapter",
        "position": names.index(page.docname) + 1,
        # ISO 8601: the minutes in class and at home; those of reading are among them.
        "timeRequired": f"PT{chapter.class_ + chapter.home}M",
        "educationalUse": uses,
        **({"teaches": [outcome.text for outcome in outcomes]} if outcomes else {}),
    }


def _kept(config: Config, names: tuple[str, ...]) -> Properties:
    return {name: config.sharing_course[name] for name in names if name in config.sharing_course}


def course_id(builder: Builder, fromdoc: str) -> str:
    """Return the identity of the course, as the page *fromdoc* has to write it."""
    return f"{page_id(builder, fromdoc, builder.config.root_doc)}#course"


def page_id(builder: Builder, fromdoc: str, docname: str) -> str:
    """Return the identity of the page *docname*, as the page *fromdoc* has to write it.

    It is the page's address where that is known; else a relative one, which machines resolve by
    the address at which they found *fromdoc* (JSON-LD 1.1, 9.4.1).
    """
    if builder.config.html_baseurl:
        return facts_of(builder, docname).address
    # Of itself a page says its own name, since an empty address is easily taken for none.
    own = builder.get_target_uri(docname).rpartition("/")[2]
    return builder.get_relative_uri(fromdoc, docname) or own


def script(properties: Properties) -> str:
    """Return *properties* as an element for a page's head."""
    text = json.dumps(properties, ensure_ascii=False, separators=(",", ":"))
    # Nothing in the text can end the element, or begin a comment in it.
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def check_course(app: Sphinx, config: Config) -> None:
    """Check that ``sharing_course`` can be written as JSON; else say what cannot, and end."""
    try:
        json.dumps(config.sharing_course)
    except (TypeError, ValueError) as error:
        message = f"sharing_course: {error}; expected what JSON has, such as texts and lists"
        refuse(app, "sharing_course", message)


def setup_structured(app: Sphinx) -> None:
    """Register what is said of the course: any properties of https://schema.org/Course."""
    app.add_config_value("sharing_course", {}, "html", types=(dict,))
    app.connect("config-inited", check_course)
