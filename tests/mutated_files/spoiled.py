"""Texts of revision files that are wrong, each under a name that says how."""

from __future__ import annotations

import codecs

from tests.mutated_files.project import SPOILED, source

GOOD = source()
_HEADER = f"revision = '{SPOILED}'".encode()
_PARENT = b"down_revision = 'aa11'"
RUN = b'ran("evil")'


def _id(text: str) -> bytes:
    return GOOD.replace(_HEADER, b"revision = " + text.encode())


def _parent(text: str) -> bytes:
    return GOOD.replace(_PARENT, b"down_revision = " + text.encode())


def _labels(text: str) -> bytes:
    return GOOD.replace(b"branch_labels = None", b"branch_labels = " + text.encode())


def _depends(text: str) -> bytes:
    return GOOD.replace(b"depends_on = None", b"depends_on = " + text.encode())


def _cookie(name: str, line: bytes = b"") -> bytes:
    return f"# -*- coding: {name} -*-\n".encode() + line + GOOD


_UTF_7 = ("# +AAo-" + RUN.decode() + "\n").encode()

BYTES = {
    "nothing": b"",
    "spaces": b" \t\n" * 50,
    "one byte": b"\xff",
    "a NUL in a comment": GOOD + b"# \x00\n",
    "a NUL at the start": b"\x00" + GOOD,
    "UTF-16": GOOD.decode().encode("utf-16"),
    "UTF-32": GOOD.decode().encode("utf-32"),
    "latin-1 without a word": GOOD.replace(b"spoiled", b"gr\xfc\xdfe"),
    "half of it": GOOD[: len(GOOD) // 2],
    "cut off in a name": GOOD[: GOOD.index(b"create_table") + 14],
    "marks of a merge": GOOD.replace(
        b"import sqlalchemy as sa\n", b"<<<<<<< HEAD\n=======\n>>>>>>> b\n"
    ),
    "UTF-7": _cookie("utf-7", _UTF_7),
    "UTF-7 in the second line": b"\n" + _cookie("utf-7", _UTF_7),
    "UTF-7 after a CR": b"\r" + _cookie("utf-7", _UTF_7),
    "UTF-7 between two CRs": b"# a\r" + _cookie("utf-7").replace(b"\n", b"\r", 1) + _UTF_7,
    "UTF-7 in the third line": b"# a\n#\n" + _cookie("utf-7", _UTF_7) + b"return\n",
    "unicode_escape": _cookie("unicode_escape", b"# \\n" + RUN + b"\n"),
    "raw_unicode_escape": _cookie("raw_unicode_escape", b"# \\u000a" + RUN + b"\n"),
    "rot13": _cookie("rot13"),
    "punycode": _cookie("punycode"),
    "hz": _cookie("hz", b"# ~{~}\n"),
    "iso2022_jp": _cookie("iso2022_jp", b"# \x1b$B\n"),
    "an encoding that is none": _cookie("no-such-encoding"),
    "an encoding that is not that": _cookie("ascii", "# größe\n".encode()),
    "gbk that eats a line end's letter": _cookie("gbk", b"# \x81\x5c\n"),
    "a mark and another encoding": codecs.BOM_UTF8 + _cookie("latin-1"),
    "brackets a thousand deep": GOOD + b"x = " + b"(" * 1000 + b")" * 1000 + b"\n",
    "lists a thousand deep": GOOD.replace(_PARENT, b"down_revision = " + b"[" * 1000 + b"]" * 1000),
    "signs": GOOD.replace(_HEADER, b"revision = " + b"-" * 50_000 + b"1"),
    "names with dots": GOOD.replace(_HEADER, b"revision = a" + b".a" * 50_000),
    "a sum": GOOD.replace(_HEADER, b"revision = 1" + b" + 1" * 20_000),
    "a decimal number of 5000 digits": _id("1" * 5000),
    "a hexadecimal number of 5000 digits": _id("0x" + "f" * 5000),
    "return outside of a function": GOOD + b"return\n",
    "break outside of a loop": GOOD.replace(b"    op.create", b"    break\n    op.create"),
    "a name twice in the parameters": GOOD + b"def f(a, a): pass\n",
    "await outside of async": GOOD + b"def f():\n    await x\n",
    "nonlocal at the top": GOOD + b"nonlocal x\n",
    "no line of code that is indented right": GOOD.replace(b"    op.", b"  \top."),
}

# Each is wrong as a header, however well it parses.
HEADERS = {
    "no id": GOOD.replace(_HEADER + b"\n", b"").replace(b"def upgrade", b"def upgrade"),
    "no parent": GOOD.replace(_PARENT + b"\n", b""),
    **{
        f"id {text[:40]}": _id(text)
        for text in (
            *("1", "1.5", "2j", "b'bb22'", "None", "True", "...", "['bb22']", "('bb22',)", "{}"),
            *("{'bb22'}", "{1: 2}", "f'bb{22}'", "'bb' + '22'", "'bb22'[:]", "str('bb22')"),
            *("''", "' '", "'\\n'", "'a\\nb'", "'a\\x00b'", "'\\x1b[2J'", "'a\\u202eb'"),
            *("'\\ud800'", "'a@b'", "'a-b'", "'+2'", "'a:b'", "'-1'", "'\\u2028'", "'\\x7f'"),
            *("'x' * 3", "(lambda: 1)()", "[x for x in 'ab']", "__name__", "x", "*['a']"),
            *("(y := 'bb22')", "'bb22' if 1 else 'b'", "not 'bb22'", "'a' 'b' 'c' @ 1"),
            RUN.decode(),
        )
    },
    "an id of 256 letters": _id(repr("a" * 256)),
    "an id of a million letters": _id(repr("a" * 1_000_000)),
    **{
        f"parent {text[:40]}": _parent(text)
        for text in (
            *(
                "1",
                "b'aa11'",
                "{'aa11': 1}",
                "'zz99'",
                f"'{SPOILED}'",
                "'cc33'",
                "('aa11', 'zz99')",
            ),
            *("[['aa11']]", "('aa11', ('aa11',))", "({'aa11'},)", "{('aa11',)}", "{1, 'aa11'}"),
            *("'a@b'", "'../aa11'", "'aa11\\n'", "(None, 1)", "open('x')", "[*'aa11']"),
            RUN.decode(),
        )
    },
    **{
        f"labels {text[:40]}": _labels(text)
        for text in (
            *("1", "['a', 2]", "'\\x1b[2J'", "'a\\nb'", "'\\u202e'", "'aa11'", "('x', 'cc33')"),
            *("{'a': 1}", "({'a'},)", "' '", repr("l" * 300), "make()"),
        )
    },
    **{
        f"depends on {text[:40]}": _depends(text)
        for text in ("1", "'zz99'", f"'{SPOILED}'", "'cc33'", "({'a'},)", "'a:b'", "call()")
    },
    "a second id further down": GOOD + b"\nrevision = 'dd44'\nrevision = 5\n",
    "an id in a tuple": GOOD.replace(_HEADER, b"(revision, other) = make()\nrevision = other"),
    "an id added to": GOOD.replace(_HEADER, _HEADER + b"\nrevision += 'x'"),
    "the id of another": _id("'aa11'"),
}

# The header is right, and what is called is not.
FUNCTIONS = {
    "upgrade is a number": GOOD.replace(b"def upgrade", b"upgrade = 1\ndef other"),
    "upgrade is a generator": GOOD.replace(b"    ran(", b"    yield\n    ran("),
    "upgrade is async": GOOD.replace(b"def upgrade", b"async def upgrade"),
    "upgrade wants something": GOOD.replace(b"def upgrade()", b"def upgrade(what)"),
    "it ends the process when loaded": GOOD + b"\nraise SystemExit(0)\n",
    "it ends the process": GOOD.replace(b"    op.create", b"    raise SystemExit\n    op.create"),
    "it ends with exit()": GOOD.replace(
        b"    op.create", b"    import sys; sys.exit(0)\n    op.create"
    ),
    "it imports what is not there": GOOD.replace(b"import sqlalchemy", b"import no_such_module"),
    "a name that is not there": GOOD + b"\nnothing_of_this_name\n",
}

# Odd, and right: they run.
ODD = {
    "CRLF": GOOD.replace(b"\n", b"\r\n"),
    "CR": GOOD.replace(b"\n", b"\r"),
    "a mark of UTF-8": codecs.BOM_UTF8 + GOOD,
    "latin-1 with a word": b"# coding: latin-1\n" + GOOD.replace(b"spoiled", b"gr\xfc\xdfe"),
    "cp1252": b"# vim: set fileencoding=cp1252 :\n" + GOOD.replace(b"spoiled", b"\x80"),
    "form feeds": GOOD.replace(b"\n\n", b"\n\x0c\n"),
    "no end of line": GOOD.rstrip(b"\n"),
    "a hundred thousand empty lines": GOOD.replace(
        b"def upgrade", b"\n" * 100_000 + b"def upgrade"
    ),
    "a long line": GOOD + b"# " + b"x" * 1_000_000 + b"\n",
    "colours and bells in the message": GOOD.replace(b"spoiled", b"\\x1b[31m\\x07\x1b[2J"),
    "a message that turns": GOOD.replace(b"spoiled", "a\u202eb\u2066c".encode()),
    "half a character in the message": GOOD.replace(b"spoiled", b"\\ud800 \\udfff"),
    "a message of a million letters": GOOD.replace(b"spoiled", b"x" * 1_000_000),
    "a date with much space": GOOD.replace(b"2026-01-02", b"x" + b" " * 200_000 + b"y"),
    "names for values": GOOD.replace(_HEADER, b"ID = 'bb22'\nrevision: str = ID"),
    "a decorator": GOOD.replace(b"def upgrade", b"@lambda f: f\ndef upgrade"),
}
