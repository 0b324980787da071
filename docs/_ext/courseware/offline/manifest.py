"""Write ``manifest.webmanifest``, by which a phone puts the course on its home screen.

The form is the W3C's Web Application Manifest (https://www.w3.org/TR/appmanifest/). All addresses
are relative to the manifest, so that the site works in any folder of any host; without an ``id``
the start page identifies the course.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .icons import ACCENT, GROUND, ICONS

if TYPE_CHECKING:
    from sphinx.config import Config

MANIFEST = "manifest.webmanifest"


def write_manifest(config: Config) -> bytes:
    """Return the manifest of the project that *config* configures, as JSON."""
    members: dict[str, Any] = {
        "name": config.html_title or config.project,
        "short_name": config.project,
    }
    if config.courseware_description:
        members["description"] = config.courseware_description
    members |= {
        "lang": config.language,
        "start_url": f"./{config.root_doc}.html",
        "scope": "./",
        # One goes back and forth in a course: a window without any buttons would be a trap.
        "display": "minimal-ui",
        "theme_color": ACCENT,
        "background_color": GROUND,
        "categories": ["education"],
        "icons": [
            {
                "src": icon.path,
                "sizes": f"{icon.size}x{icon.size}",
                "type": "image/png",
                "purpose": icon.purpose,
            }
            for icon in ICONS
        ],
    }
    text = json.dumps(members, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()
