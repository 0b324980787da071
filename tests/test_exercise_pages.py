"""Exercises on pages: their forms, numbers and links, and which pages are made again."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from conftest import ROOTS, Project, one
from courseware.bank.load import load_bank
from courseware.bank.model import Discussion
from courseware.bank.parts import answer as answer_of
from courseware.bank.parts import feedbacks
from courseware.bank.review import GAPS
from courseware.bank.texts import plain
from test_pages import add_second_chapter, contents, written

if TYPE_CHECKING:
    from pathlib import Path

    from bs4 import Tag

COURSE = ROOTS / "test-course"
BANK = "exercises/bank/counting.yml"
CHAPTER = "chapters/counting"
SELF_CHECKS = [
    "counting-single",
    "counting-multiple",
    "counting-claim",
    "counting-number",
    "counting-match",
    "counting-order",
    "counting-classify",
    "counting-word",
    "counting-open",
]
DISCUSSIONS = [
    "counting-talk-what",
    "counting-talk-rate",
    "counting-talk-who",
    "counting-talk-judge",
]
TITLES = [
    "Exercise 1.1. What is counted",
    "Exercise 1.2. What a count needs",
    "Exercise 1.3. A hundred or ninety",
    "Exercise 1.4. The rate",
    "Exercise 1.5. Terms",
    "Exercise 1.6. From theft to table",
    "Exercise 1.7. Kinds",
    "Exercise 1.8. Below the line",
    "Exercise 1.9. In your words",
]
PRACTICE = {
    "practice/exercises": "# All exercises\n\n```{exercise-index}\n```\n",
    "practice/progress": "# Your progress\n\n```{progress}\n```\n",
    "practice/review": "# Review\n\n```{review}\n```\n",
}
REFERENCES = "\nSee {exercise}`counting-claim` and {exercise}`counting-talk-rate`.\n"
SEEDED = {
    f"seeded/{seed}": f"# Seed {seed}\n\n```{{self-checks}} counting\n:seed: {seed}\n```\n"
    for seed in ("one", "two")
}


def add_pages(course: Project, pages: dict[str, str]) -> None:
    """Write *pages*, and name them in the contents."""
    for name, text in pages.items():
        path = course.folder / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        course.edit("index.md", "\nother\n", f"\nother\n{name}\n")


def append(course: Project, name: str, text: str) -> None:
    """Add *text* at the end of the file *name*."""
    path = course.folder / name
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def add_practice(course: Project) -> None:
    """Give the course its pages for practice, and another page that refers to exercises."""
    add_pages(course, PRACTICE)
    append(course, "other.md", REFERENCES)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a course with all that shows exercises, built without a warning; to read only."""
    course = Project(COURSE, tmp_path_factory.mktemp("site"))
    add_practice(course)
    add_pages(course, SEEDED)
    assert course.build() == []
    return course


@pytest.fixture
def practised(course: Project) -> Project:
    """Return a course with pages for practice, built without a warning; to edit."""
    add_practice(course)
    assert course.build() == []
    return course


def shown(project: Project, name: str) -> BeautifulSoup:
    """Return the page *name*, with the exercises that its script fetches, if it is for review."""
    page = project.page(name)
    for place in page.select(".review-page"):
        for chapter in json.loads(str(place["data-chapters"])):
            file, _, version = chapter["file"].partition("?v=")
            text = project.output(file).read_text(encoding="utf-8")
            assert sha256(text.encode()).hexdigest().startswith(version)
            found = re.fullmatch(r'window\.coursewareParts\["([^"]+)"\] = (.+);\n', text)
            assert found is not None
            assert found[1] == chapter["topic"]
            for html in json.loads(found[2]).values():
                root = BeautifulSoup(html.replace("\u00a0", " "), "html.parser")
                one(place, ".review-stage").extend(list(root.contents))
    return page


def exercises(page: BeautifulSoup) -> dict[str, Tag]:
    """Return the exercises on *page* by id."""
    return {str(root["data-exercise"]): root for root in page.select("[data-exercise]")}


def words(element: Tag) -> str:
    """Return the text of *element*, white space folded."""
    return " ".join(element.get_text().split())


def texts(parent: Tag | BeautifulSoup, selector: str) -> list[str]:
    """Return the texts of all elements in *parent* that *selector* names."""
    return [words(element) for element in parent.select(selector)]


def key_of(root: Tag) -> dict[str, Any]:
    """Return what the script marks an exercise by."""
    key: dict[str, Any] = json.loads(str(root["data-key"]))
    return key


# -- the form

WITH_FORMS = [CHAPTER, "practice/review", "seeded/one"]
LEGENDS = {
    "counting-single": "What does the author’s count of a hundred count?",
    "counting-multiple": (
        "Which things does the author’s count on page 1 need before it can be compared? "
        "Choose all that apply."
    ),
    "counting-claim": (
        "True or false? The close check finds the same number of thefts as the essay gives."
    ),
    "counting-number": "How many thefts does the town have for every 100,000 people?",
    "counting-match": "Which meaning belongs to which of the essay’s terms?",
    "counting-order": "Put what leads to the author’s count in order of time.",
    "counting-classify": "What kind of statement is each of these, as the essay makes it?",
    "counting-word": "What is the word for the number below the line of the author’s rate?",
    "counting-open": "Say in two sentences how far the author’s count can be trusted.",
}


@pytest.mark.parametrize("name", WITH_FORMS)
def test_each_exercise_is_one_form_that_sends_nothing(site: Project, name: str) -> None:
    page = shown(site, name)
    roots = page.select("[data-exercise]")
    assert [root["data-exercise"] for root in roots] == SELF_CHECKS
    for root in roots:
        [form] = root.select("form")
        assert form["method"] == "dialog"
        assert "action" not in form.attrs
    assert len(page.select("form[method=dialog]")) == len(SELF_CHECKS)


@pytest.mark.parametrize("name", WITH_FORMS)
def test_legend_holds_the_whole_question_and_comes_first(site: Project, name: str) -> None:
    found = {}
    for item, root in exercises(shown(site, name)).items():
        [fieldset] = root.select("fieldset")
        first = fieldset.find(True, recursive=False)
        assert first is not None
        assert first.name == "legend"
        found[item] = words(one(fieldset, "legend"))
        controls = root.select("input, select, textarea")
        assert controls == fieldset.select("input, select, textarea")
    assert found == LEGENDS


def test_stem_keeps_its_emphasis(site: Project) -> None:
    root = exercises(site.page(CHAPTER))["counting-single"]
    assert texts(root, "legend em") == ["count"]


