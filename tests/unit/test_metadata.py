"""Models as a Schema: what SQLAlchemy's create_all would make, without a database."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeDecorator, UserDefinedType

from flaskmig import engine
from flaskmig.dialects import dialect_named
from flaskmig.engine.models.metadata import Reader
from flaskmig.errors import ConfigurationError
from flaskmig.schema import (
    Check,
    Column,
    Enum,
    Exclude,
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
    Unique,
)
from tests.capabilities import NULLS_NOT_DISTINCT, TABLE_WITH
from tests.growth import growth

PG, LITE = "postgresql", "sqlite"


def read(metadata: sa.MetaData, dialect: str = PG) -> Schema:
    return engine.read_metadata(metadata, dialect)


def read_table(
    *items: Any, dialect: str = PG, metadata: sa.MetaData | None = None, **o: Any
) -> Table:
    metadata = metadata if metadata is not None else sa.MetaData()
    sa.Table("t", metadata, *items, **o)
    return next(table for table in read(metadata, dialect).tables if table.name.name == "t")


def read_column(type_: Any, *arguments: Any, dialect: str = PG, **options: Any) -> Column:
    return read_table(sa.Column("c", type_, *arguments, **options), dialect=dialect).column("c")


def test_names_by_convention_cut_to_length() -> None:
    """Names come from the naming convention, and long ones are cut as SQLAlchemy cuts them."""
    metadata = sa.MetaData(naming_convention={"uq": "uq_%(table_name)s_%(column_0_name)s"})
    table = read_table(
        sa.Column("a", sa.Integer, unique=True),
        sa.Column("b" * 80, sa.Integer, unique=True),
        metadata=metadata,
    )
    short, long = sorted((c.name or "" for c in table.constraints), key=len)
    assert short == "uq_t_a"
    assert 50 < len(long) <= 63
    assert long.startswith("uq_t_bbb")


def test_own_name_that_is_too_long() -> None:
    """A name of the application's own that the database would cut is refused."""
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("a", sa.Integer), sa.UniqueConstraint("a", name="u" * 64))
    with pytest.raises(ConfigurationError, match="table t"):
        read(metadata)


@pytest.mark.parametrize(
    ("type_", "options", "expected"),
    [
        (sa.Integer, {}, True),
        (sa.BigInteger, {}, True),
        (sa.Integer, {"autoincrement": False}, False),
        (sa.Integer, {"server_default": "1"}, False),
        (sa.String, {}, False),
    ],
)
def test_serial(type_: Any, options: dict[str, Any], expected: bool) -> None:
    """A key is a serial column on PostgreSQL just where SQLAlchemy makes it one."""
    column = read_column(type_, primary_key=True, **options)
    assert column.autoincrement is expected
    assert not column.nullable


def test_no_serial_beside_sequences_and_identities() -> None:
    """A key with a sequence or an identity is no serial column."""
    assert not read_column(sa.Integer, sa.Sequence("s"), primary_key=True).autoincrement
    column = read_column(sa.Integer, sa.Identity(start=5, maxvalue=2**31 - 1), primary_key=True)
    assert column.identity == Identity(start=5)
    assert not column.autoincrement


def test_serial_by_its_type() -> None:
    """A type that spells SERIAL makes a serial column, wherever it stands."""

    class Serial(UserDefinedType[int]):
        def get_col_spec(self, **_: Any) -> str:
            return "BIGSERIAL"

    column = read_column(Serial())
    assert column.autoincrement
    assert column.type.sql == "bigint"
    assert not column.nullable


def test_sqlite_autoincrement() -> None:
    """AUTOINCREMENT on SQLite is asked for by the table."""
    for asked in (False, True):
        key = sa.Column("id", sa.Integer, primary_key=True)
        table = read_table(key, dialect=LITE, sqlite_autoincrement=asked)
        assert table.column("id").autoincrement is asked


