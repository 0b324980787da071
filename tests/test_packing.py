"""How questions fill the pages of a paper: by plain arithmetic, for any heights."""

from __future__ import annotations

from itertools import pairwise

import pytest
from courseware.sheets.packing import (
    MOST_WORKING,
    NOTES_HEAD,
    SPARE,
    Heights,
    balanced,
    blank_of,
    count_of,
    filled,
    growth_of,
    too_much,
)
from hypothesis import given, settings
from hypothesis import strategies as st

ROOM, HEAD, GAP, LINE = 250.0, 50.0, 3.0, 7.5
PARTS = st.lists(
    st.lists(st.floats(5, 180), min_size=1, max_size=3).map(tuple), min_size=1, max_size=10
)


def heights(*parts: tuple[float, ...]) -> Heights:
    """Return the measures of questions that are called by their places, a, b, c and so on."""
    named = dict(zip("abcdefghij", parts, strict=False))
    return Heights(HEAD, ROOM, GAP, LINE, named)


def needed(page: list[tuple[int, int]], all_of: Heights) -> float:
    """Return how high the parts of a page are together."""
    ids = list(all_of.parts)
    sizes = [all_of.parts[ids[number]][at] for number, at in page]
    return sum(sizes) + GAP * (len(sizes) - 1)


@settings(max_examples=150, deadline=None)
@given(parts=PARTS)
def test_pages_hold_every_part_in_order_and_no_page_too_many(
    parts: list[tuple[float, ...]],
) -> None:
    measures = heights(*parts)
    ids = list(measures.parts)
    every = [(number, at) for number, name in enumerate(ids) for at, _ in enumerate(parts[number])]
    pages = [page.parts for page in filled(ids, measures)]
    assert [part for page in pages for part in page] == every
    for first, second in pairwise(pages):
        room = ROOM - (HEAD if first is pages[0] else 0)
        assert needed([*first, second[0]], measures) > room - 1e-6
    even = balanced(ids, measures)
    assert even is None or len(even) == count_of(ids, measures) == len(pages)
    for at, page in enumerate(even or []):
        assert needed(page.parts, measures) + page.left == pytest.approx(ROOM - (0 if at else HEAD))
        assert page.left >= SPARE


@settings(max_examples=150, deadline=None)
@given(parts=PARTS, sorts=st.lists(st.sampled_from(["", "ruled", "working"]), min_size=10))
def test_no_page_gives_away_more_than_it_has(
    parts: list[tuple[float, ...]], sorts: list[str]
) -> None:
    measures = heights(*parts)
    ids = list(measures.parts)
    sort_of = dict(zip(ids, sorts, strict=False))
    ruled = {name for name in ids if sort_of[name] == "ruled"}
    # What is reckoned is of one part.
    working = {
        name for name in ids if sort_of[name] == "working" and len(measures.parts[name]) == 1
    }
    given_to = growth_of(ids, measures, ruled=ruled, working=working)
    for page in balanced(ids, measures) or []:
        used = needed(page.parts, measures)
        for number, at in page.parts:
            growth = given_to[ids[number]]
            used += growth.lines[at] * LINE if growth.lines else 0
            used += growth.working
            used += growth.gap if (number, at) != page.parts[-1] else 0
        assert used <= ROOM
    for name in ids:
        assert len(set(given_to[name].lines)) <= 1 if given_to else True


def test_room_goes_to_lines_then_to_working_then_to_gaps() -> None:
    one = growth_of(["a", "b"], heights((50.0,), (50.0,)), ruled={"b"}, working={"a"})
    assert one["b"].lines == (12,)
    two = growth_of(["a", "b"], heights((50.0,), (50.0,)), ruled=set(), working={"a"})
    assert two["a"].working == MOST_WORKING
    none = growth_of(["a", "b"], heights((50.0,), (50.0,)), ruled=set(), working=set())
    assert none["a"].gap > two["b"].gap == 0


def test_much_room_that_is_left_is_for_notes_but_on_the_last_page() -> None:
    measures = heights((50.0,), (50.0,), (230.0,))
    growth = growth_of("abc", measures, ruled={"c"}, working=set())
    lines = growth["b"].notes
    assert lines > 3
    used = 100 + GAP + growth["a"].gap + NOTES_HEAD + lines * LINE
    assert used <= ROOM - HEAD - SPARE < used + LINE
    assert growth["a"].notes == growth["c"].notes == 0
    little = growth_of("ab", heights((172.0,), (200.0,)), ruled=set(), working=set())
    assert little["a"].notes == 0
    assert growth_of("a", heights((50.0,)), ruled=set(), working=set())["a"].notes == 0


def test_questions_are_shared_out_evenly() -> None:
    small = heights((60.0,), (60.0,), (60.0,), (40.0,))
    assert [len(page.parts) for page in filled("abcd", small)] == [3, 1]
    even = balanced("abcd", small)
    assert even is not None
    assert [len(page.parts) for page in even] == [1, 3]
    growth = growth_of("abcd", small, ruled=set(), working=set())
    assert [growth[name].fresh for name in "abcd"] == [(), (0,), (), ()]


def test_share_that_stays_blank_is_that_of_the_emptiest_page_but_the_last() -> None:
    measures = heights((20.0,), (240.0,), (10.0,))
    assert [len(page.parts) for page in balanced("abc", measures) or []] == [1, 1, 1]
    left = ROOM - HEAD - 20
    assert blank_of("abc", measures, ruled=set(), working=set()) == pytest.approx(left / ROOM)
    more = blank_of("abc", measures, ruled=set(), working={"a"})
    assert more == pytest.approx((left - MOST_WORKING) / ROOM)
    assert blank_of("a", measures, ruled=set(), working=set()) == 0


def test_what_is_taller_than_a_page_is_left_as_it_is() -> None:
    measures = heights((40.0,), (600.0,))
    assert count_of("ab", measures) == 4
    assert balanced("ab", measures) is None
    assert growth_of("ab", measures, ruled={"b"}, working=set()) == {}


def test_what_is_too_much_is_named() -> None:
    measures = heights((90.0,), (90.0,), (90.0,), (90.0,))
    assert too_much("abcd", measures, 1) == (["c", "d"], 2 * (90 + GAP))
    assert too_much("abcd", measures, 2) == ([], 0)
