"""Texts of others on a terminal."""

from __future__ import annotations

import pytest

from flaskmig.legible import legible


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain, größe, 漢字, 👩‍👧", "plain, größe, 漢字, 👩‍👧"),
        ("two\n\tlines", "two\n\tlines"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("a\u202eb\u2066", "a\\u202eb\\u2066"),
        ("\ud800", "\\ud800"),
        ("\x00\r\x85\u2028", "\\x00\\r\\x85\\u2028"),
    ],
)
def test_legible(text: str, expected: str) -> None:
    """What a reader cannot see, or what moves the cursor or turns text, is written as an escape."""
    assert legible(text) == expected