@pytest.mark.parametrize(
    ("value", "sql"),
    [
        ("it's 100%", "'it''s 100%'"),
        (sa.text("now()"), "now()"),
        (sa.func.now(), "now()"),
        (sa.text("'a\\:b'"), "'a:b'"),
        (sa.literal(5), "5"),
        (sa.true(), "true"),
        (sa.FetchedValue(), None),
    ],
)
def test_defaults(value: Any, sql: str | None) -> None:
    """A default is the SQL that the DDL has, with literals in it and nothing doubled."""
    assert read_column(sa.Text, server_default=value).default == sql


def test_generated() -> None:
    """A generated column has its expression, and whether it is stored."""
    stored = read_column(sa.Integer, sa.Computed("a + 1", persisted=True))
    assert stored.generated == Generated(expression="a + 1", stored=True)
    virtual = read_column(sa.Integer, sa.Computed("a + 1"), dialect=LITE)
    assert virtual.generated == Generated(expression="a + 1", stored=False)


def test_collation_is_the_columns() -> None:
    """A collation is part of SQLAlchemy's type, and of the column here."""
    column = read_column(sa.String(5, collation="de-x"))
    assert (column.type.sql, column.collation) == ("character varying(5)", "de-x")
    assert column.type.source is not None
    assert column.type.source.code == 'sa.String(length=5, collation="de-x")'
    assert read_column(sa.String(collation="nocase"), dialect=LITE).collation == "NOCASE"


def test_comments_where_there_are_any() -> None:
    """Comments are read for PostgreSQL and left out for SQLite; an empty one is none."""
    for dialect, expected in ((PG, "x"), (LITE, None)):
        table = read_table(sa.Column("c", sa.Text, comment="x"), dialect=dialect, comment="x")
        assert table.settings == Settings(comment=expected)
        assert table.column("c").comment == expected
    assert read_column(sa.Text, comment="").comment is None


class Mood(enum.Enum):
    sad = 1
    happy = 2


def test_native_enum() -> None:
    """An Enum is a type of its own on PostgreSQL, once however often it is used."""
    metadata = sa.MetaData()
    mood = sa.Enum(Mood, name="Mood", schema="app")
    array = postgresql.ARRAY(mood)
    sa.Table("t", metadata, sa.Column("a", mood), sa.Column("b", array))
    schema = read(metadata)
    name = QualifiedName("Mood", "app")
    assert schema.enums == (Enum(name=name, values=("sad", "happy")),)
    assert schema.schemas == ("app",)
    one, many = schema.tables[0].columns
    assert (one.type.sql, many.type.sql) == ('app."Mood"', 'app."Mood"[]')
    assert one.type.enum == many.type.enum == name
    assert one.type.source is not None
    assert one.type.source.code == (
        'postgresql.ENUM("sad", "happy", name="Mood", schema="app", create_type=False)'
    )


def test_enum_on_sqlite() -> None:
    """An Enum is text on SQLite, with a check only where the model asks for one."""
    checked = sa.Enum(Mood, name="m2", create_constraint=True)
    table = read_table(
        sa.Column("c", sa.Enum(Mood, name="mood")), sa.Column("d", checked), dialect=LITE
    )
    assert table.column("c").type.sql == "VARCHAR(5)"
    assert table.constraints == (Check(expression="d IN ('sad', 'happy')", name="m2"),)
    assert read(sa.MetaData(), LITE).enums == ()


def test_enum_of_the_metadata_alone() -> None:
    """An enum that belongs to the MetaData is made though no column uses it."""
    metadata = sa.MetaData()
    sa.Enum("a", name="alone", metadata=metadata)
    assert [each.name.name for each in read(metadata).enums] == ["alone"]
    assert read(metadata, LITE).enums == ()


def test_enum_without_a_name() -> None:
    """An enum without a name is refused where it needs one, and says which column has it."""
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("c", sa.Enum("a", "b")))
    with pytest.raises(ConfigurationError, match=r"table t: column c: .*no name"):
        read(metadata)
    assert read(metadata, LITE)


def test_two_enums_of_one_name() -> None:
    """Two enums of one name with other values are refused."""
    metadata = sa.MetaData()
    for name, value in (("t", "a"), ("u", "b")):
        sa.Table(name, metadata, sa.Column("c", sa.Enum(value, name="e")))
    with pytest.raises(ConfigurationError, match="enum e twice"):
        read(metadata)


