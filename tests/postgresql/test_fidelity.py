"""What is made from the model is read back as the model."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from flaskmig.operations import CreateEnum, CreateSchema, CreateSequence, CreateTable
from flaskmig.schema import (
    Check,
    Enum,
    Exclude,
    ExcludeElement,
    ForeignKey,
    Generated,
    Identity,
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
from tests.postgresql.support import DIALECT, apply, column, execute, table

PARENT = table(
    "parent",
    column("id", "integer", nullable=False, autoincrement=True, comment="it's 100% :name \\ ok"),
    column("code", "character varying(20)", collation="C", default="'a%b:c''d'::character varying"),
    column("rank", "smallint", nullable=False),
    constraints=(
        PrimaryKey(name="parent_pkey", columns=("id",)),
        Unique(name="parent_code_rank", columns=("code", "rank")),
    ),
    settings=Settings(comment="parents; 50% \"quoted\" 'text'"),
)

TABLES = {
    "parent": PARENT,
    "numbers": table(
        "numbers",
        column("a", "bigint", nullable=False, autoincrement=True),
        column("b", "smallint", nullable=False, autoincrement=True),
        column("c", "numeric(10,2)", default="1.50"),
        column("d", "double precision", default="'-1'::integer"),
    ),
    "identities": table(
        "identities",
        column("a", "integer", nullable=False, identity=Identity(always=True)),
        column("b", "bigint", nullable=False, identity=Identity(start=10, increment=5, cache=3)),
        column("c", "smallint", nullable=False, identity=Identity(increment=-1, cycle=True)),
        column("d", "integer", nullable=False, identity=Identity(minimum=3, maximum=9)),
    ),
    "generated": table(
        "generated",
        column("a"),
        column("b", generated=Generated(expression="(a * 2)")),
    ),
    "types": table(
        "types",
        column("a", "timestamp(3) with time zone", default="now()"),
        column("b", "integer[]", default="'{}'::integer[]"),
        column("c", "jsonb", default="'{\"a\": 1}'::jsonb"),
        column("d", "uuid", default="gen_random_uuid()"),
        column("e", "interval day to second(3)"),
        column("f", "character(3)"),
        column("g", "bit varying(5)"),
    ),
    "Odd Name": table(
        "Odd Name",
        column('say "hi"', "integer", nullable=False),
        column("select", "text"),
        column("naïve", "text", default="'ü'::text"),
        constraints=(PrimaryKey(name="Odd %key", columns=('say "hi"',)),),
        indexes=(Index(name="Odd:index", parts=(IndexPart(column="select"),)),),
    ),
    "keys": table(
        "keys",
        column("a", nullable=False),
        column("b", nullable=False),
        column("c"),
        column("d"),
        constraints=(
            PrimaryKey(name="keys_pk", columns=("b", "a"), include=("c",)),
            Unique(name="keys_u1", columns=("c",), deferrable=True),
            Unique(name="keys_u2", columns=("d", "c"), deferrable=True, initially_deferred=True),
            Unique(name="keys_u3", columns=("d",), include=("a", "c")),
            Check(name="keys_c1", expression="((a > 0) OR (b > 3))"),
            Check(name="keys_c2", expression="(c <> 5)", no_inherit=True),
            Check(name="keys_c3", expression="(d < 9)", not_valid=True),
        ),
    ),
    "children": table(
        "children",
        column("id", nullable=False),
        column("parent_id"),
        column("code", "character varying(20)"),
        column("rank", "smallint"),
        column("self_id"),
        constraints=(
            PrimaryKey(name="children_pkey", columns=("id",)),
            ForeignKey(
                name="fk_parent",
                columns=("parent_id",),
                target=QualifiedName("parent"),
                target_columns=("id",),
                on_delete="CASCADE",
                on_update="SET NULL",
                deferrable=True,
                initially_deferred=True,
            ),
            ForeignKey(
                name="fk_code",
                columns=("code", "rank"),
                target=QualifiedName("parent"),
                target_columns=("code", "rank"),
                match="FULL",
                on_delete="SET DEFAULT",
            ),
            ForeignKey(
                name="fk_self",
                columns=("self_id",),
                target=QualifiedName("children"),
                target_columns=("id",),
                on_delete="RESTRICT",
                not_valid=True,
            ),
        ),
    ),
    "indexed": table(
        "indexed",
        column("a"),
        column("b", "text"),
        column("c", "integer[]"),
        column("d", "text", collation="C"),
        indexes=(
            Index(name="i_plain", parts=(IndexPart(column="a"), IndexPart(column="b"))),
            Index(name="i_unique", parts=(IndexPart(column="a"),), unique=True, where="(a > 3)"),
            Index(
                name="i_sorted",
                parts=(
                    IndexPart(column="a", descending=True),
                    IndexPart(column="b", descending=True, nulls="last"),
                    IndexPart(column="d", nulls="first"),
                ),
            ),
            Index(
                name="i_expression",
                parts=(IndexPart(expression="lower(b)"), IndexPart(expression="(a + 1)")),
                include=("c",),
            ),
            Index(
                name="i_opclass",
                parts=(IndexPart(column="b", opclass="text_pattern_ops", collation="POSIX"),),
            ),
            Index(
                name="i_gin",
                parts=(IndexPart(column="c"),),
                method="gin",
                options=(("fastupdate", "off"), ("gin_pending_list_limit", "128")),
            ),
            Index(name="i_hash", parts=(IndexPart(column="a"),), method="hash"),
        ),
    ),
    "excluding": table(
        "excluding",
        column("a"),
        column("r", "int4range"),
        constraints=(
            Exclude(
                name="no_overlap",
                elements=(
                    ExcludeElement(operator="&&", column="r"),
                    ExcludeElement(operator="&&", expression="int4range(a, (a + 5))"),
                ),
                where="(a > 4)",
                deferrable=True,
            ),
            Exclude(
                name="no_same",
                elements=(ExcludeElement(operator="=", column="a"),),
                method="btree",
            ),
        ),
    ),
    "optioned": table(
        "optioned",
        column("a"),
        settings=Settings(
            options=(
                ("unlogged", True),
                ("with.autovacuum_enabled", "false"),
                ("with.fillfactor", "70"),
            )
        ),
    ),
    "parted": table(
        "parted",
        column("a"),
        column("b", "date"),
        settings=Settings(options=(("partition_by", "RANGE (b, abs(a))"),)),
    ),
    "empty": table("empty"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_back_as_it_was_made(name: str, postgresql_engine: sa.Engine) -> None:
    """Introspecting a table that was created from the model must give the model."""
    tables = {"parent": PARENT, name: TABLES[name]}
    found = apply(postgresql_engine, [CreateTable(table=each) for each in tables.values()])
    assert found == Schema(tables=tuple(tables.values()))


def test_other_schemas_enums_and_sequences_are_read_back(postgresql_engine: sa.Engine) -> None:
    """Objects of other schemas must come qualified, those of the default one bare."""
    mood = Enum(name=QualifiedName("Mood"), values=("so-so", "it's", "100%"))
    kind = Enum(name=QualifiedName("kind", "audit"), values=("b", "a"))
    numbers = Sequence(name=QualifiedName("numbers"), increment=-2, cycle=True)
    small = Sequence(name=QualifiedName("small", "audit"), type="integer", start=5, cache=7)
    entries = Table(
        name=QualifiedName("entries", "audit"),
        columns=(
            column("id", "bigint", nullable=False, autoincrement=True),
            column("parent_id"),
            column("n", default="nextval('numbers'::regclass)", sequence=numbers.name),
            column("m", default="nextval('audit.small'::regclass)", sequence=small.name),
        ),
        constraints=(
            PrimaryKey(name="entries_pkey", columns=("id",)),
            ForeignKey(
                name="fk",
                columns=("parent_id",),
                target=QualifiedName("parent"),
                target_columns=("id",),
            ),
        ),
    )
    people = Table(
        name=QualifiedName("people"),
        columns=(
            column("mood", default="'so-so'::\"Mood\""),
            column("kinds", default="'{a}'::audit.kind[]"),
            column("entry"),
        ),
        constraints=(
            ForeignKey(
                name="fk",
                columns=("entry",),
                target=entries.name,
                target_columns=("id",),
            ),
        ),
    )
    typed = {
        "mood": Type(sql='"Mood"', enum=mood.name),
        "kinds": Type(sql="audit.kind[]", enum=kind.name),
        "entry": Type(sql="bigint"),
    }
    people = Table(
        name=people.name,
        columns=tuple(
            column(c.name, typed[c.name].sql, default=c.default)
            if typed[c.name].enum is None
            else _with_type(c.name, typed[c.name], c.default)
            for c in people.columns
        ),
        constraints=people.constraints,
    )
    found = apply(
        postgresql_engine,
        [
            CreateSchema(name="audit"),
            CreateEnum(enum=mood),
            CreateEnum(enum=kind),
            CreateSequence(sequence=numbers),
            CreateSequence(sequence=small),
            CreateTable(table=PARENT),
            CreateTable(table=entries),
            CreateTable(table=people),
        ],
        schemas=["audit", "nowhere"],
    )
    assert found == Schema(
        tables=(PARENT, entries, people),
        enums=(mood, kind),
        sequences=(numbers, small),
        schemas=("audit",),
    )
    assert found.table(entries.name).column("m").sequence == small.name


def _with_type(name: str, type_: Type, default: str | None):  # type: ignore[no-untyped-def]
    from dataclasses import replace

    return replace(column(name, default=default), type=type_)


def test_nulls_not_distinct_is_read_back(postgresql_engine: sa.Engine) -> None:
    """NULLS NOT DISTINCT of constraints and indexes must be seen (PostgreSQL 15)."""
    made = table(
        "t",
        column("a"),
        constraints=(Unique(name="u", columns=("a",), nulls_not_distinct=True),),
        indexes=(
            Index(name="i", parts=(IndexPart(column="a"),), unique=True, nulls_not_distinct=True),
        ),
    )
    assert apply(postgresql_engine, [CreateTable(table=made)]) == Schema(tables=(made,))


def test_what_is_not_ours_is_not_read(postgresql_engine: sa.Engine) -> None:
    """Extension members, partitions, views and temporary tables must not be read as tables."""
    execute(
        postgresql_engine,
        "CREATE EXTENSION pg_trgm",
        "CREATE TABLE p (a integer) PARTITION BY RANGE (a)",
        "CREATE TABLE p1 PARTITION OF p DEFAULT",
        "CREATE VIEW v AS SELECT 1 AS one",
        "CREATE MATERIALIZED VIEW m AS SELECT 1 AS one",
        "CREATE TABLE child (fk integer)",
    )
    with postgresql_engine.connect() as connection:
        connection.exec_driver_sql("CREATE TEMP TABLE t (a integer)")
        found = DIALECT.introspect(connection)
    assert [str(each.name) for each in found.tables] == ["child", "p"]


def test_only_limits_the_tables(postgresql_engine: sa.Engine) -> None:
    """With `only`, the named tables must come and no other, and a missing one is left out."""
    apply(postgresql_engine, [CreateTable(table=PARENT), CreateTable(table=TABLES["keys"])])
    with postgresql_engine.connect() as connection:
        found = DIALECT.introspect(
            connection, only=[QualifiedName("keys"), QualifiedName("missing")]
        )
    assert found.tables == (TABLES["keys"],)


@pytest.mark.parametrize("autocommit", [False, True])
def test_introspection_leaves_the_connection_as_it_was(
    autocommit: bool, postgresql_engine: sa.Engine
) -> None:
    """The search_path, the caller's open transaction and its settings must stay as they were."""
    execute(postgresql_engine, "CREATE SCHEMA tenant")
    options = {"isolation_level": "AUTOCOMMIT"} if autocommit else {}
    with postgresql_engine.connect().execution_options(**options) as connection:
        connection.exec_driver_sql("SET search_path TO tenant, public")
        if not autocommit:
            connection.exec_driver_sql("CREATE TABLE uncommitted (a integer)")
        found = DIALECT.introspect(connection)
        assert [t.name for t in found.tables] == (
            [] if autocommit else [QualifiedName("uncommitted")]
        )
        assert connection.exec_driver_sql("SHOW search_path").scalar_one() == "tenant, public"
        assert connection.in_transaction()
        connection.invalidate()
    with postgresql_engine.connect() as connection:
        DIALECT.introspect(connection)
        assert DIALECT.default_schema(connection) == "public"
        assert not connection.in_transaction()


def test_a_sequence_of_queries_does_not_grow_with_tables(postgresql_engine: sa.Engine) -> None:
    """The number of queries must not depend on the number of tables."""
    counts = []
    for more in ("a", "b", "c"):
        execute(postgresql_engine, f"CREATE TABLE {more} (id serial PRIMARY KEY, x text UNIQUE)")
        seen: list[str] = []
        sa.event.listen(
            postgresql_engine, "before_cursor_execute", lambda *a, seen=seen: seen.append(a[2])
        )
        with postgresql_engine.connect() as connection:
            DIALECT.introspect(connection)
        counts.append(len(seen))
        sa.event.listen(postgresql_engine, "before_cursor_execute", lambda *a: None)
    assert counts[0] == counts[1] == counts[2] < 12
