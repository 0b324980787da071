"""What ``course.yml`` says, as settings of Sphinx and of the layers: defaults below ``conf.py``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util.matching import get_matching_files

from .bank.model import Audience
from .defaults import set_default
from .pages.course import course_of_app, settings_of
from .pages.domain import CHAPTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from .data.settings import Settings, Work

Properties = dict[str, Any]
#: What the cards of the kinds are called.
KINDS = "Kinds of statement"


def setup_configured(app: Sphinx) -> None:
    """Set the defaults; end the build where ``course.yml`` is wrong."""
    settings = settings_of(app)
    title = settings.title or app.config.project
    printed = _printed(settings)
    values: Properties = {
        "project": settings.title,
        "author": settings.contributors,
        "html_title": settings.title,
        "html_favicon": settings.emblem,
        "courseware_description": settings.description,
        "sharing_tagline": settings.tagline,
        "sharing_locale": settings.sharing.locale,
        "sharing_descriptions": settings.sharing.descriptions,
        "sharing_notfound_pages": list(settings.sharing.lost),
        "sharing_course": _course(settings),
        "typst_paper": settings.print.paper,
        "typst_regions": {
            each.code: each.region for each in settings.glossary.languages if each.region
        },
        "typst_documents": [
            _reader(app, settings, title, printed),
            *_workbook(app, settings, title, printed),
            *_chapters(app, title, printed, "handout"),
            *_chapters(app, title, printed, "chapter"),
            *_chapters(app, title, printed, "slides"),
            *_cards(app, settings, title, printed),
        ],
        "sheets_document": {
            **printed,
            "title": "Instructor guide",
            "subtitle": f"{title}: notes for discussion",
            "edition": f"Course{_release(app, ' ')}. Not for students",
        },
    }
    for name, value in values.items():
        if value:
            set_default(app.config, name, value)


def _release(app: Sphinx, before: str) -> str:
    """Return the release after *before*, or nothing where ``conf.py`` has none."""
    return f"{before}{app.config.release}" if app.config.release else ""


def _printed(settings: Settings) -> Properties:
    """Return what all PDFs say of themselves."""
    said = {
        "author": settings.contributors,
        "licence": settings.rights.words,
        "language": settings.language,
        "date": settings.date,
        "keywords": list(settings.keywords),
    }
    return {name: value for name, value in said.items() if value}


def _reader(app: Sphinx, settings: Settings, title: str, printed: Properties) -> Properties:
    """Return the reader: all pages in the order of the contents."""
    return {
        **printed,
        "start": app.config.root_doc,
        "target": "course-reader",
        "title": title,
        "subtitle": settings.tagline or "",
        "edition": f"Course reader{_release(app, ', version ')}",
        "about": settings.print.about or "",
        "description": settings.description or "",
        "address": app.config.html_baseurl,
        "contents_depth": 2,
        "exercises": not has_self_checks(app),
    }


def _workbook(
    app: Sphinx, settings: Settings, title: str, printed: Properties
) -> Iterator[Properties]:
    """Yield the workbook: the exercises of all pages, if there are any."""
    if has_self_checks(app):
        yield {
            **printed,
            "start": app.config.root_doc,
            "target": "course-workbook",
            "title": f"{title}: workbook",
            "subtitle": "Exercises with room to write, hints and answers",
            "edition": f"Course workbook{_release(app, ', version ')}",
            "about": settings.print.about or "",
            "layout": "workbook",
            "contents_depth": 1,
        }


def has_self_checks(app: Sphinx) -> bool:
    """Tell whether the bank has exercises for pages; what is wrong in it is told elsewhere."""
    mark = Audience.SELF_CHECK.value.encode()
    return any(mark in file.read_bytes() for file in course_of_app(app).bank_paths)


def _chapter_pages(app: Sphinx) -> list[Path]:
    """Return the files of the chapters, without what editors leave beside them."""
    return sorted(Path(app.srcdir, CHAPTERS).glob("[!._~]*.md"))


def _chapters(app: Sphinx, title: str, printed: Properties, layout: str) -> list[Properties]:
    """Return a PDF in a *layout* of each chapter, under the chapter's own title."""
    return [
        {
            **printed,
            "start": f"{CHAPTERS}{page.stem}",
            "target": f"{layout}-{page.stem}",
            "layout": layout,
            "edition": f"{title}, {layout}{_release(app, ', version ')}",
        }
        for page in _chapter_pages(app)
    ]


def _cards(
    app: Sphinx, settings: Settings, title: str, printed: Properties
) -> Iterator[Properties]:
    """Yield the cards of each chapter that has key terms, and those of the kinds of statement.

    Kinds have a set of their own, where the ledger's page defines each in a list of definitions.
    """
    said: Properties = {
        **printed,
        "layout": "cards",
        "edition": f"{title}, cards{_release(app, ', version ')}",
    }
    for page in _chapter_pages(app):
        if "{key-terms}" in page.read_text(encoding="utf-8", errors="replace"):
            yield {**said, "start": f"{CHAPTERS}{page.stem}", "target": f"cards-{page.stem}"}
    pages = get_matching_files(app.srcdir, ("**.md",), app.config.exclude_patterns)
    for name in sorted(pages):
        text = Path(app.srcdir, name).read_text(encoding="utf-8", errors="replace")
        defined = (re.search(rf"(?im)^{kind.id}\n: ", text) for kind in settings.kinds)
        if "{ledger-statements}" in text and all(defined):
            start = name.removesuffix(".md")
            yield {**said, "start": start, "target": "cards-kinds", "title": KINDS}
            return


def _course(settings: Settings) -> Properties:
    """Return what the course is, in the terms of https://schema.org/Course (version 29)."""
    contributors = settings.contributors and {
        "@type": "Organization",
        "name": settings.contributors,
    }
    said: Properties = {
        "author": contributors,
        "provider": contributors,
        "license": settings.rights.licence,
        "isAccessibleForFree": settings.rights.free,
        "educationalLevel": settings.level,
        "about": [{"@type": "Thing", "name": keyword} for keyword in settings.keywords],
        "isBasedOn": _work(settings.work),
    }
    return {name: value for name, value in said.items() if value}


def _work(work: Work) -> Properties:
    """Return what the work is; nothing where the course does not say its title."""
    if not work.title:
        return {}
    said: Properties = {
        "@type": work.type,
        "name": work.title,
        "author": work.author and {"@type": "Person", "name": work.author},
        "datePublished": work.date,
        "isPartOf": work.series and {"@type": "CreativeWorkSeries", "name": work.series},
    }
    return {name: value for name, value in said.items() if value}
