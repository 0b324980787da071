"""The palette: what text and lines stand on, in both modes; which kind has which hue and sign."""

from __future__ import annotations

from itertools import combinations

import pytest
from contrast import contrast
from courseware.data.palette import EDGES, GROUNDS, HUES, INKS, TINTS, Hue, mixed
from courseware.data.settings import Settings, Sign
from courseware.pages.palette import style_sheet

MODES = [pytest.param(0, id="light"), pytest.param(1, id="dark")]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", [*INKS, *HUES])
def test_text_can_be_read_on_all_that_it_stands_on(name: str, mode: int) -> None:
    ink = (INKS[name] if name in INKS else HUES[Hue(name)])[mode]
    grounds = {each: colour[mode] for each, colour in GROUNDS.items()}
    if name in TINTS:
        grounds["its own"] = TINTS[name][mode]
    if name in set(Hue):
        grounds["its own"] = mixed(ink, GROUNDS["ground"][mode])
    for where, ground in grounds.items():
        assert contrast(ink, ground) >= 7, where


@pytest.mark.parametrize("mode", MODES)
def test_edges_can_be_seen_on_all_grounds(mode: int) -> None:
    for edge in EDGES.values():
        assert min(contrast(edge[mode], ground[mode]) for ground in GROUNDS.values()) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_hues_differ_from_each_other_and_from_the_text(mode: int) -> None:
    shown = [colour[mode] for colour in (INKS["ink"], *HUES.values())]
    for one, other in combinations(shown, 2):
        parts = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
        assert sum(abs(a - b) for a, b in parts) >= 50, (one, other)


def test_mixed_lies_between_its_parts() -> None:
    assert mixed("#ff0000", "#ffffff", 10) == "#ffe6e6"
    assert mixed("#ff0000", "#ffffff", 0) == "#ffffff"
    assert mixed("#ff0000", "#ffffff", 100) == "#ff0000"


def test_kind_without_looks_gets_those_that_no_other_has() -> None:
    said = [{"id": "finding"}, {"id": "opinion", "sign": "solid", "hue": "plum"}, {"id": "guess"}]
    kinds = Settings.model_validate({"kinds": said}).kinds
    assert [kind.sign for kind in kinds] == [Sign.DASHED, Sign.SOLID, Sign.DOTTED]
    assert [kind.hue for kind in kinds] == [Hue.BLUE, Hue.PLUM, Hue.AMBER]


def test_more_kinds_than_looks_begin_again() -> None:
    kinds = Settings.model_validate({"kinds": [{"id": f"kind-{n}"} for n in range(8)]}).kinds
    assert [kind.hue for kind in kinds] == [*Hue, *Hue][:8]
    assert [kind.sign for kind in kinds] == [*Sign, *Sign][:8]


def test_style_sheet_has_every_colour_in_both_modes() -> None:
    light, dark = style_sheet().split('html[data-theme="dark"]')
    for colours in (GROUNDS, INKS, TINTS, EDGES, HUES):
        for colour in colours.values():
            assert colour.light in light
            assert colour.dark in dark
