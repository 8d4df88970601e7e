"""Strings that break out where somebody forgot to quote them, and never have to do anything.

Each that would run makes a file or a table ``canary``; see `tests.hostile.witness`.
"""

from __future__ import annotations

import random

CANARY = "canary"
# PostgreSQL's limit for names, less what `Unit` puts behind one.
NAME_BYTES = 55
_TEXT_BYTES = 300

_FILE = "open('canary','w')"
_TABLE = "CREATE TABLE canary(x int)"

FIXED = (
    "'",
    '"',
    "''",
    '""',
    "\\",
    "\\\\",
    "'''",
    '"""',
    "\\'",
    '\\"',
    "`",
    "]",
    "[x]",
    "{",
    "}",
    "{x}",
    "{{ 7*7 }}",
    "{% x %}",
    "%",
    "%%",
    "%s",
    "%(x)s",
    "%(",
    ":name",
    "::text",
    "\\:name",
    "a:b:c",
    ":1",
    "?",
    "$1",
    "$$",
    "$a$",
    ";",
    ";;",
    "--",
    "/*",
    "*/",
    "/* x",
    "#",
    "# coding: utf-7",
    " -*- coding: utf-7 -*-",
    " ",
    "  x  ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\x0b\x0c",
    "\x1b[2J\x07",
    "\x7f",
    "\x85",
    "\u2028",
    "\u202e txt",
    "\u2066\u2069",
    "\u200b",
    "\ufeff",
    "\u00e9",
    "e\u0301",
    "\u0131I",
    "\U0001f4a3",
    "\u4e2d\u6587",
    "\U000e0001",
    "null",
    "NULL",
    "true",
    "table",
    "select",
    "op",
    "sa",
    "__import__",
    "__class__",
    "f'{x}'",
    "r'\\'",
    "\\x41",
    "\\u0041",
    "\\N{DIGIT ONE}",
    "\\n",
    "a.b",
    "a,b",
    "(a)",
    "a\nb",
    "a\r# b",
    "x" * NAME_BYTES,
    "\u00e9" * (NAME_BYTES // 2),
    "\U0001f4a3" * (NAME_BYTES // 4),
    "public",
    "pg_temp",
    "main",
    "temp",
    "sa.text('x')",
    "lambda: 0",
    f'"""+{_FILE}+"""',
    f"'+{_FILE}.name+'",
    f'"+{_FILE}.name+"',
    f"'); {_FILE}; ('",
    f'"); {_FILE}; ("',
    f"\n{_FILE}\n",
    f"\r{_FILE}\r",
    f"\\\n{_FILE}",
    f"{{{_FILE}}}",
    f'{{"""{_FILE}"""}}',
    f"\\'+{_FILE}+'",
    f"# {_FILE}",
    f"]); {_FILE}",
    f"\u2028{_FILE}",
    f"x'\n    {_FILE}\n    '",
    "__import__('os').system('>canary')",
    f"'; {_TABLE}; --",
    f'"; {_TABLE}; --',
    f"\\'; {_TABLE}; --",
    f"'); {_TABLE}; --",
    f'"); {_TABLE}; --',
    f"$$; {_TABLE}; $$",
    f"*/ ; {_TABLE}; /*",
    f"\n; {_TABLE};\n",
    f"%'; {_TABLE}; --",
    f"'' ; {_TABLE}",
    f":x'; {_TABLE}; --",
    f"\u02bc; {_TABLE}; --",
    f"\uff07; {_TABLE}; --",
    "'||(SELECT 1)||'",
    "'::regclass",
    "E'\\\\'",
    "U&'\\0041'",
    "x'; DROP TABLE alembic_version; --",
    "a\"b'c`d]e\\f%g:h{i}j",
)

_PIECES = (
    *(each for each in FIXED if len(each) < 12),
    _FILE, _TABLE, "op.execute(", "sa.text(", "'", '"', "\\", "\n", "\r", "%", ":", "$$", ";", "--",
    "a", "B", "7", " ", "_", "x y", "END", "BEGIN", "AS", ")", "(", ",", ".", "=", "--\n", "/**/",
)  # fmt: skip


def fuzzed(source: random.Random) -> str:
    """A string of pieces that mean something to some reader, and of any other characters."""
    pieces = []
    for _ in range(source.randint(1, 8)):
        kind = source.random()
        if kind < 0.75:
            pieces.append(source.choice(_PIECES))
        elif kind < 0.9:
            pieces.append(chr(source.randint(1, 0x2FF)))
        else:
            pieces.append(_character(source))
    return cut("".join(pieces), _TEXT_BYTES)


def _character(source: random.Random) -> str:
    while True:
        number = source.randint(0x300, 0x10FFFF)
        if not 0xD800 <= number <= 0xDFFF:
            return chr(number)


def cut(text: str, size: int) -> str:
    """As much of the text as has that many bytes."""
    return text.encode()[:size].decode(errors="ignore")