def test_sequences() -> None:
    """Sequences of columns, of defaults and of the MetaData are made, with their own options."""
    metadata = sa.MetaData()
    free = sa.Sequence("free", start=5, increment=2, data_type=sa.Integer, metadata=metadata)
    sa.Table(
        "t",
        metadata,
        sa.Column("a", sa.Integer, sa.Sequence("of_column"), primary_key=True),
        sa.Column("b", sa.Integer, server_default=free.next_value()),
        sa.Column("c", sa.Integer, server_default=sa.text("nextval('app.q'::regclass)")),
    )
    schema = read(metadata)
    name = QualifiedName("free")
    assert schema.sequence(name) == Sequence(name=name, start=5, increment=2, type="integer")
    assert [each.name.name for each in schema.sequences] == ["free", "of_column"]
    table = schema.tables[0]
    assert table.column("b").sequence == name
    assert table.column("c").sequence == QualifiedName("q", "app")
    assert table.column("a").default is None


def test_foreign_keys() -> None:
    """A key has its target's table and columns, and the actions that are not the default."""
    metadata = sa.MetaData(schema="app")
    sa.Table("p", metadata, sa.Column("id", sa.Integer, key="other", primary_key=True))
    keys = [
        sa.ForeignKeyConstraint(["a"], ["app.p.other"], ondelete="set null", onupdate="No  Action"),
        sa.ForeignKeyConstraint(["b"], ["elsewhere.id"], match="full", initially="deferred"),
    ]
    table = read_table(
        sa.Column("a", sa.Integer), sa.Column("b", sa.Integer), *keys, metadata=metadata
    )
    assert set(table.foreign_keys) == {
        ForeignKey(
            columns=("a",),
            target=QualifiedName("p", "app"),
            target_columns=("id",),
            on_delete="SET NULL",
        ),
        ForeignKey(
            columns=("b",),
            target=QualifiedName("elsewhere", "app"),
            target_columns=("id",),
            match="FULL",
            deferrable=True,
            initially_deferred=True,
        ),
    }


def test_use_alter_after_create_all() -> None:
    """A key that create_all makes by ALTER is still there when the models are read again."""
    metadata = sa.MetaData()
    sa.Table("p", metadata, sa.Column("id", sa.Integer, primary_key=True))
    key = sa.ForeignKeyConstraint(["a"], ["p.id"], use_alter=True, name="fk")
    table = sa.Table("t", metadata, sa.Column("a", sa.Integer), key)
    sa.schema.AddConstraint(key)
    assert read(metadata).table(QualifiedName(table.name)).foreign_keys


def test_indexes() -> None:
    """An index has its parts with their order and classes, and its options."""
    table = sa.Table(
        "t",
        sa.MetaData(),
        sa.Column("a", sa.Integer),
        sa.Column("b", sa.Text),
    )
    sa.Index(
        "ix",
        table.c.a.desc(),
        sa.func.lower(table.c.b),
        sa.text("b DESC NULLS LAST"),
        table.c.b.collate("C"),
        table.c.b,
        table.c.a.desc().label("last"),
        postgresql_ops={"b": "text_pattern_ops", "last": "int4_ops"},
        postgresql_using="BTREE",
        postgresql_where=table.c.a > 1,
        postgresql_include=["a"],
        postgresql_with={"fillfactor": 70},
        sqlite_where=table.c.a > 2,
    )
    index = read(table.metadata).tables[0].indexes[0]
    assert index == Index(
        name="ix",
        parts=(
            IndexPart(column="a", descending=True),
            IndexPart(expression="lower(b)"),
            IndexPart(column="b", descending=True, nulls="last"),
            IndexPart(column="b", collation="C"),
            IndexPart(column="b", opclass="text_pattern_ops"),
            IndexPart(column="a", descending=True, opclass="int4_ops"),
        ),
        where="a > 1",
        include=("a",),
        options=(("fillfactor", "70"),),
    )
    assert read(table.metadata, LITE).tables[0].indexes[0].where == "a > 2"


