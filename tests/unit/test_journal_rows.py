"""Rows of the journal as values."""

from __future__ import annotations

import pytest

from flaskmig.engine.records.journal_rows import read_record


@pytest.mark.parametrize(
    ("text", "parents"),
    [
        ('["ab12"]', ("ab12",)),
        ('["v3.0.0.a"]', ("v3.0.0.a",)),
        ('["a", "b"]', ("a", "b")),
        ("[]", ()),
        ("", ()),
        (None, ()),
        (' ["ab12"] ', ("ab12",)),
        ('["ab12"]\n', ("ab12",)),
        ('["a\\u00e9"]', ("aé",)),
        ('["a\\""]', ('a"',)),
        ('["aé"]', ("aé",)),
        ('["a","b"]', ("a", "b")),
        ('["a"b"]', ('["a"b"]',)),
        ('["a\nb"]', ('["a\nb"]',)),
        ('["a"]x', ('["a"]x',)),
        ('["ab12"', ('["ab12"',)),
        ('{"a": 1}', ('{"a": 1}',)),
        ("[1]", ("[1]",)),
        ('"ab12"', ('"ab12"',)),
    ],
)
def test_parents_in_the_journal(text: str | None, parents: tuple[str, ...]) -> None:
    """Parents are read as JSON has them, and anything else as what it is."""
    record = read_record("run", "id", "upgrade", None, text, "2026", None)
    assert record.parents == parents
