"""What models say for the other kind of database is read only where they say something at all."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, TypeAlias
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from flaskmig.engine import read_metadata
from flaskmig.engine.models import metadata as models

Options: TypeAlias = "st.SearchStrategy[dict[str, Any]]"

COLUMNS: Options = st.fixed_dictionaries(
    {},
    optional={
        "comment": st.sampled_from(["", "a comment", "ein größerer"]),
        "nullable": st.booleans(),
        "sqlite_on_conflict_not_null": st.sampled_from(["ABORT", "FAIL", "IGNORE"]),
        "server_default": st.sampled_from(["1", "2"]),
    },
)
COLUMNS_OF_KEYS: Options = st.fixed_dictionaries(
    {}, optional={"comment": st.sampled_from(["", "the key"])}
)
NUMBERS = st.sampled_from(["", "identity", "sequence"])
TABLES: Options = st.fixed_dictionaries(
    {},
    optional={
        "comment": st.sampled_from(["", "of a table"]),
        "sqlite_autoincrement": st.booleans(),
        "sqlite_strict": st.booleans(),
        "sqlite_with_rowid": st.booleans(),
        "postgresql_with": st.just({"fillfactor": 70}),
        "postgresql_tablespace": st.just("fast"),
        "postgresql_partition_by": st.just("LIST (c0)"),
        "prefixes": st.sampled_from([[], ["UNLOGGED"], ["TEMPORARY"]]),
    },
)


@st.composite
def tables(draw: st.DrawFn) -> sa.MetaData:
    """One table of a few columns, with things that only one kind of database has, or none."""
    metadata = sa.MetaData()
    numbers = draw(NUMBERS)
    by: list[Any] = [sa.Identity()] if numbers == "identity" else []
    by += [sa.Sequence("numbers")] if numbers == "sequence" else []
    columns = [sa.Column("id", sa.Integer, *by, primary_key=True, **draw(COLUMNS_OF_KEYS))]
    for number, options in enumerate(draw(st.lists(COLUMNS, max_size=3))):
        columns.append(sa.Column(f"c{number}", sa.Integer, **options))
    sa.Table("t", metadata, *columns, **draw(TABLES))
    return metadata


def read(metadata: sa.MetaData, dialect: str) -> dict[str, Any]:
    """The schema with what is not compared, too."""
    return asdict(read_metadata(metadata, dialect))


@given(metadata=tables(), dialect=st.sampled_from(["sqlite", "postgresql"]))
def test_nothing_is_missed(metadata: sa.MetaData, dialect: str) -> None:
    """What is read is what is read by looking at each table and column for both databases."""
    found = read(metadata, dialect)
    with patch.object(models, "_is_alike", return_value=False):
        assert found == read(metadata, dialect)


@pytest.mark.parametrize(
    ("dialect", "of_table", "of_column"),
    [
        ("sqlite", {"comment": "of a table"}, {}),
        ("sqlite", {"postgresql_with": {"fillfactor": 70}}, {}),
        ("sqlite", {"prefixes": ["UNLOGGED"]}, {}),
        ("sqlite", {"sqlite_strict": True}, {}),
        ("postgresql", {"sqlite_autoincrement": True}, {}),
        ("postgresql", {"comment": "of a table"}, {}),
        ("sqlite", {}, {"comment": "a comment"}),
        ("postgresql", {}, {"comment": "a comment"}),
        ("postgresql", {}, {"nullable": False, "sqlite_on_conflict_not_null": "FAIL"}),
        ("sqlite", {}, {"nullable": False, "sqlite_on_conflict_not_null": "FAIL"}),
        ("sqlite", {}, {"identity": sa.Identity()}),
        ("postgresql", {}, {"identity": sa.Identity()}),
    ],
)
def test_each_is_seen(dialect: str, of_table: dict[str, Any], of_column: dict[str, Any]) -> None:
    """Each thing that one of the databases cannot have makes the other's a reading of its own."""
    options = dict(of_column)
    by = [options.pop("identity")] if "identity" in options else []
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("n", sa.Integer, *by, **options), **of_table)
    [table] = read_metadata(metadata, dialect).tables
    assert (table.settings.elsewhere is not None) == bool(of_table)
    assert (table.columns[0].elsewhere is not None) == bool(of_column)
