"""Changes of a file's bytes, drawn by chance."""

from __future__ import annotations

from random import Random

from tests.mutated_files.project import source
from tests.mutated_files.spoiled import BYTES, HEADERS, ODD

TOKENS = (
    *(
        b"\x00",
        b"\xff",
        b"\xef\xbb\xbf",
        b"\r",
        b"\n",
        b"\x0c",
        b"\x1a",
        b"\t",
        b"\\",
        b'"""',
        b"'",
    ),
    *(
        b"#",
        b"# coding: utf-7\n",
        b"# coding: latin-1\n",
        b"+AAo-",
        b"(",
        b")",
        b"[",
        b"]",
        b"{",
        b"}",
    ),
    *(
        b":",
        b"=",
        b"*",
        b"@",
        b"-",
        b"lambda: ",
        b"yield ",
        b"await ",
        b"return ",
        b"del revision\n",
    ),
    *(b"revision = ", b"down_revision = ", b"None", b"'aa11'", b"'cc33'", b"b''", b"0x", b"9" * 50),
    *(b"global revision\n", b"import os\n", b"from alembic import op\n", b"raise SystemExit(0)\n"),
    *(
        "größe".encode(),
        "\u202e".encode(),
        b"\xed\xa0\x80",
        b"\xf0\x9f",
        b"def upgrade():\n    pass\n",
    ),
)
STARTS = tuple(
    text
    for text in (source(), *BYTES.values(), *HEADERS.values(), *ODD.values())
    if len(text) < 5000
)


def mutated(chance: Random) -> bytes:
    """A file with one to six changes: bits, tokens, pieces gone, twice, or somewhere else."""
    text = bytearray(source() if chance.random() < 0.6 else chance.choice(STARTS))
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        place = chance.randint(0, len(text))
        end = min(len(text), place + chance.choice((1, 2, 5, 20, 200)))
        match chance.randrange(6):
            case 0 if place < len(text):
                text[place] ^= 1 << chance.randrange(8)
            case 1:
                text[place:place] = chance.choice(TOKENS)
            case 2:
                del text[place:end]
            case 3:
                text[place:place] = text[place:end]
            case 4:
                piece = text[place:end]
                del text[place:end]
                there = chance.randint(0, len(text))
                text[there:there] = piece
            case _:
                text[place:end] = bytes(chance.randrange(256) for _ in range(end - place))
    return bytes(text)
