"""The bank of exercises as typed Python values (no Sphinx, no docutils).

``model`` says what an exercise is, ``load`` reads the folder ``exercises/bank``, ``order`` decides
in which order options are shown, ``rules`` holds the item-writing rules, ``schema`` the JSON
Schema for editors.
"""
