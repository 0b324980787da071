"""Read a YAML 1.2 file or snippet into a pydantic model, with line numbers for what is wrong.

A good file is parsed once.
Only a file with a mistake is parsed a second time, for the lines: by the same parser, since
another one may not take what this one took.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from functools import cached_property
from reprlib import Repr
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    NodeEvent,
)
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .limits import ALIASED_VALUES
from .problems import DataError, Problem, did_you_mean
from .scalars import UnfitTextError, WrittenConstructor, WrittenFloat, WrittenInt
from .textfile import read_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pydantic_core import ErrorDetails

T = TypeVar("T")

# The parser in C descends without looking, and a very deep file would end the whole program.
DEEPEST = 100
# Only a file with as many brackets, or a line as long, can be deeper than the stack: one with
# fewer need not be read for its depth.
SUSPECT = 1000
# Where something may get a name, by which it can stand in other places too.
ANCHOR = re.compile(r"(?:^|[\s\[\]{},:?-])&\S", re.MULTILINE)
# A number that Python could not write out again, in a message or as a text.
MONSTER = re.compile(r"\b0[xob][0-9A-Fa-f_]{3000}")
# How much of a value or name is shown in a message.
SHOWN = 80

#: What names are made of: of exercises, outcomes, chapters.
NAME_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

# What pydantic calls a value of the wrong sort, and what was wanted, as a YAML author says it.
EXPECTED = {
    "bool_parsing": "true or false",
    "bool_type": "true or false",
    "float_parsing": "a number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "string_type": "text (in quotes, if it looks like something else)",
    "list_type": "a list (lines that begin with '- ')",
    "tuple_type": "a list (lines that begin with '- ')",
    "model_type": "fields ('name: value')",
    "model_attributes_type": "fields ('name: value')",
    "dict_type": "fields ('name: value')",
    "invalid_key": "names of fields that are text",
}
ABSENT = {
    "missing": "this field is required, but is missing",
    "string_too_short": "expected some text, found none",
}


class Record(BaseModel):
    """Base of all records read from YAML: unchangeable, and strict about field names."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        str_min_length=1,
        coerce_numbers_to_str=True,
    )


class Tally:
    """How deep a YAML text is nested, and how many values its aliases add, event by event."""

    def __init__(self) -> None:
        self.sizes: dict[str, int] = {}
        self.added = 0
        # The collections that are open: the name of each, and the values in it so far.
        self.open: list[tuple[str | None, int]] = []

    def count(self, event: object) -> str:
        """Take *event* into account; return what is wrong with it, or nothing."""
        if isinstance(event, CollectionStartEvent):
            self.open.append((event.anchor, 1))
            if len(self.open) > DEEPEST:
                return f"nested more than {DEEPEST} levels deep; close a bracket or a quote"
        elif isinstance(event, CollectionEndEvent):
            self.add(*self.open.pop())
        elif isinstance(event, AliasEvent):
            # One that stands within what it names has no size yet.
            size = self.sizes.get(event.anchor, 1)
            self.added += size
            self.add(None, size)
            if self.added > ALIASED_VALUES:
                return (
                    f"with what stands behind '*{event.anchor}', aliases add more than "
                    f"{ALIASED_VALUES:,} values; write out what is meant"
                )
        elif isinstance(event, NodeEvent):
            self.add(event.anchor, 1)
        return ""

    def add(self, name: str | None, size: int) -> None:
        """Add a value of *size*, known by *name*, to the collection that is open."""
        if name:
            self.sizes[name] = size
        if self.open:
            outer, before = self.open[-1]
            self.open[-1] = outer, before + size


