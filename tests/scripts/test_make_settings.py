"""The table of settings."""

from __future__ import annotations

from pathlib import Path

import make_settings


def test_the_page_is_what_the_settings_say() -> None:
    """docs/settings.md is made again whenever a setting changes: `python scripts/make_settings.py`."""
    page = Path(make_settings.__file__).parent.parent / "docs" / "settings.md"
    assert page.read_text(encoding="utf-8") == make_settings.document()
