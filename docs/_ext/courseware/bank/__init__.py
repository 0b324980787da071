"""The bank of exercises as typed Python values (no Sphinx, no docutils).

``model`` says what an exercise is, ``load`` reads the folder ``exercises/bank``, ``order`` decides
in which order options are shown, ``rules`` holds the item-writing rules.
``assignments`` says what a paper for a class asks for, ``select`` finds its questions, ``versions``
puts them in order for neighbours; ``schema`` has the JSON Schemas for editors.
"""
