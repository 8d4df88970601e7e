"""Texts of others on a terminal."""

from __future__ import annotations

import random

import pytest

from flaskmig.legible import is_unseen, legible


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


@pytest.mark.parametrize("number", range(50))
def test_text_by_text_as_letter_by_letter(number: int) -> None:
    """A text is shown as its letters are one by one."""
    choose = random.Random(number)
    letters = "ab \n\t\r\x1b\u200c\u200d\u202e\u2028ä漢\xa0\xad"
    text = "".join(choose.choices(letters, k=choose.randint(0, 6)))
    shown = (ascii(each)[1:-1] if is_unseen(each) and each not in "\n\t" else each for each in text)
    assert legible(text) == "".join(shown)
