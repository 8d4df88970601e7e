"""What revision files of these tests note down, for the tests to look at."""

from __future__ import annotations

from typing import Any

NOTES: list[Any] = []
