"""The check of a finished file: what it lets through, and what it does not."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from flaskmig import op
from flaskmig.engine.files.allowed_source import CONSTRUCTS, OPERATIONS, check_source
from flaskmig.engine.rendering.irreversible_source import irreversible_calls
from flaskmig.errors import InvalidRevisionFileError
from flaskmig.schema import Source

HEADER = '''\
"""hostile"""

import sqlalchemy as sa
from flaskmig import op
from sqlalchemy.dialects import postgresql

revision = "a1"
down_revision = None
branch_labels = ("x",)
depends_on = None

'''
CASES = Path(__file__).parents[1] / "cases"


def source(line: str, before: str = "") -> bytes:
    return f"{HEADER}{before}\n\ndef upgrade():\n    {line}\n".encode()


@pytest.mark.parametrize(
    "line",
    [
        'eval("1")',
        '__import__("os").system(">canary")',
        'open("canary", "w")',
        "op.__class__()",
        "op.execute.__globals__.clear()",
        "op.get_bind()",
        'op.get_bind().exec_driver_sql("x")',
        "op.bulk_insert()",
        'op.execute(open("canary"))',
        "op.execute(lambda: 1)",
        'op.execute(f"{sa}")',
        'op.execute("a" + "b")',
        'op.execute("a" % "b")',
        "op.execute(*[])",
        "op.execute(**{})",
        "op.execute({**{}})",
        "op.execute(x for x in ())",
        "op.execute([x for x in ()])",
        "op.execute(b'bytes')",
        "op.execute(...)",
        "op.execute(1j)",
        "op.execute((y := 1))",
        "op.execute('a' if 1 else 'b')",
        "op.execute(sa)",
        "op.execute('x'.format(sa))",
        "op.execute('x'.join(['a']))",
        'op.execute(sa.create_engine("sqlite://"))',
        'op.execute(sa.util.langhelpers.dictlike_iteritems("x"))',
        'op.execute(sa.text("x").columns("y"))',
        "op.execute(sa.func)",
        "op.execute(sa.func._x())",
        "op.execute(sa.func.x.__call__())",
        'op.execute(sa.event.listen("x"))',
        'op.execute(sa.sql.text("x"))',
        'op.execute(postgresql.psycopg.PGDialect_psycopg())',
        'op.execute(op.execute("x"))',
        'op.sql_type("x")',
        'sa.text("x")',
        "op.execute",
        '"text"',
        "x = 1",
        "import os",
        "return op.execute('x')",
        "for op.x in (): pass",
        "with op.batch_alter_table('x') as y: pass",
        "assert op.execute('x')",
        "del op",
        "raise SystemExit",
        "def inner(): pass",
        "op.execute('x')  # coding: x\N{RIGHT-TO-LEFT OVERRIDE}y",
        "op.execute('x')  # users.email is dropped",
        "op.execute('x')  #!/bin/sh",
        "op.execute('x', _private=1)",
    ],
)  # fmt: skip
def test_refused_lines(line: str) -> None:
    """A statement that is no known call of known things with literals is refused."""
    with pytest.raises(InvalidRevisionFileError, match="not written"):
        check_source(source(line))


@pytest.mark.parametrize(
    "before",
    [
        "import os",
        "import os.path",
        "import sqlalchemy.engine",
        "import no_such_module_anywhere",
        "import sqlalchemy",
        "import sqlalchemy as op",
        "import os as sa",
        "from os import system as op",
        "from flaskmig import *",
        "from flaskmig import engine",
        "from sqlalchemy.dialects import postgresql as sa",
        "from . import x",
        "x = 1",
        "revision = open",
        "revision: str = 'a'",
        "revision += 'x'",
        "@open\ndef upgrade(): pass",
        "def upgrade(x=open('canary', 'w')): pass",
        "def upgrade() -> open: pass",
        "def other(): pass",
        "async def upgrade(): pass",
        "class upgrade: pass",
        "if True: pass",
        "upgrade()",
        "'a second text'",
    ],
)
def test_refused_modules(before: str) -> None:
    """Nothing stands in a file but a docstring, known imports, its header and its functions."""
    lines = 'op.execute(os.x("y"))' if before.startswith("import os") else 'op.execute("x")'
    if before in ("import sqlalchemy", "import sqlalchemy.engine", "import os.path"):
        lines = f'op.execute({before.removeprefix("import ")}.create_engine("x"))'
    with pytest.raises(InvalidRevisionFileError):
        check_source(source(lines, before))


@pytest.mark.parametrize("cookie", ["utf-7", "latin-1", "raw_unicode_escape"])
def test_refused_cookies(cookie: str) -> None:
    """A file is read as UTF-8, whatever a comment at its top says."""
    with pytest.raises(InvalidRevisionFileError):
        check_source(f"# -*- coding: {cookie} -*-\n".encode() + source("pass"))
    with pytest.raises(InvalidRevisionFileError):
        check_source(f"# coding: {cookie}\n".encode() + source("pass"))


def test_own_types(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a module of the application its types may be made, and nothing else is called."""
    (tmp_path / "hostile_shop.py").write_text(
        "import os\nimport sqlalchemy as sa\nclass _Money(sa.Integer): pass\ndef run(x): pass\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    line = 'op.add_column("t", sa.Column("m", hostile_shop._Money()))'
    with pytest.raises(InvalidRevisionFileError):
        check_source(source(line, "import hostile_shop"))
    importlib.import_module("hostile_shop")
    check_source(source(line, "import hostile_shop"))
    for called in ("run('x')", "os.system('x')", "sa.Integer.__subclasses__()", "_Money.load('x')"):
        with pytest.raises(InvalidRevisionFileError):
            check_source(source(f"op.execute(hostile_shop.{called})", "import hostile_shop"))


def test_own_code() -> None:
    """What render_item wrote and imports may stand there, and no more than that."""
    own = [Source('shop.money(sa.FetchedValue(), op.f("x"))', ("import shop",))]
    written = 'op.execute(shop.money(sa.FetchedValue(), op.f("x")))'
    check_source(source(written, "import shop"), own)
    for other in ("op.execute(shop.other())", 'op.execute(sa.create_engine("x"))'):
        with pytest.raises(InvalidRevisionFileError):
            check_source(source(other, "import shop"), own)
    with pytest.raises(InvalidRevisionFileError):
        check_source(source(written, "import shop"))
    own = [Source('sa.create_engine("x")', ("import sqlalchemy as sa",))]
    with pytest.raises(InvalidRevisionFileError):
        check_source(source('op.execute(sa.create_engine("x"))'), own)


def test_known_files() -> None:
    """Every file that the cases expect passes, so the list is no shorter than it has to be."""
    files = [*CASES.rglob("revision.py")]
    assert len(files) > 500
    for path in files:
        check_source(path.read_bytes())


def test_known_operations() -> None:
    """Each operation on the list is one that op has, and reading the database is none of them."""
    assert set(op.__all__) >= OPERATIONS
    assert not OPERATIONS & {"get_bind", "get_context", "bulk_insert", "batch_alter_table"}
    assert "op.sql_type" in CONSTRUCTS
    assert list(irreversible_calls([])) == []
