"""Sphinx configuration; what the course says of itself stands in `course.yml`."""

copyright = "2026, The authors"
release = "1"

extensions = ["courseware"]
html_theme = "sphinx_book_theme"
