"""Which rules of a style sheet stay: those that a page may need, and no others."""

from __future__ import annotations

import pytest
from courseware.site.purge import Names, follow_system, names_in, parse, purge, write

PAGE = '<html><body><main id="text"><p class="lead first">A <a href="#x">link</a></p></main></body>'
SCRIPT = "box.className = 'made-by-script'; // never-made"


def kept(css: str, page: str = PAGE, script: str = SCRIPT) -> str:
    """Return what is left of *css* for *page* and *script*."""
    names = Names()
    names.add_page(page)
    names.add_script(script)
    return write(purge(parse(css), names)).replace("\n", "")


@pytest.mark.parametrize(
    "css",
    [
        "p{color:red}",
        ".lead{color:red}",
        "#text .lead>a:hover{color:red}",
        ".made-by-script{color:red}",
        'a::before{content:"}"}',
        "p:not(.absent){color:red}",
        ":is(.absent,.lead) a{color:red}",
        "[data-kind=absent]{color:red}",
        "*{color:red}",
        "body{color:red!important}",
        "@media print{p{color:red}}",
        "@media print{@supports (display:grid){p{color:red}}}",
        "@page {margin:2cm}",
        ".LEAD, .lead{color:red}",
    ],
)
def test_rule_that_may_be_needed_stays(css: str) -> None:
    left = kept(css)
    assert "color:red" in left or "content" in left or "margin" in left


@pytest.mark.parametrize(
    "css",
    [
        ".absent{color:red}",
        "#absent p{color:red}",
        "table{color:red}",
        "p .absent:hover{color:red}",
        ".lead.absent{color:red}",
        ".never-made{color:red}",
        "@media print{.absent{color:red}}",
        "@font-face{font-family:Icons;src:url(x)}",
        "@keyframes turn{to{rotate:1turn}}",
        "@import 'other.css';",
        "p{}",
        "p{--unread:1px}",
    ],
)
def test_rule_that_nothing_needs_goes(css: str) -> None:
    assert kept(css) == ""


def test_part_that_only_scripts_of_the_theme_make_goes_unless_a_page_has_it() -> None:
    script = "box.setAttribute('popover', ''); box.className = 'made'"
    css = ".popover{color:a}.made{color:b}"
    assert kept(css, script=script) == ".made{color:b}"
    assert kept(css, '<p class="popover">', script) == css


def test_one_selector_of_a_list_goes_alone() -> None:
    assert kept(".absent,.lead,table{color:red}") == ".lead{color:red}"


def test_variable_stays_as_long_as_something_reads_it() -> None:
    css = ":root{--a:var(--b);--b:1px;--c:var(--d);--d:2px}p{margin:var(--a)}"
    assert kept(css) == ":root{--a:var(--b);--b:1px}p{margin:var(--a)}"


def test_variable_that_only_a_removed_rule_reads_goes() -> None:
    assert kept(":root{--a:1px}.absent{margin:var(--a)}") == ""


@pytest.mark.parametrize("first", ["html[data-theme=dark]", "html[data-theme]"])
@pytest.mark.parametrize("around", ["{}", "@media print{{{}}}"])
def test_variable_that_is_always_set_again_goes(first: str, around: str) -> None:
    early, late = around.format(f"{first}{{--a:1px;color:red}}"), "html[data-theme]{--a:2px}"
    rest = "p{margin:var(--a)}"
    assert kept(early + late + rest) == around.format(f"{first}{{color:red}}") + late + rest


@pytest.mark.parametrize(
    "late",
    [
        "@media print{html[data-theme]{--a:2px}}",
        "html{--a:2px}",
        "html[lang]{--a:2px}",
        "html[data-theme=light]{--a:2px}",
    ],
)
def test_variable_that_is_set_again_at_times_stays(late: str) -> None:
    css = f"html[data-theme=dark]{{--a:1px}}{late}p{{margin:var(--a)}}"
    assert kept(css) == css


def test_font_and_animation_in_use_stay() -> None:
    css = (
        '@font-face{font-family:"Serif";src:url(x)}@keyframes turn{to{rotate:1turn}}'
        "p{font-family:Serif;animation:turn 1s}"
    )
    assert kept(css).count("{") == 4


def test_order_and_conditions_stay_as_they_were() -> None:
    css = "p{color:a}@media print{p{color:b}}a{color:c}@media print{a{color:d}}"
    assert kept(css) == css


@pytest.mark.parametrize(
    ("selector", "names"),
    [
        ("div.a.b > p#c:hover::before", ["div", ".a", ".b", "p", "#c"]),
        ("a:not(.x, :is(.y, #z))", ["a"]),
        ("input[type=text].w", ["input", ".w"]),
        (r".sd-col-1\/2", [".sd-col-1/2"]),
        ("*", ["*"]),
        ("svg:focus-visible ~ .a", ["svg", ".a"]),
    ],
)
def test_names_of_a_selector(selector: str, names: list[str]) -> None:
    assert names_in(selector) == names


def test_page_without_scripts_gets_light_and_dark_and_paper_is_light() -> None:
    css = 'html[data-theme="dark"] p,b{color:a}html[data-theme=light]{color:b}p{color:c}'
    assert write(follow_system(parse(css))).replace("\n", "") == (
        "b{color:a}"
        '@media screen{html[data-theme="dark"] p{color:a}}'
        "@media screen and (prefers-color-scheme: dark){"
        'html[data-theme="auto"] p{color:a}}'
        'html[data-theme=light],html[data-theme="auto"]{color:b}'
        '@media print{html[data-theme="dark"]{color:b}}'
        "p{color:c}"
    )


def test_rules_for_light_and_dark_that_follow_each_other_share_their_conditions() -> None:
    css = "".join(
        f"html[data-theme={mode}] {name}{{color:{mode}}}"
        for name in ("b", "i")
        for mode in ("dark", "light")
    )
    written = write(follow_system(parse(f"p{{color:c}}{css}p{{color:d}}")))
    assert [written.count(what) for what in ("@media print", "@media screen{", "(prefers")] == [
        1
    ] * 3
    assert written.startswith("p{color:c}\nhtml[data-theme=light] b,")
    assert written.endswith("p{color:d}\n")


def test_what_no_browser_reads_is_left_out() -> None:
    assert kept("p{color:red} } .lead{color:red").count("color:red") == 2
