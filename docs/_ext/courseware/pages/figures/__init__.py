"""Figures on pages: drawn before the pages are read, and each with the data behind it.

`draw` has them drawn, `directives` puts one on a page, `table` shows its data, `output` suits them
to each builder.
"""