@pytest.mark.parametrize("name", WITH_FORMS)
def test_every_control_has_one_label_with_words(site: Project, name: str) -> None:
    page = shown(site, name)
    controls = page.select("[data-exercise] :is(input, select, textarea)")
    assert len(controls) == 4 + 4 + 2 + 1 + 3 + 4 + 3 + 1 + 1
    for control in controls:
        [label] = page.select(f"label[for='{control['id']}']")
        assert words(label)
        assert not label.select("input, select, textarea")


@pytest.mark.parametrize("name", [*WITH_FORMS, "practice/exercises", "practice/progress"])
def test_ids_are_unique_and_what_refers_to_them_finds_them(site: Project, name: str) -> None:
    page = shown(site, name)
    ids = [str(element["id"]) for element in page.select("[id]")]
    assert len(ids) == len(set(ids))
    referred = [str(e["aria-describedby"]) for e in page.select("[aria-describedby]")]
    referred += [str(e["for"]) for e in page.select("[data-exercise] label")]
    assert set(referred) <= set(ids)


def test_native_inputs_are_free_at_load(site: Project) -> None:
    roots = exercises(site.page(CHAPTER))
    kinds = {
        item: {str(c.get("type", c.name)) for c in root.select("input, select, textarea")}
        for item, root in roots.items()
    }
    assert kinds == {
        "counting-single": {"radio"},
        "counting-multiple": {"checkbox"},
        "counting-claim": {"radio"},
        "counting-number": {"text"},
        "counting-match": {"select"},
        "counting-order": {"select"},
        "counting-classify": {"select"},
        "counting-word": {"text"},
        "counting-open": {"textarea"},
    }
    for root in roots.values():
        assert not root.select("[disabled], [checked], [selected], [required], [readonly]")
        names = {str(radio["name"]) for radio in root.select("[type=radio], [type=checkbox]")}
        assert len(names) <= 1
    radios = [str(r["name"]) for item in roots.values() for r in item.select("[type=radio]")[:1]]
    assert len(radios) == len(set(radios)) == 2


def test_options_are_labelled_in_the_order_of_the_bank(site: Project) -> None:
    root = exercises(site.page(CHAPTER))["counting-single"]
    assert texts(root, ".exercise-option label") == [
        "Thefts in a year",
        "Thieves in a year",
        "Thefts in a month",
        "Thefts in the world",
    ]


@pytest.mark.parametrize("name", WITH_FORMS)
def test_status_is_there_at_load_and_empty(site: Project, name: str) -> None:
    for root in exercises(shown(site, name)).values():
        [status] = root.select("[role=status]")
        assert status.get_text() == ""
        assert not status.select("*")


@pytest.mark.parametrize("name", [*WITH_FORMS, "practice/exercises", "practice/progress"])
def test_no_button_and_no_handler_without_a_script(site: Project, name: str) -> None:
    main = one(site.page(name), "[role=main]")
    assert main.select("script") == []
    for button in main.select("button, input[type=submit], input[type=button]"):
        assert button.find_parent(class_="needs-script")
    handlers = [a for element in main.select("*") for a in element.attrs if a.startswith("on")]
    assert handlers == []


def test_hints_are_closed_disclosures_with_numbers(site: Project) -> None:
    roots = exercises(site.page(CHAPTER))
    hints = {item: texts(root, "details.exercise-hint > summary") for item, root in roots.items()}
    assert hints.pop("counting-single") == [
        "Hint 1 of 2 for exercise 1.1",
        "Hint 2 of 2 for exercise 1.1",
    ]
    assert hints == {
        item: [f"Hint for exercise 1.{number}"]
        for number, item in enumerate(SELF_CHECKS[1:], start=2)
    }
    bodies = [words(hint).split("1.1")[1] for hint in roots["counting-single"].select("details")]
    assert [body.strip() for body in bodies[:2]] == [
        "Read the first sentence.",
        "Ask of what and when.",
    ]
    assert not any(root.select("details[open]") for root in roots.values())


@pytest.mark.parametrize("name", WITH_FORMS)
def test_feedback_and_solution_stand_in_the_answer_and_nowhere_else(
    site: Project, name: str
) -> None:
    bank = load_bank(COURSE / "exercises" / "bank").by_id
    for number, (item, root) in enumerate(exercises(shown(site, name)).items(), start=1):
        [answer] = root.select("details.exercise-answer")
        assert words(one(answer, "summary")) == f"Answer to exercise 1.{number}"
        said = texts(answer, ".exercise-feedbacks > li > .exercise-said")
        expected = [plain(feedback) for _, feedback in feedbacks(bank[item])]
        assert sorted(said) == sorted(expected)
        solution = plain(answer_of(bank[item])[1])
        assert solution in words(one(answer, ".exercise-solution"))
        answer.extract()
        rest = words(root)
        assert [text for text in [*expected, solution] if text in rest] == []


def test_feedback_says_in_words_what_is_right(site: Project) -> None:
    roots = exercises(site.page(CHAPTER))
    said = {item: texts(root, ".exercise-about") for item, root in roots.items()}
    assert said["counting-single"] == [
        "Right: Thefts in a year.",
        "Not right: Thieves in a year.",
        "Not right: Thefts in a month.",
        "Not right: Thefts in the world.",
    ]
    assert said["counting-multiple"] == [
        "Right: A period of time.",
        "Right: A place that is named.",
        "Not right: A famous author.",
        "Not right: A larger number.",
    ]
    assert said["counting-claim"] == ["Not right: True.", "Right: False."]
    assert said["counting-number"] == [
        "800 per 100,000.",
        "Not right: 125 per 100,000.",
        "Not right: 0.8 per 100,000.",
        "Any other number.",
    ]
    assert said["counting-match"][-1] == "Not right: how many there will be."
    assert said["counting-word"] == [
        "denominator.",
        "Not right: numerator.",
        "Any other answer.",
    ]


def test_feedback_is_tied_to_the_option_or_row_that_it_is_for(site: Project) -> None:
    roots = exercises(site.page(CHAPTER))
    for item in ("counting-single", "counting-multiple", "counting-claim"):
        values = [str(option["value"]) for option in roots[item].select("input")]
        assert [li["data-for"] for li in roots[item].select("[data-for]")] == values
    for item in ("counting-match", "counting-order", "counting-classify"):
        names = {str(row["name"]) for row in roots[item].select("select")}
        tied = {str(li["data-for"]) for li in roots[item].select("[data-verdict=right]")}
        assert tied == names


