project = "Small Course"
extensions = ["myst_parser", "sphinxcontrib.bibtex", "courseware"]
myst_enable_extensions = ["colon_fence", "deflist"]
bibtex_bibfiles = ["data/references.bib"]
bibtex_default_style = "course"
bibtex_reference_style = "author_year_round"
nitpicky = True
html_theme = "basic"
