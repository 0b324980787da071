"""Draw a card for each page: the picture that goes with a link to it (``og:image``).

Typst sets the words, in the faces of print; a card of 20 kB takes a few hundredths of a second.
Cards are drawn in the main process when the pages are there, since Typst works in threads, which
do not survive in the processes that Sphinx forks for writing. A card keeps a digest of what it was
made from, so that it is drawn again only when that has changed.
They are drawn where the site has an address: ``og:image`` has to be absolute.
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import typst
from PIL import Image
from PIL.PngImagePlugin import PngImageFile, PngInfo

from courseware.data.palette import GROUNDS, INKS
from courseware.files.whole import write_whole
from courseware.pages.emblem import emblem_of
from courseware.typst.compile import shipped_fonts

from .address import publishes
from .describe import cut
from .facts import PageFacts, facts_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

#: What Open Graph's users show without cutting: 1.91 to 1.
WIDTH, HEIGHT = 1200, 630
#: The course's accent, and the colours that go with it in figures and print.
ACCENT, INK, SOFT = (INKS[name].light for name in ("accent", "ink", "quiet"))
PAPER = GROUNDS["ground"].light

# Colours as SVG has them, and how many of them a palette of 256 has room for.
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")
_MOST = 30
_TEMPLATE = Path(__file__).with_name("card.typ")
_FOLDER = "_images/cards"
# Below the folder of doctrees, from one build to the next.
_KEPT = "cards"
# The text in a PNG that says what it was made from (PNG 1.2, 4.2.3).
_DIGEST = "Comment"


def card_name(docname: str) -> str:
    """Return the file of the card of *docname*, from the root of the site."""
    return f"{_FOLDER}/{docname}.png"


def card_inputs(config: Config, page: PageFacts, emblem: Path) -> dict[str, str]:
    """Return what the card of *page* is drawn from; *emblem* is an SVG file."""
    return {
        "accent": ACCENT,
        "ink": INK,
        "soft": SOFT,
        "emblem": emblem.read_text(encoding="utf-8"),
        "language": config.language,
        "course": _course_line(config, page),
        "number": page.number,
        "title": page.title,
        # One that the author wrote may be longer than what there is room for.
        "description": cut(page.description),
    }


def card_words(config: Config, page: PageFacts) -> str:
    """Return all that can be read on the card of *page*, for those who cannot see it."""
    heading = page.heading if page.heading.endswith((".", "?", "!")) else f"{page.heading}."
    return f"{_course_line(config, page)}. {heading} {page.description}".strip()


def _course_line(config: Config, page: PageFacts) -> str:
    names = [config.project] if page.title != config.project else []
    if config.sharing_tagline:
        names.append(config.sharing_tagline)
    return " · ".join(names) or str(config.project)


def card_digest(inputs: dict[str, str]) -> str:
    """Return a digest of all that a card made from *inputs* depends on."""
    return sha256(f"{design_digest()} {sorted(inputs.items())}".encode()).hexdigest()


@cache
def design_digest() -> str:
    """Return a digest of what decides how all cards look."""
    state = sha256(" ".join(version(name) for name in ("typst", "pillow")).encode())
    for path in (_TEMPLATE, Path(__file__)):
        state.update(path.read_bytes())
    return state.hexdigest()


def card_address(builder: Builder, page: PageFacts) -> str:
    """Return the absolute address of the card of *page*, empty where the site has none.

    It changes with the card: previews are kept by their address, for weeks.
    """
    base: str = builder.config.html_baseurl
    if not base:
        return ""
    emblem = emblem_of(builder.config, Path(builder.confdir))
    digest = card_digest(card_inputs(builder.config, page, emblem))
    return f"{base}{card_name(page.docname)}?v={digest[:8]}"


def draw_card(inputs: dict[str, str]) -> Image.Image:
    """Return the card that says *inputs*, in the colours of the palette."""
    compiler = typst.Compiler(
        str(_TEMPLATE),
        root=str(_TEMPLATE.parent),
        font_paths=shipped_fonts(),
        ignore_system_fonts=True,
    )
    drawn = compiler.compile(format="png", ppi=72, sys_inputs=inputs)
    assert isinstance(drawn, bytes)
    with Image.open(BytesIO(drawn)) as picture:
        # A quarter of the size, and nothing that one could see.
        palette = _palette(frozenset(_COLOUR.findall(inputs["emblem"])))
        return picture.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)


@cache
def _palette(emblem: frozenset[str]) -> Image.Image:
    """Return the colours of a card, and steps between those that meet at the edges of letters.

    *emblem* has the colours of the emblem.
    """
    own = [colour.lower() for colour in sorted(emblem)][:_MOST]
    meetings = {(colour, PAPER): 6 for colour in (INK, SOFT, ACCENT, *own)}
    colours = [_mixed(*pair, at / steps) for pair, steps in meetings.items() for at in range(steps)]
    colours.append(_mixed(PAPER, PAPER, 0))
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in dict.fromkeys(colours) for part in colour])
    return palette


def _mixed(first: str, second: str, share: float) -> tuple[int, ...]:
    pairs = zip(bytes.fromhex(first[1:]), bytes.fromhex(second[1:]), strict=True)
    return tuple(round(a + (b - a) * share) for a, b in pairs)


def made_from(path: Path) -> str:
    """Return the digest that the card *path* keeps, empty where there is no whole card."""
    try:
        with Image.open(path) as picture:
            return str(picture.text.get(_DIGEST, "")) if isinstance(picture, PngImageFile) else ""
    except OSError:
        return ""


def draw_cards(app: Sphinx, exception: Exception | None) -> None:
    """Give each page its card, drawn anew where what it is made from has changed."""
    if exception or not publishes(app.builder) or not app.config.html_baseurl:
        return
    kept = Path(app.doctreedir, _KEPT)
    wanted = sorted(app.env.found_docs)
    for path in sorted(kept.rglob("*.png")):
        if path.relative_to(kept).with_suffix("").as_posix() not in wanted:
            path.unlink()
    emblem = emblem_of(app.config, Path(app.confdir))
    for docname in wanted:
        inputs = card_inputs(app.config, facts_of(app.builder, docname), emblem)
        digest = card_digest(inputs)
        path = kept / f"{docname}.png"
        if made_from(path) != digest:
            save_card(draw_card(inputs), path, digest)
        write_whole(Path(app.outdir, card_name(docname)), path.read_bytes())


def save_card(card: Image.Image, path: Path, digest: str = "") -> None:
    """Write *card* to *path*, with the *digest* of what it was made from."""
    info = PngInfo()
    info.add_text(_DIGEST, digest)
    # The digest comes first in the file: what carries it under this name has to be whole.
    drawn = BytesIO()
    card.save(drawn, "PNG", optimize=True, pnginfo=info)
    write_whole(path, drawn.getvalue())


def note_design(app: Sphinx, config: Config) -> None:
    """Have all pages name their cards anew when the design or the emblem has changed.

    It is a configuration value, which Sphinx compares with that of the last build.
    """
    emblem = sha256(emblem_of(config, Path(app.confdir)).read_bytes()).hexdigest()
    config.sharing_design = f"{design_digest()} {emblem}"


def setup_cards(app: Sphinx) -> None:
    """Register the drawing, and the line that goes with the course's name."""
    app.add_config_value("sharing_tagline", "", "html", types=(str,))
    app.add_config_value("sharing_design", "", "html", types=(str,))
    app.connect("config-inited", note_design)
    app.connect("build-finished", draw_cards)
