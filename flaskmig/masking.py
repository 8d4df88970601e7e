"""Secrets taken out of texts that people and logs get to see.

A secret is known by its place: the password of a URL, also one that should have been escaped and
was not (``p@ss/w0rd``), a parameter of a URL or a connection string whose name says so, the
password in a statement about a role. Or it is known by what it is, where somebody has the URL.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MASK = "***"

_NAME = r"(?:pass(?:word|wd|file)|pwd|key|token|secret)"
SECRET_NAME = re.compile(_NAME, re.IGNORECASE)

# From the first colon after the user to the last @: what SQLAlchemy takes for the host may be the
# rest of the password. A port is none, unless an @ follows it without a space; and where the text
# was cut off before the @, the rest of it is taken for the secret.
_USERINFO = re.compile(
    r"(?P<before>\b[A-Za-z][A-Za-z0-9+.\-]{1,40}(?::/{1,2}|//)(?!\[)[^\s:/?#@]{0,200}:)"
    r"(?:\S{0,500}(?P<at>@)|(?!\d{1,5}(?:[^\w@]|$))(?:[^@\n]{0,200}(?P<at_last>@)|[^\s'\"]+))"
)
_PARAMETER = re.compile(
    rf"(?P<before>[?&][^\s=&?]{{0,60}}{_NAME}[^\s=&?]{{0,60}}=)"
    r"[^\s&]*?(?=[:,;.)'\"\]>]*(?:[\s&]|$))",
    re.IGNORECASE,
)
_CONNECTION_STRING = re.compile(
    r"(?P<before>(?<![\w.?&])(?:ssl)?(?:password|passwd|passfile)=)"
    r"(?:'(?:[^'\\]|\\.)*(?:'|$)|[^\s&'\",;)]+)",
    re.IGNORECASE,
)
_OF_A_ROLE = re.compile(
    r"(?P<before>\bpassword\s+)(?:e|u&)?'(?:[^']|'')*(?:'|$)",
    re.IGNORECASE,
)
_PLACES = (_USERINFO, _PARAMETER, _CONNECTION_STRING, _OF_A_ROLE)
# Shorter ones are taken out where they stand by themselves: "a" is in many a word.
_LONG_ENOUGH = 8


def masked(text: str, secrets: Iterable[str] = ()) -> str:
    """The text with ``***`` for what is a secret by its place, and for each of ``secrets``."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        if secret in text:
            text = re.sub(_alone(secret), MASK, text)
    for place in _PLACES:
        text = place.sub(_without_secret, text)
    return text


def _without_secret(found: re.Match[str]) -> str:
    end = "@" if found.re is _USERINFO and (found["at"] or found["at_last"]) else ""
    quotes = "'" if found.re is _OF_A_ROLE else ""
    return f"{found['before']}{quotes}{MASK}{quotes}{end}"


def _alone(secret: str) -> str:
    escaped = re.escape(secret)
    if len(secret) >= _LONG_ENOUGH:
        return escaped
    before = r"(?<!\w)" if re.match(r"\w", secret) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", secret) else ""
    return f"{before}{escaped}{after}"
