"""Which rules of a style sheet some pages need. Plain Python; the parser is tinycss2.

Selectors are read as far as needed: a rule stays unless one of its compounds names a class, an id
or an element that no page has and no script can make. What stands in brackets or parentheses
(attributes, ``:not()``, ``:is()``) never condemns a rule, so what is kept is at worst too much.

Format: CSS Syntax Module Level 3, Selectors Level 4, CSS Custom Properties Level 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence, Set

# Names that scripts may give: every word in a string of theirs could be one.
WORD = re.compile(r"[A-Za-z_][\w-]*")
QUOTED = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'|`([^`]*)`")
# A parser takes a hundred times as long, and what these find too much does no harm.
ELEMENT, CLASSES, IDS = (
    re.compile(r"<(\w+)"),
    re.compile(r'\bclass="([^"]*)"'),
    re.compile(r'\bid="([^"]*)"'),
)
# Parts of the theme that only its own scripts make, which pages do not load; to ours the words mean
# something else.
SCRIPTED = {"popover", "tooltip"}
# What a browser has whether or not it is written.
ALWAYS = {"html", "head", "body", "tbody", "*"}
VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
THEME = re.compile(r"\[data-theme=[\"']?(light|dark)[\"']?\]")


@dataclass(frozen=True)
class Rule:
    """One rule: where it stands, its selectors, and what it declares.

    ``around`` are the conditions around it, from the outermost, such as ``@media print``. A rule
    without selectors is one of ``@font-face``, ``@keyframes`` and the like; ``name`` says which.
    """

    around: tuple[str, ...]
    selectors: tuple[str, ...]
    declarations: tuple[tuple[str, str], ...] = ()
    name: str = ""
    text: str = ""


@dataclass
class Names:
    """Elements, classes and ids that pages have, and words from scripts, which may be any."""

    elements: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def add_page(self, html: str) -> None:
        """Note what the page *html* has; its attributes are quoted, as Sphinx writes them."""
        self.elements.update(name.lower() for name in ELEMENT.findall(html))
        for value in set(CLASSES.findall(html)):
            self.classes.update(value.split())
        self.ids.update(IDS.findall(html))

    def add_script(self, script: str) -> None:
        """Note every word that *script* has in quotation marks."""
        for parts in QUOTED.findall(script):
            self.words.update(WORD.findall(" ".join(parts)))

    def __contains__(self, name: str) -> bool:
        """Return whether ``.class``, ``#id`` or ``element`` may be on a page."""
        if name.startswith("."):
            return name[1:] in self.classes or name[1:] in self.words - SCRIPTED
        if name.startswith("#"):
            return name[1:] in self.ids or name[1:] in self.words
        return name.lower() in self.elements or name.lower() in ALWAYS or name in self.words


def parse(css: str) -> list[Rule]:
    """Return the rules of *css* in order; what a browser could not read is left out."""
    return list(_rules(tinycss2.parse_stylesheet(css, True, True), ()))


def _rules(nodes: Iterable[object], around: tuple[str, ...]) -> Iterator[Rule]:
    for node in nodes:
        kind = getattr(node, "type", "")
        if kind == "qualified-rule":
            selectors = tuple(_text(part) for part in _split(node.prelude))  # type: ignore[attr-defined]
            yield Rule(around, selectors, tuple(declarations(node.content)))  # type: ignore[attr-defined]
        elif kind == "at-rule":
            yield from _at_rule(node, around)


def _at_rule(node: object, around: tuple[str, ...]) -> Iterator[Rule]:
    keyword = node.lower_at_keyword  # type: ignore[attr-defined]
    prelude = _text(node.prelude)  # type: ignore[attr-defined]
    content = node.content  # type: ignore[attr-defined]
    if keyword in {"media", "supports", "layer", "container"} and content is not None:
        inner = tinycss2.parse_rule_list(content, True, True)
        yield from _rules(inner, (*around, f"@{keyword} {prelude}"))
    elif keyword == "keyframes":
        yield Rule(around, (), name=f"keyframes {prelude}", text=_text(content))
    elif keyword == "font-face":
        yield Rule(around, (), tuple(declarations(content)), name="font-face")
    elif keyword == "page":
        yield Rule(around, (), name=f"page {prelude}".strip(), text=_text(content))
    # @charset and @import have no place here: files are joined, and read as UTF-8.