def test_index_elsewhere() -> None:
    """What models say of an index for the other database only is kept for the file."""
    column = sa.Column("a", sa.Integer)
    index = sa.Index("ix", column, postgresql_where=column > 1, postgresql_include=["a"])
    plain = sa.Index("plain", column, sqlite_where=column > 2)
    table = sa.Table("t", sa.MetaData(), column)
    assert {index, plain} == table.indexes
    there, here = read(table.metadata).tables[0], read(table.metadata, LITE).tables[0]
    assert here.index("ix").where is None
    elsewhere = here.index("ix").elsewhere
    assert elsewhere is not None
    assert (elsewhere.where, elsewhere.include) == ("a > 1", ("a",))
    assert there.index("ix").elsewhere is None
    assert there.index("plain").elsewhere == here.index("plain")


class Elsewhere(sa.sql.functions.GenericFunction[int]):
    """A function that sa.func only has where this module is loaded."""

    name = "of_this_module"


@pytest.mark.parametrize(
    ("default", "code"),
    [
        ("0", '"0"'),
        ("it's", '"it\'s"'),
        (sa.text("a \\:b 'c:d'"), 'sa.text("a \\\\:b \'c:d\'")'),
        (sa.true(), "sa.true()"),
        (sa.false(), "sa.false()"),
        (sa.null(), "sa.null()"),
        (sa.literal_column("5"), 'sa.literal_column("5")'),
        (sa.func.now(), "sa.func.now()"),
        (sa.func.pg_catalog.now(), "sa.func.pg_catalog.now()"),
        (sa.func.f("a", 1, sa.func.g()), 'sa.func.f("a", 1, sa.func.g())'),
        (sa.func.f(datetime.date(2024, 2, 29)), None),
        (getattr(sa.func, "lambda")(), None),
        (sa.func.of_this_module(), None),
        (sa.cast("1", sa.Integer), None),
        (sa.text(":a").bindparams(a=1), None),
        (sa.Sequence("s").next_value(), None),
        (None, None),
    ],
)  # fmt: skip
def test_sources_of_defaults(default: Any, code: str | None) -> None:
    """A default is written as the model has it where that makes just the same again."""
    column = read_table(sa.Column("a", sa.Integer, server_default=default)).column("a")
    assert (column.default_source.code if column.default_source else None) == code
    if code is not None:
        again = sa.Column("a", sa.Integer, server_default=eval(code, {"sa": sa}))
        assert read_table(again).column("a").default == column.default


def test_ddl_if() -> None:
    """What is made on one database only is not part of the other."""
    metadata = sa.MetaData()
    sa.Table(
        "t",
        metadata,
        sa.Column("a", sa.Integer),
        sa.Index("ix", "a").ddl_if(dialect=PG),
        sa.CheckConstraint("a > 1", name="ck").ddl_if(dialect=LITE),
    )
    there, here = read(metadata).tables[0], read(metadata, LITE).tables[0]
    assert ([i.name for i in there.indexes], there.constraints) == (["ix"], ())
    assert ([i.name for i in here.indexes], len(here.constraints)) == ([], 1)


def test_keys_and_constraints() -> None:
    """Keys and constraints have their columns in order and their options."""
    options: dict[str, Any] = {"postgresql_nulls_not_distinct": True} if NULLS_NOT_DISTINCT else {}
    table = read_table(
        sa.Column("a", sa.Integer),
        sa.Column("b", postgresql.INT4RANGE),
        sa.PrimaryKeyConstraint("b", "a", name="pk", deferrable=True),
        sa.UniqueConstraint("b", "a", initially="DEFERRED", **options),
        postgresql.ExcludeConstraint(("b", "&&"), (sa.text("a + 1"), "="), where=sa.text("a > 1")),
    )
    key, unique, exclude = table.constraints
    assert key == PrimaryKey(columns=("b", "a"), name="pk", deferrable=True)
    assert unique == Unique(
        columns=("b", "a"),
        nulls_not_distinct=NULLS_NOT_DISTINCT,
        deferrable=True,
        initially_deferred=True,
    )
    assert isinstance(exclude, Exclude)
    assert [(e.column, e.expression, e.operator) for e in exclude.elements] == [
        ("b", None, "&&"),
        (None, "a + 1", "="),
    ]


