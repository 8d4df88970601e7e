"""Every operation: what it does to a schema, that its reverse undoes it, and what it says."""

from __future__ import annotations

import pytest

from flaskmig.errors import IrreversibleError, ObjectExistsError, ObjectNotFoundError
from flaskmig.operations import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterEnum,
    AlterSequence,
    AlterTable,
    CreateEnum,
    CreateIndex,
    CreateSchema,
    CreateSequence,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropEnum,
    DropIndex,
    DropSchema,
    DropSequence,
    DropTable,
    Operation,
    RenameColumn,
    RenameConstraint,
    RenameEnum,
    RenameEnumValue,
    RenameIndex,
    RenameSequence,
    RenameTable,
    ReorderColumns,
    RunSQL,
)
from flaskmig.operations.spelling import respell_value
from flaskmig.schema import (
    Check,
    Column,
    Enum,
    ForeignKey,
    Generated,
    Index,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Schema,
    Sequence,
    Settings,
    Table,
    Type,
    Unique,
)

INTEGER = Type(sql="integer")
USERS, POSTS, MOOD, TICKETS = map(QualifiedName, ("users", "posts", "mood", "tickets"))
ID = Column(name="id", type=INTEGER, nullable=False)
MAIL = Column(name="mail", type=Type(sql="text"))
STATE = Column(name="state", type=Type(sql="mood", enum=MOOD), default="'sad'::mood")
TICKET = Column(
    name="ticket", type=INTEGER, default="nextval('tickets'::regclass)", sequence=TICKETS
)
DOUBLE = Column(name="double", type=INTEGER, generated=Generated(expression="id * 2"))
KEY = PrimaryKey(columns=("id",), name="users_pkey")
UNNAMED = Unique(columns=("mail",))
CHECK = Check(expression="length(mail) > 3", name="long")
INDEX = Index(name="ix_mail", parts=(IndexPart(column="mail"),), where="mail <> ''")
FOREIGN = ForeignKey(columns=("user_id",), target=USERS, target_columns=("id",))
ENUM = Enum(name=MOOD, values=("sad", "ok"))
SEQUENCE = Sequence(name=TICKETS, start=5)
SCHEMA = Schema(
    tables=(
        Table(
            name=USERS,
            columns=(ID, MAIL, STATE, TICKET, DOUBLE),
            constraints=(KEY, UNNAMED, CHECK),
            indexes=(INDEX,),
        ),
        Table(
            name=POSTS,
            columns=(ID, Column(name="user_id", type=INTEGER)),
            constraints=(FOREIGN,),
        ),
    ),
    enums=(ENUM,),
    sequences=(SEQUENCE,),
    schemas=("app",),
)
NEW = Column(name="age", type=INTEGER)
TAGS = Table(name=QualifiedName("tags"), columns=(ID,))