def declarations(content: str | Sequence[object]) -> Iterator[tuple[str, str]]:
    """Yield what *content*, the inside of a rule, declares: each property with its value."""
    for node in tinycss2.parse_blocks_contents(content, True, True):
        if node.type == "declaration":
            important = "!important" if node.important else ""
            name = node.name if node.name.startswith("--") else node.lower_name
            yield name, _text(node.value) + important


def _split(tokens: Sequence[object]) -> Iterator[list[object]]:
    part: list[object] = []
    for each in tokens:
        if each == ",":
            yield part
            part = []
        else:
            part.append(each)
    yield part


def _text(tokens: Sequence[object]) -> str:
    """Return *tokens* as CSS, with single spaces and no comments."""
    kept = [token for token in tokens if getattr(token, "type", "") != "comment"]
    return re.sub(r"\s+", " ", str(tinycss2.serialize(kept))).strip()


# -- what stays ------------------------------------------------------------------------------------

_OUTSIDE = re.compile(r"\[[^\]]*\]|::?[\w-]+(\((?:[^()]|\([^()]*\))*\))?")
_NAME = re.compile(r"[.#]?(?:[\w-]|\\.|[^\x00-\x7f])+|\*")


def names_in(selector: str) -> list[str]:
    """Return the elements, ``.classes`` and ``#ids`` that something must have to match."""
    plain = _OUTSIDE.sub("", selector)
    return [re.sub(r"\\(.)", r"\1", name) for name in _NAME.findall(plain)]


def purge(rules: Sequence[Rule], names: Names) -> list[Rule]:
    """Return those of *rules* that pages with *names* may need, without what nothing uses.

    Out go rules whose selectors match nothing, custom properties that nothing reads or that a later
    rule always sets again, animations that nothing runs and fonts that nothing is set in.
    """
    kept = []
    for rule in rules:
        selectors = tuple(one for one in rule.selectors if all(n in names for n in names_in(one)))
        if not rule.selectors or (selectors and rule.declarations):
            kept.append(replace(rule, selectors=selectors))
    return _without_unused(_without_overridden(kept))


_VALUE = re.compile(r"\[([\w-]+)=[^\]]*\]")


def _without_overridden(rules: Sequence[Rule]) -> list[Rule]:
    """Return *rules* without custom properties that a later one, always in force, sets again.

    A later selector does so if it is the same, or the same whatever the attributes' values are:
    ``[data-theme]`` after ``[data-theme=dark]`` has the same weight.
    """
    seen: set[tuple[str, str]] = set()
    kept: list[Rule] = []
    for rule in reversed(rules):
        covering = [{one, _VALUE.sub(r"[\1]", one)} for one in rule.selectors]
        declared = tuple(
            (name, value)
            for name, value in rule.declarations
            if not rule.selectors
            or not all(any((each, name) in seen for each in some) for some in covering)
        )
        if not rule.around:
            properties = [name for name, value in declared if name.startswith("--")]
            seen |= {(one, name) for one in rule.selectors for name in properties}
        kept.append(replace(rule, declarations=declared))
    return [rule for rule in reversed(kept) if rule.declarations or not rule.selectors]


def _without_unused(rules: list[Rule]) -> list[Rule]:
    while True:
        values = [text for rule in rules for _name, text in rule.declarations]
        read = {name for text in values for name in VARIABLE.findall(text)}
        named = " ".join(
            text
            for rule in rules
            if rule.name != "font-face"
            for name, text in rule.declarations
            if name.startswith(("animation", "font", "--"))
        )
        needed = [_with_read(rule, read) for rule in rules if _is_named(rule, named)]
        left = [rule for rule in needed if rule.declarations or not rule.selectors]
        if left == rules:
            return left
        rules = left


