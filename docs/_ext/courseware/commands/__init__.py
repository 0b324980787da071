"""What one does with a course from the command line, as ``python -m courseware COMMAND``.

One module a command: :mod:`new` writes a course to start from, :mod:`build` makes everything of
one. The others have their homes in the layers, each in a module ``command``: ``assign`` in
`courseware.sheets`, ``export`` in `courseware.export`, ``lint`` in `courseware.bank`, ``figures``
in `courseware.figures`.
"""
