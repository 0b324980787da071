project = "Figures"
version = "1"
extensions = ["myst_parser", "sphinxcontrib.bibtex", "courseware"]
myst_enable_extensions = ["colon_fence"]
bibtex_bibfiles = ["data/references.bib"]
bibtex_default_style = "course"
bibtex_reference_style = "author_year_round"
nitpicky = True
numfig = True
numfig_format = {"figure": "Figure %s"}
exclude_patterns = ["figures"]
html_theme = "basic"
epub_copyright = "nobody"
typst_documents = [
    {
        "start": "index",
        "target": "figures",
        "title": "Figures",
        "author": "Nobody",
        "language": "en-GB",
        "date": "2026-01-01",
    },
]