class YamlSource:
    """YAML text with a name: *path* for messages, *first_line* its first line in that file."""

    def __init__(self, path: Path, text: str, first_line: int = 1) -> None:
        self.path = path
        self.text = text
        self.first_line = first_line

    @classmethod
    def of_file(cls, path: Path) -> YamlSource:
        """Read *path*; raise `DataError` where it is missing or is not UTF-8."""
        return cls(path, read_text(path))

    def parse(self, kind: type[T]) -> T:
        """Return the text as a value of type *kind*; raise `DataError` with every problem."""
        try:
            self._refuse_monsters()
            yaml = YAML(typ="safe")
            yaml.Constructor = WrittenConstructor
            raw = yaml.load(self.text)
        except UnfitTextError as error:
            line = self.first_line + self._lines_before(error.problem_mark.index)
            raise DataError([Problem(self.path, line, str(error.problem))]) from None
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            what = " ".join(filter(None, [error.context, error.problem]))
            message = f"not valid YAML: {one_line(what)}; check indentation, colons and quotes"
            line = self.first_line + (self._lines_before(mark.index) if mark else 0)
            raise DataError([Problem(self.path, line, message)]) from None
        except YAMLError as error:  # a character that YAML does not allow
            before = self.text.encode()[: getattr(error, "position", 0)]
            message = f"not valid YAML: {one_line(str(getattr(error, 'reason', error)))}"
            line = self.first_line + before.count(b"\n")
            raise DataError([Problem(self.path, line, message)]) from None
        except (ValueError, LookupError, RecursionError) as error:
            # A date, number or nesting that the parser takes and cannot turn into a value.
            message = f"not valid YAML: no value can be made of this ({one_line(str(error))})"
            problem = Problem(self.path, self._first_bad_line(), f"{message}; put it in quotes")
            raise DataError([problem]) from None
        try:
            return TypeAdapter(kind).validate_python(raw)
        except ValidationError as error:
            details = error.errors(include_url=False)
            raise DataError([self._invalid(detail, kind) for detail in details]) from None

    def problem(self, loc: Sequence[int | str], message: str) -> Problem:
        """Return a problem at the place that *loc*, a path of keys and indexes, names."""
        where = name_of(loc)
        return Problem(self.path, self.line_of(loc), f"{where}: {message}" if where else message)

    def _invalid(self, detail: ErrorDetails, kind: object) -> Problem:
        """Return the problem that *detail*, found in a value of type *kind*, tells of."""
        loc, message = detail["loc"], explain(detail, kind)
        if detail["type"] == "invalid_key":
            # What should be a name is none, and may look like an index.
            return replace(self.problem(loc[:-1], message), line=self.line_of(loc))
        if detail["type"] == "union_tag_invalid":
            return replace(self.problem(loc, message), line=self.line_of((*loc, _tag_of(detail))))
        return self.problem(loc, message)

    def _refuse_monsters(self) -> None:
        """Raise `DataError` for numbers and nesting that no author means and no parser survives."""
        if found := MONSTER.search(self.text):
            line = self.first_line + self._lines_before(found.start())
            raise DataError([Problem(self.path, line, "a number of thousands of figures")])
        brackets = self.text.count("[") + self.text.count("{")
        is_flat = brackets < SUSPECT and max(map(len, self.text.split("\n"))) < SUSPECT
        if is_flat and not ANCHOR.search(self.text):
            return
        tally = Tally()
        for event in YAML(typ="safe").parse(self.text):
            if wrong := tally.count(event):
                line = self.first_line + self._lines_before(event.start_mark.index)
                raise DataError([Problem(self.path, line, wrong)])

    def _lines_before(self, index: int) -> int:
        """Return how many lines end before *index*, as an editor counts, not as YAML does."""
        return bisect_left(self._line_ends, index)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.text)]

    def text_at(self, loc: Sequence[int | str]) -> str | None:
        """Return the text at *loc* as it is written, None where there is none."""
        node = self._root
        for step in loc:
            found = _child(node, step)
            if found is None:
                return None
            node = found[1]
        return str(node.value) if isinstance(node, ScalarNode) else None

    def line_of(self, loc: Sequence[int | str]) -> int:
        """Return the line in the file on which the value at *loc* (or its nearest parent) is."""
        node, line = self._root, 0
        for step in loc:
            found = _child(node, step)
            if found is None:
                # A field that is missing, or the name that pydantic gives to a kind of record.
                continue
            index, node = found
            line = self._lines_before(index)
        return self.first_line + line

    @cached_property
    def _root(self) -> Node | None:
        root: Node | None = YAML(typ="safe").compose(self.text)
        return root

    def _first_bad_line(self) -> int:
        """Return the line of the first value that cannot be made, or else the first line."""
        try:
            pending: list[Node] = [self._root] if self._root else []
        except RecursionError:
            return self.first_line
        seen: set[int] = set()
        while pending:
            node = pending.pop()
            if id(node) in seen:
                continue
            seen.add(id(node))
            if isinstance(node, ScalarNode):
                try:
                    YAML(typ="safe", pure=True).constructor.construct_object(node)
                except (ValueError, LookupError):
                    return self.first_line + self._lines_before(node.start_mark.index)
            elif isinstance(node, SequenceNode):
                pending.extend(reversed(node.value))
            elif isinstance(node, MappingNode):
                pending.extend(part for pair in reversed(node.value) for part in reversed(pair))
        return self.first_line