REVERSIBLE: list[tuple[Operation, str]] = [
    (CreateSchema(name="new"), "create schema new"),
    (DropSchema(name="app"), "drop schema app"),
    (CreateEnum(enum=Enum(name=USERS, values=("x",))), "create enum users (x)"),
    (DropEnum(enum=ENUM), "drop enum mood"),
    (RenameEnum(before=MOOD, after=QualifiedName("Feeling")), "rename enum mood to Feeling"),
    (
        AlterEnum(before=ENUM, after=Enum(name=MOOD, values=("ok", "glad"))),
        "alter enum mood (+glad, -sad)",
    ),
    (
        RenameEnumValue(enum=MOOD, before="sad", after="it's"),
        "rename value sad of enum mood to it's",
    ),
    (CreateSequence(sequence=Sequence(name=POSTS)), "create sequence posts"),
    (DropSequence(sequence=SEQUENCE), "drop sequence tickets"),
    (
        RenameSequence(before=TICKETS, after=QualifiedName("Numbers")),
        "rename sequence tickets to Numbers",
    ),
    (
        AlterSequence(before=SEQUENCE, after=Sequence(name=TICKETS)),
        "alter sequence tickets (start)",
    ),
    (CreateTable(table=TAGS), "create table tags"),
    (DropTable(table=SCHEMA.table(POSTS)), "drop table posts"),
    (
        RenameTable(before=USERS, after=QualifiedName("users", "app")),
        "rename table users to app.users",
    ),
    (
        AlterTable(table=USERS, before=Settings(), after=Settings(comment="people")),
        "change the comment of table users",
    ),
    (
        AlterTable(table=USERS, before=Settings(), after=Settings(options=(("strict", True),))),
        "change the options of table users (strict)",
    ),
    (AddColumn(table=USERS, column=NEW), "add column users.age"),
    (DropColumn(table=USERS, column=DOUBLE), "drop column users.double"),
    (
        AlterColumn(table=USERS, before=ID, after=Column(name="id", type=Type(sql="bigint"))),
        "alter column users.id (type, nullable)",
    ),
    (
        RenameColumn(
            table=USERS,
            before="mail",
            after="email",
            expressions=(
                ("length(mail) > 3", "length(email) > 3"),
                ("mail <> ''", "email <> ''"),
            ),
        ),
        "rename column users.mail to email",
    ),
    (RenameColumn(table=USERS, before="id", after="key"), "rename column users.id to key"),
    (
        ReorderColumns(
            table=USERS,
            before=tuple(column.name for column in SCHEMA.table(USERS).columns),
            after=tuple(column.name for column in reversed(SCHEMA.table(USERS).columns)),
        ),
        "reorder the columns of users ("
        + ", ".join(column.name for column in reversed(SCHEMA.table(USERS).columns))
        + ")",
    ),
    (
        AddConstraint(table=USERS, constraint=Unique(columns=("id",), name="u")),
        "add constraint u: unique (id) on users",
    ),
    (DropConstraint(table=USERS, constraint=UNNAMED), "drop constraint unique (mail) on users"),
    (
        RenameConstraint(table=USERS, constraint=KEY, after="pk"),
        "rename constraint users_pkey: primary key (id) on users to pk",
    ),
    (
        CreateIndex(table=POSTS, index=Index(name="i", parts=(IndexPart(column="id"),))),
        "create index i on posts",
    ),
    (DropIndex(table=USERS, index=INDEX), "drop index ix_mail on users"),
    (
        RenameIndex(table=USERS, before="ix_mail", after="ix"),
        "rename index ix_mail to ix on users",
    ),
]


@pytest.mark.parametrize(("operation", "text"), REVERSIBLE, ids=[text for _, text in REVERSIBLE])
def test_an_operation_changes_the_schema_and_its_reverse_undoes_it(
    operation: Operation, text: str
) -> None:
    """Applied it makes another schema, reversed the same again; it reads as one plain line."""
    changed = operation.apply(SCHEMA)
    restored = operation.reverse().apply(changed)
    assert changed != SCHEMA
    assert {table.name: set(table.columns) for table in restored.tables} == {
        table.name: set(table.columns) for table in SCHEMA.tables
    }
    assert [table.constraints for table in restored.tables] == [
        table.constraints for table in SCHEMA.tables
    ]
    assert (restored.enums, restored.sequences, restored.schemas) == (
        SCHEMA.enums,
        SCHEMA.sequences,
        SCHEMA.schemas,
    )
    assert str(operation) == text
    assert operation.reverse().reverse() == operation


@pytest.mark.parametrize(("operation", "text"), REVERSIBLE, ids=[text for _, text in REVERSIBLE])
def test_an_operation_names_what_it_touches(operation: Operation, text: str) -> None:
    """What an operation creates and needs is what its reverse drops and lets go."""
    reverse = operation.reverse()
    assert operation.creates == reverse.drops
    assert operation.drops == reverse.creates


@pytest.mark.parametrize(
    "operation",
    [
        DropSchema(name="no"),
        DropEnum(enum=Enum(name=POSTS, values=())),
        RenameEnumValue(enum=MOOD, before="no", after="x"),
        DropSequence(sequence=Sequence(name=POSTS)),
        DropTable(table=TAGS),
        AddColumn(table=TAGS.name, column=NEW),
        DropColumn(table=USERS, column=NEW),
        AlterColumn(table=USERS, before=NEW, after=NEW),
        RenameColumn(table=USERS, before="no", after="x"),
        ReorderColumns(table=USERS, before=("id", "no"), after=("no", "id")),
        DropConstraint(table=USERS, constraint=Check(expression="no")),
        DropIndex(table=POSTS, index=INDEX),
        CreateIndex(table=POSTS, index=INDEX),
    ],
    ids=str,
)
def test_what_is_not_there_cannot_be_changed(operation: Operation) -> None:
    """An operation on a missing object raises ObjectNotFoundError."""
    with pytest.raises(ObjectNotFoundError):
        operation.apply(SCHEMA)


