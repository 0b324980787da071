"""Sphinx configuration of Four Pillars."""

from __future__ import annotations

import os
from pathlib import Path

project = "Four Pillars"
author = "The Four Pillars contributors"
copyright = "2026, The Four Pillars contributors. Text CC BY 4.0, code MIT"
release = "0.1.0"
version = "0.1"
language = "en"

# It brings templates, looks and settings; what is set here goes before its defaults.
extensions = ["courseware"]
exclude_patterns = ["_ext"]
html_theme = "sphinx_book_theme"
html_title = "Four Pillars"
html_favicon = "favicon.svg"
# Where the pages will be published, such as "https://example.org/four-pillars/"; empty if nobody
# has said. What needs an absolute address (canonical links, cards, sitemap) is left out then.
html_baseurl = os.environ.get("COURSE_URL", "")
# What the web app manifest says of the course.
courseware_description = "A course in judging whether a policy works, built on one short essay."

# What pages say of themselves to search engines and where somebody passes on a link.
sharing_tagline = "A course in judging whether a policy works"
sharing_locale = "en_GB"
sharing_descriptions = {
    "genindex": (
        "The index of Four Pillars: terms, people, groups and institutions, with the places "
        "where the chapters use them."
    ),
    "offline": "What to do when a page is not part of the copy that your browser keeps.",
    "search": (
        "Search all pages of Four Pillars: chapters, exercises, glossary, ledger and sources."
    ),
}
# The page for addresses that lead nowhere offers these, besides the chapters and the search.
sharing_notfound_pages = ["reference/glossary"]

# What all PDFs say of themselves.
_print = {
    "author": author,
    "licence": "Text: CC BY 4.0. Code: MIT. The essay remains its author\u2019s.",
    "language": "en-GB",
    "date": "2026-11-24",
    "keywords": [
        "policy evaluation",
        "evidence",
        "Mérida Initiative",
        "United States",
        "Mexico",
        "organised crime",
    ],
}
# What the course is, in the terms of https://schema.org/Course; chapters take over what holds for
# them. The essay calls itself an opinion piece in a series, and names no publisher.
_contributors = {"@type": "Organization", "name": author}
sharing_course = {
    "author": _contributors,
    "provider": _contributors,
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "isAccessibleForFree": True,
    "educationalLevel": "second-year students",
    "about": [{"@type": "Thing", "name": keyword} for keyword in _print["keywords"]],
    "isBasedOn": {
        "@type": "Article",
        "name": (
            "Success or Failure? Evaluating U.S.-Mexico Efforts to Address Organized Crime and "
            "Violence"
        ),
        "author": {"@type": "Person", "name": "Andrew Selee"},
        "datePublished": "2010-12-20",
        "isPartOf": {"@type": "CreativeWorkSeries", "name": "Perspectives on the Americas"},
    },
}
# The reader in print: front matter, chapters and back matter in the order of the contents.
typst_paper = "a4"
typst_documents = [
    {
        "start": "index",
        "target": "course-reader",
        "title": "Four Pillars",
        "subtitle": "A course in judging whether a policy works",
        "edition": f"Course reader, version {release}",
        "about": (
            "On Andrew Selee, \u201cSuccess or Failure? Evaluating U.S.-Mexico Efforts to Address "
            "Organized Crime and Violence\u201d (2010)"
        ),
        **_print,
    },
    # A handout of each chapter, under the chapter's own title.
    *(
        {
            "start": f"chapters/{page.stem}",
            "target": f"handout-{page.stem}",
            "layout": "handout",
            "edition": f"Four Pillars, handout, version {release}",
            **_print,
        }
        for page in sorted(Path(__file__).with_name("chapters").glob("*.md"))
    ),
]
# What worksheets, keys and the guide for teachers say of themselves.
sheets_document = {
    "title": "Instructor guide",
    "subtitle": "Four Pillars: keys and notes for discussion",
    "edition": f"Course {release}. Not for students",
    **_print,
}
