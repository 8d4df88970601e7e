"""Operations taken into the creation of a table: the same schema, and what has rows untouched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.comparing.folded import folded
from flaskmig.engine.comparing.order import order
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    CreateView,
    DropColumn,
    DropTable,
    Operation,
    RenameColumn,
    RenameTable,
)
from flaskmig.schema import (
    Column,
    ForeignKey,
    Index,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Table,
    Type,
    View,
)
from tests.counts import examples
from tests.laws.strategies import DialectName, schemas

USERS, POSTS, OLD = (QualifiedName(name) for name in ("users", "posts", "old"))
ID = Column(name="id", type=Type(sql="INTEGER"), nullable=False)
MAIL = Column(name="mail", type=Type(sql="TEXT"))
LONG = replace(MAIL, type=Type(sql="VARCHAR(9)"))


def _table(name: QualifiedName, *columns: Column) -> Table:
    return Table(name=name, columns=(ID, *columns), constraints=(PrimaryKey(columns=("id",)),))


def _key(target: QualifiedName) -> ForeignKey:
    return ForeignKey(columns=("mail",), target=target, target_columns=("id",))


def _index(column: str) -> Index:
    return Index(name=f"ix_{column}", parts=(IndexPart(column=column),))


def _made(name: QualifiedName, *columns: Column) -> CreateTable:
    return CreateTable(table=_table(name, *columns))


ADD = AddColumn(table=USERS, column=MAIL)
ALTER = AlterColumn(table=USERS, before=MAIL, after=LONG)
INDEX = CreateIndex(table=USERS, index=_index("mail"))
KEY = AddConstraint(table=USERS, constraint=_key(POSTS))
DROP = DropTable(table=_table(USERS))
VIEW = CreateView(view=View(name=QualifiedName("v"), definition="SELECT * FROM users"))

CASES: dict[str, tuple[Sequence[Operation], Sequence[Operation]]] = {
    "a column": ([_made(USERS), ADD], [_made(USERS, MAIL)]),
    "its index": (
        [_made(USERS), ADD, INDEX],
        [CreateTable(table=replace(_table(USERS, MAIL), indexes=(_index("mail"),)))],
    ),
    "a change": ([_made(USERS, MAIL), ALTER], [_made(USERS, LONG)]),
    "a column that goes": (
        [_made(USERS, MAIL), DropColumn(table=USERS, column=MAIL)],
        [_made(USERS)],
    ),
    "a table that goes": ([_made(USERS), _made(POSTS), DROP], [_made(POSTS)]),
    "past another table": (
        [_made(USERS), _made(POSTS), ADD],
        [_made(USERS, MAIL), _made(POSTS)],
    ),
    "a key to a later table": (
        [_made(USERS, MAIL), _made(POSTS), KEY],
        [_made(USERS, MAIL), _made(POSTS), KEY],
    ),
    "a key to an earlier table": (
        [_made(POSTS), _made(USERS, MAIL), KEY],
        [
            _made(POSTS),
            CreateTable(
                table=replace(
                    _table(USERS, MAIL), constraints=(PrimaryKey(columns=("id",)), _key(POSTS))
                )
            ),
        ],
    ),
    "a table with rows": ([ADD, ALTER], [ADD, ALTER]),
    "after a rename": (
        [_made(OLD), RenameTable(before=OLD, after=USERS), ADD],
        [_made(OLD), RenameTable(before=OLD, after=USERS), ADD],
    ),
    "beside a renamed column": (
        [_made(USERS, MAIL), RenameColumn(table=USERS, before="mail", after="email"), INDEX],
        [_made(USERS, MAIL), RenameColumn(table=USERS, before="mail", after="email"), INDEX],
    ),
    "under a view": ([_made(USERS), VIEW, ADD], [_made(USERS), VIEW, ADD]),
    "a change of a default's type": (
        [
            _made(USERS, replace(MAIL, default="'x'")),
            replace(ALTER, before=replace(MAIL, default="'x'"), after=replace(LONG, default="'x'")),
        ],
        [
            _made(USERS, replace(MAIL, default="'x'")),
            replace(ALTER, before=replace(MAIL, default="'x'"), after=replace(LONG, default="'x'")),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_folded(case: str) -> None:
    """An operation becomes a part of the creation of its table where nothing is in between."""
    operations, wanted = CASES[case]
    assert folded(operations) == list(wanted)


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
@settings(max_examples=examples(15))
@given(data=st.data())
def test_folding_leads_to_the_same_schema(dialect: DialectName, data: st.DataObject) -> None:
    """Folded operations are as many or fewer, and lead where the operations lead."""
    first, second, third = (data.draw(schemas(dialect)) for _ in range(3))
    operations = [*order(compare(first, second)), *order(compare(second, third))]
    found = folded(operations)
    assert len(found) <= len(operations)
    wanted, schema = first, first
    for operation in operations:
        wanted = operation.apply(wanted)
    for operation in found:
        schema = operation.apply(schema)
    assert not compare(schema, wanted)