def test_context_stands_before_the_question(site: Project) -> None:
    roots = exercises(site.page(CHAPTER))
    root = roots.pop("counting-number")
    context = one(root, "form .exercise-context")
    assert words(context).startswith("A town of 12,500 people has the author’s hundred thefts.")
    assert texts(context, "td") == ["100", "12,500"]
    assert one(root, "fieldset") in context.find_all_next("fieldset")
    # A screen reader would read all its cells in a row.
    assert "aria-describedby" not in one(root, "fieldset").attrs
    unit = one(root, f"#{one(root, 'input')['aria-describedby']}")
    assert words(unit) == "per 100,000"
    for other in roots.values():
        assert not other.select("[aria-describedby], .exercise-context")


def test_question_is_described_by_a_context_without_a_table(course: Project) -> None:
    add_pages(course, PRACTICE)
    table = """
      | thefts | people |
      |---|---|
      | 100 | 12,500 |
"""
    course.edit(BANK, table, "")
    assert course.build() == []
    for name in (CHAPTER, "practice/review"):
        root = exercises(shown(course, name))["counting-number"]
        context = one(root, f"#{one(root, 'fieldset')['aria-describedby']}")
        assert words(context) == "A town of 12,500 people has the author’s hundred thefts."


def test_passage_link_leads_to_what_settles_the_exercise(site: Project) -> None:
    page = site.page(CHAPTER)
    links = {
        item: one(root, ".exercise-answer .exercise-passage a")
        for item, root in exercises(page).items()
    }
    targets = {item: one(page, str(link["href"])) for item, link in links.items()}
    assert words(links["counting-claim"]) == "Source check"
    assert words(one(targets["counting-claim"], "h2")).startswith("Source check")
    assert words(links["counting-word"]) == "The number"
    for item, passage in (("counting-word", "He judges"), ("counting-single", "The author est")):
        paragraph = targets[item].find_parent("p")
        assert paragraph is not None
        assert words(paragraph).startswith(passage)


@pytest.mark.parametrize("name", ["practice/review", "seeded/one"])
def test_passage_link_of_another_page_leads_to_the_chapter(site: Project, name: str) -> None:
    here = [one(r, ".exercise-passage a") for r in exercises(site.page(CHAPTER)).values()]
    there = [one(r, ".exercise-passage a") for r in exercises(shown(site, name)).values()]
    assert [str(link["href"]) for link in there] == [
        f"../{CHAPTER}.html{link['href']}" for link in here
    ]


def test_script_key_names_what_is_right(site: Project) -> None:
    roots = exercises(site.page(CHAPTER))
    keys = {item: key_of(root) for item, root in roots.items()}
    assert keys["counting-number"] == {"number": [800, 0.5], "expected": [[125, 0.5], [0.8, 0.001]]}
    assert keys["counting-word"] == {
        "words": ["denominator", "el denominador"],
        "expected": ["numerator"],
    }
    assert keys["counting-open"] == {}
    assert right_options(roots["counting-single"]) == {"Thefts in a year"}
    assert right_options(roots["counting-multiple"]) == {
        "A period of time",
        "A place that is named",
    }
    assert right_options(roots["counting-claim"]) == {"False"}
    assert right_rows(roots["counting-match"]) == {
        "Count": "how many there are",
        "Rate": "how many for each of something",
        "Footnote": "a note that names a source",
    }
    assert right_rows(roots["counting-order"]) == {
        "A theft happens": "1, first",
        "Somebody reports it": "2",
        "A clerk counts the reports": "3",
        "The essay quotes the count": "4, last",
    }
    assert right_rows(roots["counting-classify"]) == {
        "There is a count.": "fact",
        "Theft is growing worse.": "judgement",
        "It will grow further.": "prediction",
    }


def right_options(root: Tag) -> set[str]:
    """Return the labels of the options that the script takes for right."""
    right = key_of(root)["right"]
    inputs = {str(each["value"]): str(each["id"]) for each in root.select("input")}
    return {words(one(root, f"label[for='{inputs[value]}']")) for value in right}


def right_rows(root: Tag) -> dict[str, str]:
    """Return the label of each row, and the choice that the script takes for right."""
    found = {}
    for row, value in key_of(root)["rows"].items():
        select = one(root, f"select[name='{row}']")
        choice = words(one(select, f"option[value='{value}']"))
        label = words(one(root, f"label[for='{select['id']}']"))
        found[label] = choice.partition(". ")[2] or choice
    return found


def test_each_row_offers_all_choices_and_asks_first(site: Project) -> None:
    root = exercises(site.page(CHAPTER))["counting-match"]
    offered = texts(root, "ol.exercise-choices > li")
    assert sorted(offered) == [
        "a note that names a source",
        "how many for each of something",
        "how many there are",
        "how many there will be",
    ]
    for select in root.select("select"):
        assert one(select, "option")["value"] == ""
        lettered = [f"{letter}. {text}" for letter, text in zip("ABCD", offered, strict=True)]
        assert texts(select, "option") == ["Choose", *lettered]


