"""A small course with every sort of node that print must know."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "Sample"
extensions = [
    "myst_parser",
    "sphinx_design",
    "sphinxcontrib.bibtex",
    "courseware.typst",
    "sample_nodes",
]
language = "en"
numfig = True
exclude_patterns = ["out"]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist", "attrs_inline", "substitution"]
myst_substitutions = {"city": "Ciudad Juárez"}
bibtex_bibfiles = ["refs.bib"]
bibtex_reference_style = "author_year"

typst_documents = [
    {
        "start": "index",
        "target": "reader",
        "title": "The sample: a réader",
        "subtitle": "Every sort of node",
        "about": "On a text of others (2010)",
        "author": "Ana Núñez",
        "edition": "First edition",
        "licence": "CC BY 4.0",
        "language": "en-GB",
        "date": "2026-01-31",
        "keywords": ["sample", "print"],
    },
    {
        "start": "chapters/first",
        "target": "handout",
        "title": "First handout",
        "layout": "chapter",
        "language": "en-GB",
    },
]