@pytest.mark.parametrize(
    "operation",
    [
        CreateSchema(name="app"),
        CreateEnum(enum=ENUM),
        RenameEnumValue(enum=MOOD, before="sad", after="ok"),
        CreateSequence(sequence=SEQUENCE),
        CreateTable(table=Table(name=USERS)),
        RenameTable(before=USERS, after=POSTS),
        AddColumn(table=USERS, column=MAIL),
        RenameColumn(table=USERS, before="id", after="mail"),
        AddConstraint(table=USERS, constraint=Unique(columns=("id",), name="long")),
        AddConstraint(table=USERS, constraint=PrimaryKey(columns=("mail",))),
        CreateIndex(table=USERS, index=INDEX),
    ],
    ids=str,
)
def test_what_is_there_cannot_be_made_again(operation: Operation) -> None:
    """An operation that makes what exists raises ObjectExistsError."""
    with pytest.raises(ObjectExistsError):
        operation.apply(SCHEMA)


def test_a_renamed_column_is_followed_everywhere() -> None:
    """Keys, indexes, foreign keys of others and known expressions name the column anew."""
    rename = RenameColumn(
        table=USERS, before="id", after="key", expressions=(("id * 2", "key * 2"),)
    )
    changed = rename.apply(SCHEMA)
    users, posts = changed.table(USERS), changed.table(POSTS)
    assert users.primary_key == PrimaryKey(columns=("key",), name="users_pkey")
    assert users.column("double").generated == Generated(expression="key * 2")
    assert posts.foreign_keys[0].target_columns == ("key",)
    assert posts.has_column("id")


def test_a_renamed_table_is_followed_by_foreign_keys() -> None:
    """Foreign keys that point at the table point at its new name."""
    changed = RenameTable(before=USERS, after=TAGS.name).apply(SCHEMA)
    assert changed.table(POSTS).foreign_keys[0].target == TAGS.name


def test_a_renamed_enum_is_followed_by_types_and_defaults() -> None:
    """Columns of the type, and defaults cast to it, are spelled with the new name."""
    changed = RenameEnum(before=MOOD, after=QualifiedName("Mood", "app")).apply(SCHEMA)
    state = changed.table(USERS).column("state")
    assert state.type.sql == 'app."Mood"'
    assert state.default == "'sad'::app.\"Mood\""


def test_a_renamed_value_is_followed_by_defaults() -> None:
    """A default that is the renamed value becomes the new value, quoted as SQL wants it."""
    changed = RenameEnumValue(enum=MOOD, before="sad", after="it's").apply(SCHEMA)
    assert changed.table(USERS).column("state").default == "'it''s'::mood"


def test_a_dropped_column_takes_what_names_it() -> None:
    """Constraints and indexes of a dropped column go with it."""
    users = DropColumn(table=USERS, column=MAIL).apply(SCHEMA).table(USERS)
    assert UNNAMED not in users.constraints
    assert users.indexes == ()


def test_a_constraint_without_a_name_is_found_by_what_it_is() -> None:
    """A named wish finds the unnamed constraint that is alike, and the other way round."""
    named = Unique(columns=("mail",), name="uq_mail")
    dropped = DropConstraint(table=USERS, constraint=named).apply(SCHEMA)
    assert UNNAMED not in dropped.table(USERS).constraints
    unnamed = PrimaryKey(columns=("id",))
    assert (
        DropConstraint(table=USERS, constraint=unnamed).apply(SCHEMA).table(USERS).primary_key
        is None
    )


def test_raw_sql_is_undone_only_by_what_it_says() -> None:
    """RunSQL leaves the schema alone and reverses only where the reverse is given."""
    assert RunSQL(sql="VACUUM").apply(SCHEMA) == SCHEMA
    assert RunSQL(sql="a", reverse_sql="b").reverse() == RunSQL(sql="b", reverse_sql="a")
    with pytest.raises(IrreversibleError):
        RunSQL(sql="a").reverse()
    assert str(RunSQL(sql="x" * 100)).endswith("xxx...")


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("'{sad,ok}'::mood[]", "'{sad,\"so so\"}'::mood[]"),
        ("tags && '{{ok},{sad}}'::mood[]", "tags && '{{\"so so\"},{sad}}'::mood[]"),
        ("'{\"ok\"}'::mood[]", "'{\"so so\"}'::mood[]"),
        ("'{ok}'::text[]", "'{ok}'::text[]"),
        ("'{okay}'::mood[]", "'{okay}'::mood[]"),
    ],
)
def test_a_renamed_value_is_followed_into_arrays(text: str, changed: str) -> None:
    """An array that is cast to the enum has the new value, quoted as PostgreSQL does it."""
    assert respell_value(text, MOOD, "ok", "so so") == changed