def test_script_is_on_the_pages_that_need_it_and_on_no_other(site: Project) -> None:
    folder = site.output("")
    found = set()
    for path in folder.rglob("*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for script in page.select("script[src*='exercises.js']"):
            store = one(page, "script[src*='store.js']")
            assert store in script.find_previous_siblings("script")
            assert store["data-store"] == "small-course"
            assert "store.js" in str(store["src"])
            answers = one(page, "script[src*='answers.js']")
            assert answers in script.find_previous_siblings("script")
            assert json.loads(str(answers["data-gaps"])) == list(GAPS)
            assert script.has_attr("defer")
            assert (path.parent / str(script["src"]).partition("?")[0]).exists()
            found.add(str(path.relative_to(folder)))
    assert found == {f"{name}.html" for name in [CHAPTER, "practice/review", *SEEDED]}


# -- numbers, titles, facts


@pytest.mark.parametrize(
    ("name", "level"), [(CHAPTER, "h3"), ("practice/review", "h2"), ("seeded/one", "h2")]
)
def test_headings_have_number_title_and_level(site: Project, name: str, level: str) -> None:
    assert texts(shown(site, name), f"[data-exercise] {level}.exercise-title") == TITLES


def test_facts_are_told_in_words(site: Project) -> None:
    roots = exercises(site.page(CHAPTER))
    facts = {item: words(one(root, ".exercise-facts")) for item, root in roots.items()}
    assert facts["counting-single"] == "Single choice · understand · easy · 2 minutes"
    assert facts["counting-claim"] == "True or false · remember · easy · 1 minute"
    assert facts["counting-open"] == "Open question · evaluate · hard · 5 minutes"


def test_discussion_questions_have_numbers_and_purpose(site: Project) -> None:
    questions = site.page(CHAPTER).select(".block-discussion .discussion-question")
    assert [question["id"] for question in questions] == [f"exercise-{d}" for d in DISCUSSIONS]
    assert [words(question) for question in questions[1:3]] == [
        "Discussion question 1.2 What is the rate? Purpose (apply): To use a rate.",
        "Discussion question 1.3 Who counted what? Purpose (analyse): To compare.",
    ]


def test_class_items_and_notes_for_teachers_are_on_no_page(site: Project) -> None:
    for path in site.output("").rglob("*"):
        if path.is_file():
            assert leaks(path) == set()


def leaks(path: Path) -> set[str]:
    """Return the words in *path* that only class items or notes for teachers have."""
    text = path.read_bytes().lower()
    return {
        word for word in ("classonly", "counting-class-", "teachernote") if word.encode() in text
    }


# -- the role


def test_role_refers_by_number(site: Project) -> None:
    links = one(site.page("other"), "[role=main]").select("a.internal")
    assert [(words(link), link["href"], link["title"]) for link in links] == [
        ("Exercise 1.3", f"{CHAPTER}.html#exercise-counting-claim", "A hundred or ninety"),
        ("Discussion question 1.2", f"{CHAPTER}.html#exercise-counting-talk-rate", "A rate"),
    ]
    chapter = site.page(CHAPTER)
    assert all(one(chapter, str(link["href"]).removeprefix(f"{CHAPTER}.html")) for link in links)


def test_role_for_what_stands_on_no_page(course: Project) -> None:
    # A copy for review is no place to refer to.
    add_pages(course, PRACTICE)
    course.edit(f"{CHAPTER}.md", "```{self-checks}", "```{exercise} counting-claim")
    append(course, "other.md", "\nSee {exercise}`counting-open`.\n")
    line = course.line("other.md", "counting-open")
    [warning] = course.build()
    assert warning.startswith(f"other.md:{line}: WARNING: ")
    assert "counting-open" in warning


def test_role_within_a_paragraph_is_found_at_its_line(course: Project) -> None:
    append(course, "other.md", "\nA first line.\nSee {exercise}`counting-clam`.\n")
    [warning] = course.build()
    assert warning.startswith(f"other.md:{course.line('other.md', 'counting-clam')}: WARNING: ")


# -- the directives


def test_what_is_wrong_on_a_page_is_said_at_its_line(course: Project) -> None:
    mistakes = {
        "{exercise}`counting-clam`": (
            "the bank has no exercise 'counting-clam'; did you mean 'counting-claim'?"
        ),
        "{exercise}`counting-class-open`": (
            "'counting-class-open' is for class and stands on no page"
        ),
        "{exercise}`wholly-unlike`": "the bank has no exercise 'wholly-unlike'",
        "```{exercise} counting-sngle\n```": (
            "the bank has no exercise 'counting-sngle'; did you mean 'counting-single'?"
        ),
        "```{exercise} counting-class-single\n```": (
            "'counting-class-single' is for class and stands on no page; "
            "show one with 'audience: self-check'"
        ),
        "```{self-checks}\n```": (
            "the bank has no file for 'other'; write bank/other.yml, which begins "
            "'chapter: other' and has 'exercises:', or leave the directive out"
        ),
        "```{self-checks} countin\n```": (
            "the bank has no file for 'countin'; did you mean 'counting'?; "
            "write bank/countin.yml, which begins 'chapter: countin' and has 'exercises:', "
            "or leave the directive out"
        ),
        "```{discussion-questions} contours\n```": "the bank has no file for 'contours'",
    }
    append(course, "other.md", "".join(f"\n{mistake}\n" for mistake in mistakes))
    warnings = course.build()
    expected = [
        f"other.md:{course.line('other.md', mistake.splitlines()[0])}: WARNING: {message}"
        for mistake, message in mistakes.items()
    ]
    assert len(warnings) == len(expected), warnings
    for beginning in expected:
        assert any(warning.startswith(beginning) for warning in warnings), (beginning, warnings)
    assert leaks(course.output("other.html")) <= {"counting-class-"}
    assert "Classonly" not in course.page("other").get_text()


def test_exercise_on_a_page_that_is_no_chapter(course: Project) -> None:
    append(course, "other.md", "\n```{exercise} counting-claim\n```\n")
    assert course.build() == []
    page = course.page("other")
    assert list(exercises(page)) == ["counting-claim"]
    root = exercises(page)["counting-claim"]
    assert words(one(root, "h2")) == "Exercise 1.3. A hundred or ninety"
    assert one(root, ".exercise-passage a")["href"] == f"{CHAPTER}.html#source-check"
    assert len(exercises(course.page(CHAPTER))) == len(SELF_CHECKS)


def test_discussion_question_by_itself(course: Project) -> None:
    append(course, "other.md", "\n```{exercise} counting-talk-rate\n```\n")
    assert course.build() == []
    question = one(course.page("other"), ".discussion-question")
    assert words(question).startswith("Discussion question 1.2 What is the rate?")


def test_exercise_twice_on_a_page(course: Project) -> None:
    append(course, "other.md", "\n```{exercise} counting-claim\n```\n" * 2)
    [warning] = course.build()
    second = course.line("other.md", "counting-claim") + 3
    assert warning.startswith(f"other.md:{second}: WARNING: ")
    assert "'counting-claim'" in warning
    assert "script_key" not in warning


def test_self_checks_of_a_chapter_on_another_page(site: Project) -> None:
    page = site.page("seeded/one")
    assert list(exercises(page)) == SELF_CHECKS
    assert str(one(page, ".exercise-progress")["data-exercises"]).split() == SELF_CHECKS


@pytest.mark.parametrize(
    ("old", "new", "block", "directive", "message"),
    [
        pytest.param(
            "audience: self-check",
            "audience: class",
            "Check yourself",
            "{self-checks}",
            "counting.yml has no exercise with 'audience: self-check'",
            id="self-checks",
        ),
        pytest.param(
            "minutes: 5\n",
            "minutes: 5\n    audience: class\n",
            "Discussion questions",
            "{discussion-questions}",
            "counting.yml has no exercise with 'type: discussion'",
            id="discussion questions",
        ),
    ],
)
def test_chapter_for_which_the_bank_has_none(
    course: Project, old: str, new: str, block: str, directive: str, message: str
) -> None:
    path = course.folder / BANK
    text = path.read_text(encoding="utf-8")
    # Discussion questions come first in the file, and only they and one other take 5 minutes.
    discussion, _, rest = text.partition("  - id: counting-single")
    if block == "Discussion questions":
        discussion = discussion.replace(old, new)
    path.write_text(f"{discussion}  - id: counting-single{rest}", encoding="utf-8")
    if block == "Check yourself":
        path.write_text(text.replace(old, new), encoding="utf-8")
    warnings = course.build()
    name = f"{CHAPTER}.md"
    assert len(warnings) == 2, warnings
    assert any(
        w.startswith(f"{name}:{course.line(name, directive)}: WARNING: {message}") for w in warnings
    )
    assert any(
        w.startswith(f"{name}:{course.line(name, block)}: WARNING: {block}") for w in warnings
    )


def test_chapter_without_a_bank_file(course: Project) -> None:
    (course.folder / BANK).unlink()
    name = f"{CHAPTER}.md"
    warnings = [
        warning for warning in course.build() if "the bank" in warning.split(": ", 2)[2][:8]
    ]
    message = "WARNING: the bank has no file for 'counting'; write bank/counting.yml"
    assert [warning.partition(", which begins")[0] for warning in warnings] == [
        f"{name}:{course.line(name, directive)}: {message}"
        for directive in ("{discussion-questions}", "{self-checks}")
    ]


def shown_options(root: Tag) -> list[str]:
    return texts(root, ".exercise-option label")


def test_order_of_options_differs_by_seed(site: Project) -> None:
    pages = [exercises(shown(site, name)) for name in (CHAPTER, *SEEDED)]
    orders = [[shown_options(page["counting-multiple"]) for page in pages]]
    orders += [[shown_options(page["counting-single"]) for page in pages]]
    orders += [[texts(page["counting-order"], "label") for page in pages]]
    orders += [[texts(page["counting-match"], ".exercise-choices li") for page in pages]]
    for order in orders:
        assert sorted(order[1]) == sorted(order[2]) == sorted(order[0])
        assert order[0] not in order[1:]
    # Of few options that are to move all have one order alone.
    assert any(order[1] != order[2] for order in orders)


def test_true_and_false_are_never_shuffled(site: Project) -> None:
    for name in SEEDED:
        assert shown_options(exercises(shown(site, name))["counting-claim"]) == ["True", "False"]


def test_pinned_option_stays_where_it_is(site: Project) -> None:
    for name in SEEDED:
        root = exercises(shown(site, name))["counting-single"]
        assert shown_options(root)[0] == "Thefts in a year"


def test_options_that_must_not_be_shuffled(course: Project) -> None:
    add_pages(course, SEEDED)
    course.edit(BANK, "id: counting-multiple\n", "id: counting-multiple\n    shuffle: false\n")
    assert course.build() == []
    for name in SEEDED:
        root = exercises(shown(course, name))["counting-multiple"]
        assert shown_options(root)[0] == "A period of time"
        assert shown_options(root)[3] == "A larger number"


@pytest.mark.parametrize("item", SELF_CHECKS)
def test_key_does_not_depend_on_the_seed(site: Project, item: str) -> None:
    keys = [key_of(exercises(shown(site, name))[item]) for name in (CHAPTER, *SEEDED)]
    for key in keys:
        if "right" in key:
            key["right"].sort()
    assert keys[0] == keys[1] == keys[2]


# -- the passage

NO_HEADING = "counting-claim: passage: the chapter has no heading"


def test_passage_that_is_no_heading_of_the_chapter(course: Project) -> None:
    course.edit(BANK, "passage: Source check", "passage: Sorce check")
    line = course.line(BANK, "id: counting-claim")
    [warning] = course.build()
    assert warning.startswith(
        f"{BANK}:{line}: WARNING: {NO_HEADING} 'Sorce check'; did you mean 'Source check'?"
    )
    assert not exercises(course.page(CHAPTER))["counting-claim"].select(".exercise-passage")


def test_passage_that_is_like_no_heading(course: Project) -> None:
    course.edit(BANK, "passage: Source check", "passage: XYZ")
    [warning] = course.build()
    assert f"{NO_HEADING} 'XYZ'; expected one of Counting, Central question, Outcomes" in warning


def test_passage_may_be_a_heading_with_an_apostrophe(course: Project) -> None:
    course.edit(f"{CHAPTER}.md", "### The number", "### The author's number")
    course.edit(BANK, "passage: Source check", "passage: The author's number")
    assert course.build() == []


def test_exercise_that_rests_on_what_its_chapter_does_not_cite(course: Project) -> None:
    course.edit(f"{CHAPTER}.md", "{ledger}`L003 L004`", "{ledger}`L003`")
    course.edit(f"{CHAPTER}.md", "- statement: L004", "- statement: L002")
    line = course.line(BANK, "id: counting-word")
    expected = (
        f"{BANK}:{line}: WARNING: counting-word: the chapter cites none of L004; "
        "cite one with {ledger}, or name a heading in 'passage'"
    )
    warnings = course.build()
    assert any(warning.startswith(expected) for warning in warnings), warnings


# -- the pages for practice


def test_index_lists_all_that_stands_on_pages(site: Project) -> None:
    page = site.page("practice/exercises")
    section = one(page, "section.chapter")
    assert words(one(section, "h2")).startswith("1. Counting")
    links = section.select(".exercise-list .exercise-entry a")
    target = f"../{CHAPTER}.html#exercise-"
    ids = [str(link["href"]).removeprefix(target) for link in links]
    assert sorted(ids) == sorted(SELF_CHECKS + DISCUSSIONS)
    chapter = site.page(CHAPTER)
    assert all(chapter.select(f"#exercise-{name}") for name in ids)
    titles = [words(link) for link in links]
    assert [title for title in titles if title.startswith("Exercise")] == TITLES
    assert [title for title in titles if not title.startswith("Exercise")] == [
        "Discussion question 1.1. What it counts",
        "Discussion question 1.2. A rate",
        "Discussion question 1.3. Who counted",
        "Discussion question 1.4. Good enough",
    ]


def test_index_keeps_questions_and_exercises_apart(site: Project) -> None:
    links = site.page("practice/exercises").select(".exercise-entry a")
    kinds = [words(link).partition(" ")[0] for link in links]
    assert kinds == ["Discussion"] * 4 + ["Exercise"] * 9


def test_entry_of_the_index_says_what_a_filter_needs(site: Project) -> None:
    page = site.page("practice/exercises")
    [item] = [li for li in page.select(".exercise-list li") if "The rate" in words(li)]
    assert texts(item, "p") == [
        "Exercise 1.4. The rate",
        "Number · apply · medium · 3 minutes",
        "Outcome: Compute a rate.",
    ]
    assert set(item["class"]) == {
        *("id-counting-number", "type-numeric"),
        *("level-apply", "outcome-counting-compute"),
    }


def test_progress_page_knows_the_exercises_of_each_chapter(site: Project) -> None:
    place = one(site.page("practice/progress"), ".progress-page")
    [chapter] = json.loads(str(place["data-chapters"]))
    listed = chapter.pop("exercises")
    assert chapter == {
        "title": "1. Counting",
        "href": f"../{CHAPTER}.html#check-yourself",
        "topic": "counting",
    }
    assert [name for name, *_ in listed] == SELF_CHECKS
    assert [f"Exercise {number}. {title}" for _, _, number, title, *_ in listed] == TITLES
    page = site.page(CHAPTER)
    assert one(page, "#check-yourself")
    assert all(one(page, anchor)["data-exercise"] == name for name, anchor, *_ in listed)


def test_links_to_self_checks_follow_their_section_whatever_it_is_called(course: Project) -> None:
    (course.folder / "progress.md").write_text("# Progress\n\n```{progress}\n```\n")
    course.edit("index.md", "other\n", "other\nprogress\n")
    assert course.build() == []
    # Its checks mind the name of a block; the links do not depend on it.
    course.edit(f"{CHAPTER}.md", "## Check yourself", "## Try it")
    course.build()
    [chapter] = json.loads(str(one(course.page("progress"), ".progress-page")["data-chapters"]))
    assert chapter["href"] == f"{CHAPTER}.html#try-it"
    assert one(course.page(CHAPTER), "#try-it .exercise-progress")


def test_table_of_boxes_says_the_days_that_the_script_counts(course: Project) -> None:
    course.edit("other.md", "# ", "# Boxes and ")
    text = (course.folder / "other.md").read_text()
    (course.folder / "other.md").write_text(f"{text}\n```{{review-boxes}}\n```\n")
    assert course.build() == []
    rows = one(course.page("other"), "table.review-boxes tbody").select("tr")
    said = [texts(row, "td") for row in rows]
    assert said == [[str(box), f"{days} day{'s' * (days > 1)}"] for box, days in enumerate(GAPS, 1)]


def test_progress_page_knows_what_answers_are_made_of(site: Project) -> None:
    place = one(site.page("practice/progress"), ".progress-page")
    [chapter] = json.loads(str(place["data-chapters"]))
    shapes = {name: shape for name, *_, shape in chapter["exercises"]}
    page = shown(site, CHAPTER)
    for name, root in exercises(page).items():
        offered = [str(each["value"]) for each in root.select("fieldset input[value]")]
        rows = [str(each["name"]) for each in root.select("select")]
        shape = shapes[name]
        if offered:
            assert sorted(shape) == sorted(offered)
        elif rows:
            chosen = root.select("select")[0].select("option:not([value=''])")
            assert sorted(shape["rows"]) == sorted(rows)
            assert sorted(shape["choices"]) == sorted(str(each["value"]) for each in chosen)
        else:
            assert shape is None


def test_review_page_is_light_and_names_the_exercises_of_each_chapter(site: Project) -> None:
    page = site.page("practice/review")
    place = one(page, ".review-page.needs-script")
    # The exercises are files of their own, for when a session asks for them.
    assert page.select("[data-exercise]") == []
    [chapter] = json.loads(str(place["data-chapters"]))
    review = exercises(shown(site, "practice/review"))
    assert [name for name, *_ in chapter["exercises"]] == list(review) == SELF_CHECKS
    assert all(str(root["id"]).startswith("review-") for root in review.values())
    listed = {name: outcome for name, *_, outcome in chapter["exercises"]}
    assert listed["counting-number"] == "counting-compute"
    index = site.output("searchindex.js").read_text(encoding="utf-8")
    assert "practice/review" in index


def test_file_for_all_pages_names_chapters_and_exercises(site: Project) -> None:
    text = site.output("_static/chapters.js").read_text(encoding="utf-8")
    assert text.startswith("window.coursewareChapters = ")
    course = json.loads(text.removeprefix("window.coursewareChapters = ").rstrip(";\n"))
    assert course == {
        "chapters": [{"page": f"{CHAPTER}.html", "title": "1. Counting", "exercises": SELF_CHECKS}],
        "review": "practice/review.html",
    }
    for name in ("index", "other", CHAPTER):
        scripts = [str(each["src"]) for each in site.page(name).select("script[src]")]
        [at] = [i for i, each in enumerate(scripts) if "/chapters.js?v=" in f"/{each}"]
        assert "marks.js" in scripts[at + 1]


def test_progress_of_a_chapter_leads_to_the_pages_for_practice(site: Project) -> None:
    place = one(site.page(CHAPTER), ".block-check-yourself .exercise-progress")
    assert "needs-script" in place["class"]
    assert str(place["data-exercises"]).split() == SELF_CHECKS
    assert words(place).startswith("Your answers are kept in this browser alone; nobody else")
    assert [(words(link), link["href"]) for link in place.select("a")] == [
        ("Your progress", "../practice/progress.html"),
        ("Review", "../practice/review.html"),
    ]


def test_chapter_of_a_course_without_pages_for_practice(course: Project) -> None:
    assert course.build() == []
    place = one(course.page(CHAPTER), ".exercise-progress")
    assert words(place) == "Your answers are kept in this browser alone; nobody else sees them."


# -- which pages are made again

SHOWING = {f"{CHAPTER}.html", "practice/review.html"}
LISTING = {"practice/exercises.html", "practice/progress.html", "other.html"}
INSERTED = """  - id: counting-new
    type: true-false
    title: Something new
    stem: The author's count is the essay's first number.
    answer: true
    when_true: Right, for no other number stands before it on p. 1.
    when_false: No other number stands before it on p. 1.
    misconception: wrong-time
    hints: [Look at the beginning.]
    solution: It is the first (p. 1).
    ledger: [L001]
    outcome: counting-explain
    level: remember
    difficulty: easy
    minutes: 1
    audience: self-check

"""
FEEDBACK = (BANK, "A thief may steal twice", "Some thieves steal twice")
TITLE = (BANK, "title: A hundred or ninety", "title: Which number")
QUESTION = (BANK, "title: A rate", "title: A share")
INSERT = (BANK, "  - id: counting-single\n", f"{INSERTED}  - id: counting-single\n")


def test_feedback_touches_only_the_pages_that_show_the_exercise(practised: Project) -> None:
    practised.edit(*FEEDBACK)
    assert written(practised) == SHOWING
    for name in (CHAPTER, "practice/review"):
        assert "Some thieves steal twice" in shown(practised, name).get_text()


def test_title_touches_the_pages_that_name_the_exercise(practised: Project) -> None:
    practised.edit(*TITLE)
    assert written(practised) == SHOWING | LISTING
    assert "Exercise 1.3. Which number" in words(
        one(practised.page("practice/exercises"), "[role=main]")
    )
    assert one(practised.page("other"), "[role=main] a[title='Which number']")


def test_inserted_exercise_renumbers_the_pages_that_refer_to_exercises(practised: Project) -> None:
    practised.edit(*INSERT)
    # All pages load the file that names the exercises.
    assert written(practised) >= SHOWING | LISTING
    assert "See Exercise 1.4 and Discussion question 1.2." in practised.page("other").get_text()
    assert texts(practised.page(CHAPTER), ".exercise-title")[:2] == [
        "Exercise 1.1. Something new",
        "Exercise 1.2. What is counted",
    ]


def test_name_of_a_chapter_touches_the_pages_for_practice(practised: Project) -> None:
    practised.edit(f"{CHAPTER}.md", "# Counting", "# Sums")
    assert written(practised) >= SHOWING | LISTING - {"other.html"}
    assert "1. Sums" in practised.page("practice/exercises").get_text()


def test_outcome_touches_the_index(practised: Project) -> None:
    practised.edit("data/outcomes.yml", "Compute a rate.", "Compute a share.")
    assert "practice/exercises.html" in written(practised)
    assert "Outcome: Compute a share." in practised.page("practice/exercises").get_text()


def test_exercise_that_leaves_its_page_is_forgotten(practised: Project) -> None:
    practised.edit(BANK, "  - id: counting-word\n", "  - id: counting-last\n")
    assert practised.build() == []
    entries = practised.page("practice/exercises").select(".exercise-entry a")
    hrefs = {str(link["href"]).partition("#exercise-")[2] for link in entries}
    assert "counting-word" not in hrefs
    assert "counting-last" in hrefs


def bodies(course: Project) -> dict[str, str]:
    """Return what stands on each page: Sphinx itself keeps old names of neighbours around it."""
    folder = course.output("")
    names = [path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.html")]
    return {name: str(one(course.page(name), "main, [role=main]")) for name in names}


def assert_same_as_anew(course: Project) -> None:
    """Assert that building again makes the pages that building for the first time makes."""
    assert course.build() == []
    again = bodies(course)
    course.folder.parent.joinpath("out").rename(course.folder.parent / "before")
    assert course.build() == []
    anew = bodies(course)
    assert {
        name for name in anew.keys() | again.keys() if anew.get(name) != again.get(name)
    } == set()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        pytest.param(*FEEDBACK, id="feedback"),
        pytest.param(*TITLE, id="title"),
        pytest.param(*QUESTION, id="title of a discussion question"),
        pytest.param(*INSERT, id="inserted exercise"),
        pytest.param(f"{CHAPTER}.md", "# Counting", "# Sums", id="name of the chapter"),
        pytest.param(
            f"{CHAPTER}.md",
            "### The number\n",
            "### The number\n\nThefts are counted. {ledger}`L002`\n",
            id="citation before others",
        ),
        pytest.param(f"{CHAPTER}.md", "### The number", "### The sum", id="heading of a passage"),
    ],
)
def test_building_again_makes_the_same(practised: Project, file: str, old: str, new: str) -> None:
    practised.edit(file, old, new)
    assert_same_as_anew(practised)


