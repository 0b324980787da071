"""The rule on facts that are later than the work: they have a source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from courseware.bank.parts import texts
from courseware.data.later import later_years

from .base import Found, RuleContext, item_rule

if TYPE_CHECKING:
    from courseware.bank.model import Exercise

#: From such a word on, what is told did not happen.
INVENTED = re.compile(
    r"\b(?:invent\w*|imagin\w*|suppose\w*|fictional|fictitious|made-up|supong\w*|fictici\w*)\b",
    re.IGNORECASE,
)


@item_rule("Q36", "E", "a fact later than the work has a source, in 'sources' or 'checks'")
def sourced(exercise: Exercise, course: RuleContext) -> Found:
    """Find years after the work's in exercises that name no work and no close check."""
    if exercise.sources or exercise.checks:
        return
    first = course.settings.first_sourced
    told = {
        year
        for name in exercise.ledger
        for year in later_years(course.ledger.by_id[name].text, first)
    }
    invented = False
    # A title is judged last, since it does not say that its case is invented.
    for place, text in sorted(texts(exercise), key=lambda found: found[0] == ("title",)):
        scene = INVENTED.search(text)
        # Once a case is invented, its years are, too, from the beginning of the sentence on.
        real = "" if invented else text
        if scene and not invented:
            real = text[: max(text.rfind(end, 0, scene.start()) for end in (*".?!", "\n")) + 1]
        invented = invented or bool(scene)
        if years := [year for year in later_years(real, first) if year not in told]:
            message = f"names {', '.join(map(str, years))}, which the {course.settings.work.noun} "
            message += (
                "cannot tell of; name the work that does in 'sources', or a check in 'checks'"
            )
            yield place, message
