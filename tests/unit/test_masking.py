"""Secrets in texts, by their place and by what they are."""

from __future__ import annotations

import time
from random import Random

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import make_url

from flaskmig.dialects.answers import hide_values, secrets_of, shown
from flaskmig.errors import FlaskmigError
from flaskmig.masking import masked
from tests.counts import SEED, rounds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("to postgresql://u:pw@h/d: no", "to postgresql://u:***@h/d: no"),
        ("postgresql://u:p@ss/w0rd@h/d", "postgresql://u:***@h/d"),
        ("postgresql://u:my own word@h/d", "postgresql://u:***@h/d"),
        ("postgresql://u:cut-off", "postgresql://u:***"),
        ("postgresql:/u:pw@h/d", "postgresql:/u:***@h/d"),
        ("'aa://b:c@d', 'ee://f:g@h'", "'aa://b:***@d', 'ee://f:***@h'"),
        ("h/d?password=a&sslpassword=b: no", "h/d?password=***&sslpassword=***: no"),
        ("(x?Auth_Token=abc&a=b)", "(x?Auth_Token=***&a=b)"),
        ("host=h password='a b' user=u", "host=h password=*** user=u"),
        ("CREATE ROLE u PASSWORD 'it''s' LOGIN", "CREATE ROLE u PASSWORD '***' LOGIN"),
    ],
)
def test_places(text: str, expected: str) -> None:
    """A secret is taken out where it stands, and what stands around it stays."""
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://h:5432/d answers: role u@d is not there",
        "postgresql://[::1]:5432/d: no",
        "sqlite:////home/a@b/x:y.db",
        "revision a:b@head, label@base",
        "/x/versions/a.py:14: users@x",
        "primary_key=True, key = 1",
        "--backfill users.password=SQL",
        "see https://example.org:80/x. or ask a@b",
    ],
)
def test_what_is_no_secret(text: str) -> None:
    """What only looks a little like a secret is left alone."""
    assert masked(text) == text


def test_known_secrets() -> None:
    """A secret that is known is taken out wherever it is, a short one only by itself."""
    assert masked("host ss of 'ss' in class", ["ss"]) == "host *** of '***' in class"
    assert masked("xlong-secret_y", ["long-secret"]) == "x***_y"
    assert masked("abc", ["", "abc"]) == "***"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql+psycopg://u:p@ss/w0rd@h:5/d", "postgresql+psycopg://u:***@h:5/d"),
        ("postgresql+psycopg://u:p%40ss@h/d", "postgresql+psycopg://u:***@h/d"),
        ("postgresql+psycopg://h/d?sslkey=/k", "postgresql+psycopg://h/d?sslkey=***"),
        ("sqlite:////srv/a/x.db", "sqlite:////srv/a/x.db"),
    ],
)
def test_urls(url: str, expected: str) -> None:
    """A URL is shown whole but for its secrets, also where its password was not escaped."""
    assert shown(make_url(url)) == expected


def test_any_password() -> None:
    """No password, escaped or not, is left in a URL that is shown or said."""
    alphabet = "abcXYZ019-._~!$'()*+,;=:/?#[]@%^ "
    for number in range(rounds(500, 20_000)):
        random = Random(SEED + number)
        word = "".join(random.choices(alphabet, k=random.randint(1, 20)))
        marked = f"Q7q{word}Z8z"
        again = f"FLASKMIG_SEED={SEED}, round {number}: {marked!r}"
        escaped = sa.URL.create("postgresql+psycopg", "u", marked, "h", 5432, "d")
        for text in (escaped.render_as_string(hide_password=False), f"postgresql://u:{marked}@h/d"):
            assert "Q7q" not in masked(f"at {text} now"), again
        assert "Q7q" not in shown(escaped), again
        assert marked in secrets_of(escaped), again


def test_speed() -> None:
    """A text that looks like the beginning of secrets over and over takes no longer for it."""
    started = time.process_time()
    for part in ("a.", "://a:", "x://y:", "?key", "&token", "password ", "password='", "//", "@"):
        masked(part * 20_000)
    assert time.process_time() - started < 10


def test_errors() -> None:
    """Our errors have no secret in them, whoever made their text."""
    error = FlaskmigError("no postgresql://u:pw@h/d", hint="see db://u:pw@h")
    texts = (str(error), repr(error), error.message, error.hint, *error.args)
    assert not any("pw" in text for text in texts)


def test_bound_values() -> None:
    """What SQLAlchemy's errors say of themselves is without values once they are hidden."""
    with sa.create_engine("sqlite://").connect() as connection:
        try:
            connection.execute(sa.text("INSERT INTO nowhere VALUES (:a)"), {"a": "s3cret"})
        except sa.exc.SQLAlchemyError as error:
            found: Exception = error
    assert "s3cret" in str(found)
    outer = ValueError("outer")
    outer.__cause__ = found
    hide_values(outer)
    assert "s3cret" not in str(found)