def test_building_again_with_chapters_in_another_order_makes_the_same(course: Project) -> None:
    add_second_chapter(course)
    add_practice(course)
    assert course.build() == []
    course.edit(
        "index.md", "chapters/counting\nchapters/second", "chapters/second\nchapters/counting"
    )
    assert_same_as_anew(course)
    assert "See Exercise 2.3 and Discussion question 2.2." in course.page("other").get_text()


def test_building_again_with_a_new_chapter_makes_the_same(practised: Project) -> None:
    add_second_chapter(practised)
    assert_same_as_anew(practised)


def test_building_again_with_new_pages_for_practice_makes_the_same(course: Project) -> None:
    assert course.build() == []
    add_practice(course)
    assert_same_as_anew(course)


def test_building_again_after_renumbering_by_the_chapter_makes_the_same(course: Project) -> None:
    append(course, "other.md", "\n```{exercise} counting-claim\n```\n")
    assert course.build() == []
    course.edit(
        f"{CHAPTER}.md",
        "```{self-checks}",
        "```{exercise} counting-open\n```\n\n```{exercise} counting-claim",
    )
    assert_same_as_anew(course)


def test_building_again_when_an_exercise_leaves_the_chapter_makes_the_same(course: Project) -> None:
    append(course, "other.md", "\n```{exercise} counting-claim\n```\n")
    assert course.build() == []
    course.edit(f"{CHAPTER}.md", "```{self-checks}", "```{exercise} counting-open")
    assert_same_as_anew(course)


