"""What ``course.yml`` says, as settings of Sphinx and of the layers: defaults below ``conf.py``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .defaults import set_default
from .pages.course import settings_of
from .pages.domain import CHAPTERS

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .data.settings import Settings, Work

Properties = dict[str, Any]


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
            *_chapters(app, title, printed, "handout", "handout"),
            *_chapters(app, title, printed, "chapter", "chapter"),
        ],
        "sheets_document": {
            **printed,
            "title": "Instructor guide",
            "subtitle": f"{title}: keys and notes for discussion",
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
    }


def _chapters(
    app: Sphinx, title: str, printed: Properties, layout: str, said: str
) -> list[Properties]:
    """Return a PDF in a *layout* of each chapter, under the chapter's own title."""
    return [
        {
            **printed,
            "start": f"{CHAPTERS}{page.stem}",
            "target": f"{layout}-{page.stem}",
            "layout": layout,
            "edition": f"{title}, {said}{_release(app, ', version ')}",
        }
        for page in sorted(Path(app.srcdir, CHAPTERS).glob("[!._~]*.md"))
    ]


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
