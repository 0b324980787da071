"""The course's data files as typed Python values (no Sphinx, no docutils).

One module for each file in ``docs/data``, and two that all of them share:
``problems`` (what is wrong with a file, and where) and ``yamlfile`` (reading YAML).
"""