def test_building_again_with_an_exercise_on_two_other_pages_makes_the_same(course: Project) -> None:
    course.edit(f"{CHAPTER}.md", "```{self-checks}", "```{exercise} counting-open")
    for name in ("other.md", "reference/timeline.md"):
        append(course, name, "\n```{exercise} counting-claim\n```\n")
    append(course, "index.md", "\nSee {exercise}`counting-claim`.\n")
    assert course.build() == []
    course.edit("other.md", "nothing to do", "little to do")
    assert_same_as_anew(course)


def test_parallel_build_is_the_same(course: Project) -> None:
    add_practice(course)
    add_pages(course, SEEDED)
    assert course.build() == []
    serial = contents(course.output(""))
    course.folder.parent.joinpath("out").rename(course.folder.parent / "serial")
    assert course.build(parallel=2) == []
    assert contents(course.output("")) == serial


# -- other builders

OUTPUT = {
    "text": "chapters/counting.txt",
    "xml": "chapters/counting.xml",
    "pseudoxml": "chapters/counting.pseudoxml",
    "latex": "smallcourse.tex",
    "texinfo": "smallcourse.texi",
    "man": "smallcourse.1",
    "epub": "chapters/counting.xhtml",
    "json": "chapters/counting.fjson",
}


def build_with(course: Project, builder: str) -> str:
    """Build the course with pages for practice; return what a reader gets, without class items."""
    add_practice(course)
    append(course, "conf.py", 'version = "1"\nepub_copyright = "nobody"\n')
    assert course.build(builder) == []
    for path in course.output("", builder).rglob("*"):
        # An archive is made of files that are there too.
        assert not path.is_file() or leaks(path) == set(), path
    name = {**OUTPUT, "dirhtml": f"{CHAPTER}/index.html", "singlehtml": "index.html"}[builder]
    return course.output(name, builder).read_text(encoding="utf-8")