def test_options() -> None:
    """Options are those of the database that is asked for."""
    options: dict[str, Any] = {
        "sqlite_with_rowid": False,
        "prefixes": ["UNLOGGED"],
        "postgresql_partition_by": "RANGE (a)",
    }
    if TABLE_WITH:
        options["postgresql_with"] = {"fillfactor": 70}
    column = sa.Column("a", sa.Integer)
    assert read_table(sa.Column("a", sa.Integer), dialect=LITE, **options).settings.options == (
        ("without_rowid", True),
    )
    assert read_table(column, **options).settings.options == (
        ("partition_by", "RANGE (a)"),
        ("unlogged", True),
        *([("with.fillfactor", "70")] if TABLE_WITH else []),
    )


class Kept(TypeDecorator[str]):
    impl = sa.String
    cache_ok = True

    def __init__(self, length: int, *, label: str = "x") -> None:
        super().__init__(length)
        self.length = length
        self.label = label


class Lost(TypeDecorator[str]):
    impl = sa.String
    cache_ok = True

    def __init__(self, factor: int) -> None:
        super().__init__(factor * 2)


class Passed(TypeDecorator[str]):
    impl = sa.String
    cache_ok = True


@pytest.mark.parametrize(
    ("type_", "code"),
    [
        (sa.String(80), "sa.String(length=80)"),
        (sa.Numeric(10, 2), "sa.Numeric(precision=10, scale=2)"),
        (sa.DateTime(timezone=True), "sa.DateTime(timezone=True)"),
        (sa.Boolean(create_constraint=True, name="b"), "sa.Boolean()"),
        (sa.PickleType(), "sa.PickleType()"),
        (postgresql.JSONB(), "postgresql.JSONB()"),
        (sqlite.JSON(), "sqlite.JSON()"),
        (sa.JSON().with_variant(postgresql.JSONB(), PG),
         'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'),
        (postgresql.ARRAY(sa.String(3)), "postgresql.ARRAY(sa.String(length=3))"),
        (Kept(9), f"{__name__}.Kept(length=9)"),
        (Kept(9, label="it's"), f'{__name__}.Kept(length=9, label="it\'s")'),
        (Passed(9), f"{__name__}.Passed(length=9)"),
        (Lost(9), "sa.String(length=18)"),
    ],
)  # fmt: skip
def test_source(type_: Any, code: str) -> None:
    """A type is written as the models have it; one that cannot be, as what it stands for."""
    source = Reader(dialect_named(PG)).type(type_).source
    assert source is not None
    assert source.code == code
    names: dict[str, Any] = {}
    for line in source.imports:
        exec(line, names)
    again = eval(source.code, names)
    compiled = dialect_named(PG).compiler
    assert str(again.compile(dialect=compiled)) == str(type_.compile(dialect=compiled))


def test_type_of_a_function() -> None:
    """A class that no import reaches is written as what it stands for."""

    class Local(TypeDecorator[str]):
        impl = sa.String(7)
        cache_ok = True

    source = Reader(dialect_named(PG)).type(Local()).source
    assert source is not None
    assert source.code == "sa.String(length=7)"


def test_column_without_a_type() -> None:
    """A column whose type the database cannot have is refused by its name."""
    metadata = sa.MetaData()
    sa.Table("t", metadata, sa.Column("c"))
    with pytest.raises(ConfigurationError, match="table t: column c"):
        read(metadata)


def test_many_tables() -> None:
    """The work of reading models grows with the number of their tables."""

    def models(tables: int) -> Callable[[], object]:
        metadata = sa.MetaData()
        for number in range(tables):
            columns = [sa.Column(f"c{n}", sa.String(n + 1)) for n in range(11)]
            key = sa.Column("id", sa.Integer, primary_key=True)
            sa.Table(f"t{number}", metadata, key, *columns)
        return lambda: read(metadata)

    assert growth(models, 50) < 5