def _with_read(rule: Rule, read: Set[str]) -> Rule:
    """Return *rule* without variables that are not among those that are *read*."""
    declared = [
        item for item in rule.declarations if not item[0].startswith("--") or item[0] in read
    ]
    return replace(rule, declarations=tuple(declared))


def _is_named(rule: Rule, named: str) -> bool:
    """Tell whether what *rule* defines is *named*, where it defines an animation or a font."""
    if rule.name.startswith("keyframes "):
        return rule.name[10:] in named
    family = dict(rule.declarations).get("font-family", "").strip("\"'")
    return rule.name != "font-face" or family in named


SYSTEM = "@media screen and (prefers-color-scheme: dark)"


def follow_system(rules: Sequence[Rule]) -> list[Rule]:
    """Return *rules* with light and dark for pages that were not told which, and for paper.

    A page without scripts has the theme ``auto``: it gets the rules for light, and on a screen
    those for dark where the system asks for dark. Paper is light, whatever the page is.

    Rules for light or dark that follow each other are written light first: no page had both.
    """
    result: list[Rule] = []
    run: list[Rule] = []
    for rule in rules:
        modes = {mode for one in rule.selectors for mode in _modes(one)}
        if len(modes) == 1 and all(map(_modes, rule.selectors)):
            run.append(rule)
            continue
        result += [*_in_both_modes(run), *_in_both_modes([rule])]
        run = []
    return [*result, *_in_both_modes(run)]


def _in_both_modes(rules: Sequence[Rule]) -> Iterator[Rule]:
    """Yield *rules* for light or both, then for paper, then for dark on a screen."""
    parted = [(rule, _parted(rule.selectors)) for rule in rules]
    for rule, (other, light, _) in parted:
        if other or light or not rule.selectors:
            yield replace(rule, selectors=(*other, *light, *_for_mode(light, "auto")))
    for rule, (_, light, _) in parted:
        if light:
            around = ("@media print", *rule.around)
            yield replace(rule, selectors=_for_mode(light, "dark"), around=around)
    for rule, (_, _, dark) in parted:
        if dark:
            yield replace(rule, selectors=dark, around=("@media screen", *rule.around))
    for rule, (_, _, dark) in parted:
        if dark:
            around = (SYSTEM, *rule.around)
            yield replace(rule, selectors=_for_mode(dark, "auto"), around=around)


Selectors = tuple[str, ...]


def _parted(selectors: Selectors) -> tuple[Selectors, Selectors, Selectors]:
    """Return those of *selectors* that are for both modes, for light alone, and for dark alone."""
    light = tuple(one for one in selectors if _modes(one) == {"light"})
    dark = tuple(one for one in selectors if _modes(one) == {"dark"})
    return tuple(one for one in selectors if one not in light + dark), light, dark


def _modes(selector: str) -> set[str]:
    return set(THEME.findall(selector))


def _for_mode(selectors: Iterable[str], mode: str) -> tuple[str, ...]:
    """Return *selectors* for pages in *mode*."""
    return tuple(THEME.sub(f'[data-theme="{mode}"]', one) for one in selectors)


# -- writing ---------------------------------------------------------------------------------------


def write(rules: Sequence[Rule]) -> str:
    """Return *rules* as CSS, a rule a line."""
    lines: list[str] = []
    around: tuple[str, ...] = ()
    for rule in rules:
        if rule.around != around:
            lines += ["}"] * len(around)
            lines += [f"{condition}{{" for condition in rule.around]
            around = rule.around
        inside = rule.text or ";".join(f"{name}:{text}" for name, text in rule.declarations)
        head = ",".join(rule.selectors) or f"@{rule.name}"
        lines.append(f"{head}{{{inside}}}")
    lines += ["}"] * len(around)
    return "\n".join(lines) + "\n"
