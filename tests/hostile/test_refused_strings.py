"""What no database can hold is refused by name, before anything is written or run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.engine import Engine

import flaskmig
from flaskmig import engine as flaskmig_engine
from flaskmig.dialects.base import Statement
from flaskmig.errors import ConfigurationError, FlaskmigError, UnsupportedOperationError
from tests.execute.chain import Chain
from tests.hostile.witness import catalogue

NUL, HALF = "a\0b", "a\ud800b"
LONG = "\u00e9" * 40
PLACES = (
    "table", "column", "default", "expression", "column comment", "comment", "check",
    "constraint", "index", "enum", "label", "sequence", "schema", "view", "definition",
)  # fmt: skip
NAMED = ("table", "constraint", "index", "sequence", "view")
# An enum and a schema are named as well, and are PostgreSQL's alone.
LIMITED = (*NAMED, "column", "enum", "label", "schema")


def models(place: str, text: str) -> sa.MetaData:
    """Models that have the text in that place."""
    metadata = sa.MetaData()
    parts: list[Any] = [sa.Column("id", sa.Integer, primary_key=True), sa.Column("c", sa.Text)]
    known: dict[str, Any] = {}
    match place:
        case "column":
            parts.append(sa.Column(text, sa.Text))
        case "default":
            parts.append(sa.Column("d", sa.Text, server_default=text))
        case "expression":
            parts.append(sa.Column("d", sa.Text, server_default=sa.text(f"'{text}'")))
        case "column comment":
            parts.append(sa.Column("d", sa.Text, comment=text))
        case "comment" | "schema":
            known[place] = text
        case "check":
            parts.append(sa.CheckConstraint(f"c <> '{text}'", name="k"))
        case "constraint":
            parts.append(sa.UniqueConstraint("c", name=text))
        case "index":
            parts.append(sa.Index(text, "c"))
        case "enum" | "label":
            values, name = ((text, "z"), "e") if place == "label" else (("a", "z"), text)
            parts.append(sa.Column("e", sa.Enum(*values, name=name)))
        case "sequence":
            sa.Sequence(text, metadata=metadata)
        case "view" | "definition":
            name, query = (text, "1") if place == "view" else ("v", f"'{text}'")
            flaskmig.View(name, f"SELECT {query} AS x", metadata)
    sa.Table(text if place == "table" else "t", metadata, *parts, **known)
    return metadata


def faults(database: str) -> Iterator[tuple[str, str]]:
    """Places and texts that the database cannot have."""
    for place in PLACES:
        if database == "sqlite" and place in ("enum", "label", "sequence"):
            continue
        yield place, NUL
        yield place, HALF
    named = (place for place in NAMED if database == "postgresql" or place != "sequence")
    yield from ((place, "") for place in named)
    if database == "postgresql":
        yield from ((place, LONG) for place in LIMITED)


@pytest.mark.parametrize("verify", [True, False])
def test_models(engine: Engine, verify: bool, tmp_path: Path) -> None:
    """A NUL, half of a surrogate pair, no name and one of over 63 bytes never reach a database."""
    before = catalogue(engine)
    for number, (place, text) in enumerate(faults(engine.dialect.name)):
        app, folder = Flask("refused"), tmp_path / str(number)
        flaskmig.Migrate(app, metadata=models(place, text), engine=engine, directory=str(folder))
        with app.app_context():
            flaskmig.init()
            with pytest.raises(FlaskmigError) as refused:
                _migrate_and_upgrade(text, verify)
        assert refused.value.hint, (place, text)
        assert str(refused.value).isprintable() or "\n" in str(refused.value)
        if text != LONG or verify:
            assert not list(folder.rglob("*.py")), (place, text)
        assert catalogue(engine) == before, (place, text)


def _migrate_and_upgrade(text: str, verify: bool) -> None:
    flaskmig.migrate(message="x", verify=verify)
    # Only a name that is too long for this one database gets into a file.
    assert text == LONG
    flaskmig.upgrade()


@pytest.mark.parametrize("text", [NUL, HALF])
def test_written_by_hand(engine: Engine, tmp_path: Path, text: str) -> None:
    """In a revision file it ends in an error that names it, and the database is as it was."""
    chain = Chain(tmp_path, engine)
    before = catalogue(engine)
    calls = [
        f"op.create_table({text!r}, sa.Column('id', sa.Integer))",
        f"op.create_table('t', sa.Column('x', sa.Text, server_default={text!r}))",
        f"op.create_view('v', \"SELECT '\" {text!r} \"' AS x\")",
    ]
    for number, call in enumerate(calls):
        path = chain.add("a1", f"op.create_table('first', sa.Column('id', sa.Integer))\n{call}")
        with pytest.raises(FlaskmigError, match=r"no database can hold|cannot be a name"):
            chain.upgrade()
        assert catalogue(engine) == before, number
        path.unlink()
        chain.last = None


def test_statements() -> None:
    """No dialect can make a statement with such a text, whatever it is for."""
    for text in (NUL, HALF):
        with pytest.raises(UnsupportedOperationError, match="no database can hold"):
            Statement(sql=f"SELECT '{text}'")
    assert Statement(sql="SELECT '\U0001f4a3'").sql


def test_places_are_told() -> None:
    """The error says where in the models it is, in characters that a terminal shows."""
    with pytest.raises(ConfigurationError) as refused:
        flaskmig_engine.read_metadata(models("column", NUL), "sqlite")
    assert refused.value.message == (
        r"table 't', name 'a\x00b': no database can hold a NUL character"
    )


def test_one_command(postgresql_engine: Engine) -> None:
    """A text that turns out to be two commands is refused by the server, and neither runs."""
    from flaskmig.dialects import dialect_of

    before = catalogue(postgresql_engine)
    with postgresql_engine.connect() as connection:
        dialect = dialect_of(connection)
        for sql in ("SELECT 1; CREATE TABLE canary(x int)", "SELECT '%s', ':x'; SELECT '%(x)s'"):
            with pytest.raises(sa.exc.DBAPIError, match="multiple commands"):
                dialect.run(connection, Statement(sql=sql))
            connection.rollback()
        dialect.run(connection, Statement(sql="SELECT '%s %(x)s :x %'"))
    assert catalogue(postgresql_engine) == before