def _child(node: Node | None, step: int | str) -> tuple[int, Node] | None:
    """Return what *step* leads to from *node*, with the place in the text where it begins."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return int(key.start_mark.index), value
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        value = node.value[step]
        return int(value.start_mark.index), value
    return None


def explain(detail: ErrorDetails, kind: object = None) -> str:
    """Say one pydantic error in words that tell an author how to mend it."""
    given = detail.get("input")
    match detail["type"]:
        case "extra_forbidden":
            field = str(detail["loc"][-1])
            return f"unknown field{did_you_mean(field, _field_names(kind))}; remove or rename it"
        case "enum" | "literal_error":
            expected = str(detail.get("ctx", {}).get("expected", ""))
            return f"expected {expected}, not {_sort_of(given)}"
        case "string_pattern_mismatch":
            pattern = detail.get("ctx", {}).get("pattern", "")
            if pattern == NAME_PATTERN:
                shown = _sort_of(given)
                return f"{shown} is no name; expected lowercase letters, figures and hyphens"
            return f"{_sort_of(given)} has the wrong form; expected text like /{pattern}/"
        case "too_long" | "string_too_long" if isinstance(given, str):
            most = detail.get("ctx", {}).get("max_length", "fewer")
            return f"expected at most {most} characters, found {len(given)}"
        case "union_tag_invalid" | "union_tag_not_found":
            return _explain_tag(detail)
        case "value_error":
            return one_line(str(detail.get("ctx", {}).get("error", detail["msg"])))
        case kind_of_error if kind_of_error in ABSENT:
            return ABSENT[kind_of_error]
        case kind_of_error if kind_of_error in EXPECTED:
            return f"expected {EXPECTED[kind_of_error]}, found {_sort_of(given)}"
        case _:
            shown = "" if isinstance(given, dict | list) else f", not {_sort_of(given)}"
            return f"{detail['msg'][0].lower()}{detail['msg'][1:]}{shown}"


def _explain_tag(detail: ErrorDetails) -> str:
    """Say that the field which tells one kind of record from another is missing or unknown."""
    context = detail.get("ctx", {})
    field = _tag_of(detail)
    if detail["type"] == "union_tag_not_found":
        return f"the field '{field}' is required, but is missing"
    expected = str(context.get("expected_tags", ""))
    given = one_line(str(context.get("tag", "")), SHOWN)
    hint = did_you_mean(given, [name.strip(" '") for name in expected.split(",")])
    return f"{field}: '{given}' is not one of {expected}{hint}"


def _tag_of(detail: ErrorDetails) -> str:
    """Return the name of the field which tells one kind of record from another."""
    return str(detail.get("ctx", {}).get("discriminator", "")).strip("'")


def one_line(text: str, most: int = 1000) -> str:
    """Return *text* without breaks, and with an ellipsis after *most* characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[:most]}…"


def _sort_of(value: object) -> str:
    """Return what a YAML author calls *value*: its sort, or the value where it is a scalar."""
    shown = Repr()
    shown.maxstring = shown.maxother = shown.maxlong = SHOWN
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case int() if value.bit_length() > 4 * SHOWN:
            return "a number of very many figures"
        case WrittenInt() | WrittenFloat():
            return one_line(value.written, SHOWN)
        case dict():
            return "fields"
        case list() | set():
            return "a list"
        case _:
            return one_line(shown.repr(value))


def _field_names(kind: object) -> set[str]:
    """Return all field names of the records inside *kind* (a record, or a list of records)."""
    names: set[str] = set()
    pending, seen = [kind], set()
    while pending:
        current = pending.pop()
        pending.extend(getattr(current, "__args__", ()))
        if isinstance(current, type) and issubclass(current, BaseModel) and current not in seen:
            seen.add(current)
            names |= set(current.model_fields)
            pending.extend(field.annotation for field in current.model_fields.values())
    return names


def name_of(loc: Sequence[int | str]) -> str:
    """Return *loc* as an author would say it: ``("notes", 3, "page")`` is ``notes[4].page``."""
    name = ""
    for step in loc:
        if isinstance(step, int):
            name += f"[{step + 1}]"
        else:
            shown = one_line(step, SHOWN)
            name += f".{shown}" if name else shown
    return name