@pytest.mark.parametrize("builder", OUTPUT)
def test_builder_without_forms_has_questions_and_then_answers(
    course: Project, builder: str
) -> None:
    text = " ".join(build_with(course, builder).split()).casefold()
    assert "<form" not in text
    assert "hint" not in text
    # Elsewhere, Texinfo has the heading in its menus.
    heading = "@chapter answers" if builder == "texinfo" else "answers to the exercises"
    answers = text.rindex(heading)
    asked = [
        "thieves in a year",
        "a famous author",
        "how many there will be",
        "somebody reports it",
        "there is a count.",
        "say in two sentences",
    ]
    for option in asked:
        assert text.count(option, 0, answers) == 1, option
    for solution in (
        "is of thefts in a year",
        "a count needs a period and a place",
        "by check c1 the source says ninety",
        "100 / 12,500",
        "a count is a number, a rate divides",
        "theft, report, count, quotation",
        "a judgement and a prediction",
        "it is the denominator",
        "it can be trusted as far",
    ):
        assert text.count(solution) == 1, solution
        assert text.index(solution) > answers, solution


def test_xml_has_no_node_of_an_exercise_left(course: Project) -> None:
    tree = ET.fromstring(build_with(course, "xml"))
    names = {element.tag for element in tree.iter()}
    assert "paragraph" in names
    assert {name for name in names if name.startswith("exercise")} == set()
    kept = ET.parse(course.output("practice/review.xml", "xml")).getroot()
    assert [element.tag for element in kept.iter()] == ["document", "section", "title"]


