"""What Sphinx keeps of the configuration is what its author wrote.

Sphinx compares the configuration that it kept with the new one, and says what has changed. Themes
and extensions add to it when a builder starts, which is after that comparison: kept with their
additions, it would seem to have changed at every build, though nobody has touched it.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

FIRST, LAST = 0, 1000


class Authored:
    """The values of one project's configuration, as they were read."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}

    def note(self, _app: Sphinx, config: Config) -> None:
        """Note the values before anything is added to them."""
        # Copied, since lists are added to in place.
        self.values = {item.name: copy(item.value) for item in config}

    def lend(self, _app: Sphinx, env: BuildEnvironment) -> None:
        """Give *env*, which is kept next, the configuration as it was read."""
        env.config = copy(env.config)
        for name, value in self.values.items():
            setattr(env.config, name, value)

    def take_back(self, app: Sphinx, *_: object) -> None:
        """Give the environment the configuration that is in use."""
        app.env.config = app.config


def setup_authored(app: Sphinx) -> None:
    """Register when values are noted, and between which events the configuration is kept."""
    authored = Authored()
    app.connect("config-inited", authored.note, priority=LAST)
    app.connect("env-updated", authored.lend, priority=LAST)
    app.connect("env-check-consistency", authored.take_back, priority=FIRST)
    # Where nothing has changed, nothing is kept or checked.
    app.connect("write-started", authored.take_back, priority=FIRST)
