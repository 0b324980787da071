"""What pages may load and run: files of their own site, and nothing that stands in a page itself.

A page says so in its head, since many a host sends no headers of one's own; whoever can should
send :func:`header`, which also keeps other sites from framing the pages. It holds from a disk as
well: there ``'self'`` is any file, in Chromium, Firefox and WebKit.

Format: Content Security Policy Level 3; what a ``<meta>`` may not say is in its section 3.3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from .frame import Frame

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
#: What only a header can say.
HEADER_ALONE = {"frame-ancestors", "report-to", "report-uri", "sandbox"}


def header() -> str:
    """Return the policy as a server sends it, in ``Content-Security-Policy``."""
    return _joined(POLICY)


def in_page() -> str:
    """Return the policy as a page can say it."""
    return _joined({name: POLICY[name] for name in POLICY if name not in HEADER_ALONE})


def _joined(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())


class Policy:
    """Gives pages with *frame* their policy."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame

    def say(
        self, app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object
    ) -> None:
        """Hand the policy to the template, unless pages are looked at while one writes.

        The server for writing puts a script into pages, by which they follow what is built.
        """
        asked = app.config.site_policy
        if self.frame.in_use and not app.config.courseware_live:
            context["site_policy"] = in_page() if asked is None else asked


def setup_policy(app: Sphinx, frame: Frame) -> None:
    """Register the policy, and the setting by which a project has another, or none (``""``)."""
    app.add_config_value("site_policy", None, "html", types=(str,))
    app.connect("html-page-context", Policy(frame).say)