def test_gettext_takes_the_course(course: Project) -> None:
    add_practice(course)
    assert course.build("gettext") == []
    for path in course.output("", "gettext").rglob("*.pot"):
        assert leaks(path) == set()


@pytest.mark.parametrize(("builder", "forms"), [("dirhtml", 9), ("singlehtml", 9)])
def test_other_builders_of_html_have_forms(course: Project, builder: str, forms: int) -> None:
    page = BeautifulSoup(build_with(course, builder), "html.parser")
    assert len(page.select("[data-exercise] form[method=dialog]")) == forms
    assert page.select("script[src*='exercises.js']")
    ids = [str(element["id"]) for element in page.select("[data-exercise] [id], [data-exercise]")]
    assert len(ids) == len(set(ids))


def test_folders_of_html_lead_to_the_exercises(course: Project) -> None:
    build_with(course, "dirhtml")
    path = course.output("practice/progress/index.html", "dirhtml")
    page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    [chapter] = json.loads(str(one(page, ".progress-page")["data-chapters"]))
    assert chapter["href"] == f"../../{CHAPTER}/#check-yourself"


def test_text_has_numbered_questions_and_answers(course: Project) -> None:
    text = build_with(course, "text").replace("\u00a0", " ")
    asked, _, answered = text.partition("Answers to the exercises")
    for number, title in enumerate(TITLES, start=1):
        assert f"**{title}**" in asked
        assert f"**Exercise 1.{number}.**" in answered
    lines = [line for line in answered.splitlines() if line.startswith("**Exercise")]
    assert lines[0] == "**Exercise 1.1.** a) Thefts in a year"
    assert lines[1] == "**Exercise 1.2.** a) A period of time; b) A place that is named"
    assert lines[2] == "**Exercise 1.3.** False"
    assert lines[3] == "**Exercise 1.4.** 800 per 100,000"
    assert lines[7] == "**Exercise 1.8.** denominator"
    steps = ("A theft happens", "Somebody reports it", "A clerk counts", "The essay quotes")
    assert all(f"{place}. {step}" in answered for place, step in enumerate(steps, start=1))


def test_text_names_options_in_the_questions_as_in_the_answers(course: Project) -> None:
    asked = build_with(course, "text").partition("Answers to the exercises")[0]
    assert "a) Thefts in a year" in asked
    assert "d) Thefts in the world" in asked
    assert "A) how many there are" in asked


def test_text_numbers_the_discussion_questions(course: Project) -> None:
    assert "1.2 What is the rate?" in build_with(course, "text").replace("\u00a0", " ")


def test_epub_links_questions_with_answers_and_back(course: Project) -> None:
    page = BeautifulSoup(build_with(course, "epub"), "html.parser")
    headings = [h for h in page.select("h2, .rubric") if "Answers" in words(h)]
    assert [words(heading) for heading in headings] == ["Answers to the exercises"]
    for item in SELF_CHECKS:
        question, answer = one(page, f"#exercise-{item}"), one(page, f"#answer-{item}")
        assert one(question, f"a[href='#answer-{item}']")
        assert one(answer, f"a[href='#exercise-{item}']")


def test_latex_links_questions_with_answers_and_back(course: Project) -> None:
    text = build_with(course, "latex")
    found = {
        command: set(
            re.findall(command + r"\{?\\detokenize\{([^}]*(?:exercise|answer)-[^}]*)\}", text)
        )
        for command in (r"hyperref\[", r"label")
    }
    links, labels = found.values()
    assert len([link for link in links if ":answer-" in link]) == len(SELF_CHECKS)
    assert len([link for link in links if ":exercise-" in link]) >= len(SELF_CHECKS)
    assert links <= labels


def test_place_for_answers_on_a_page(course: Project) -> None:
    append(
        course, "other.md", "\n```{exercise} counting-claim\n```\n\n```{answers}\n```\n\nLast.\n"
    )
    assert course.build() == []
    assert "Last." in course.page("other").get_text()
    assert course.build("text") == []
    text = course.output("other.txt", "text").read_text(encoding="utf-8")
    assert text.index("True or false?") < text.index("the source says ninety") < text.index("Last.")


def test_place_for_answers_on_a_page_without_exercises(course: Project) -> None:
    append(course, "other.md", "\n```{answers}\n```\n")
    for builder in ("html", "text", "xml"):
        assert course.build(builder) == []


def test_self_checks_are_all_but_discussion_and_class() -> None:
    # What the tests above call all: it follows from the bank of the small course.
    bank = load_bank(COURSE / "exercises" / "bank")
    shown = [e for e in bank.by_id.values() if e.audience == "self-check"]
    assert [e.id for e in shown if not isinstance(e, Discussion)] == SELF_CHECKS
    assert [e.id for e in shown if isinstance(e, Discussion)] == DISCUSSIONS
    assert len({e.label for e in shown}) == 10
