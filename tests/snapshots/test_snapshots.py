"""A snapshot is the schema, whole, the same each time, and readable for ever."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import MISSING, asdict, fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from flaskmig import engine as flaskmig_engine
from flaskmig import schema as model
from flaskmig.engine import Snapshot
from flaskmig.engine.files.snapshot_files import read_snapshot, write_snapshot
from flaskmig.errors import ConfigurationError, InvalidSnapshotError
from flaskmig.schema import QualifiedName, Schema
from tests.laws.strategies import schemas
from tests.snapshots import example

HERE = Path(__file__).parent
EXAMPLES = {"postgresql": example.POSTGRESQL, "sqlite": example.SQLITE}


def same(one: Schema, other: Schema) -> bool:
    """Equal in everything, also in what comparisons pass over."""
    return asdict(one) == asdict(other)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_round_trip_of_random_schemas(database: str) -> None:
    """What is written is read back exactly, and written again it is the same text."""

    @settings(max_examples=40)
    @given(schemas(database))  # type: ignore[arg-type]
    def law(schema: Schema) -> None:
        text = Snapshot(schema=schema, database=database).text()
        again = Snapshot.read(text)
        assert same(again.schema, schema)
        assert again.database == database
        assert again.text() == text

    law()


TEXTS = st.text(st.sampled_from("aZ 0'\"%:\n\r\té😀\\"), max_size=8)
VALUES = st.one_of(TEXTS, st.integers(-3, 3), st.booleans())


def anything(type_: type) -> st.SearchStrategy[Any]:
    """Objects of that class with anything that its annotations allow in them."""
    given: dict[str, st.SearchStrategy[Any]] = {}
    for each in fields(type_):
        if each.name == "options":
            values = TEXTS if type_ is model.Index else VALUES
            pairs = st.dictionaries(TEXTS, values, max_size=2)
            given["options"] = pairs.map(lambda found: tuple(sorted(found.items())))
    return st.builds(type_, **given)


PARTS = [
    *(model.View, model.Function, model.Trigger, model.Extension),
    *(model.Table, model.Enum, model.Sequence),
]
for part in (str, model.Index, model.Settings, model.View):
    st.register_type_strategy(part, TEXTS if part is str else anything(part))


@pytest.mark.parametrize("part", PARTS)
def test_round_trip_of_anything(part: type) -> None:
    """Each kind of object is read back exactly, whatever texts and numbers are in it."""
    collection = f"{part.__name__.lower()}s"

    @settings(max_examples=40)
    @given(st.from_type(part))
    def law(item: Any) -> None:
        schema = Schema(**{collection: (item,)})
        if collection == "tables":
            item = replace(item, columns=item.columns[:1], indexes=item.indexes[:1])
            schema = Schema(tables=(item,))
        again = Snapshot.read(Snapshot(schema=schema, database="postgresql").text())
        assert same(again.schema, schema)

    law()


@pytest.mark.parametrize("database", list(EXAMPLES))
def test_committed_example(database: str) -> None:
    """A file of format 1 that was written once is read the same, and written the same."""
    text = (HERE / f"format_1_{database}.json").read_text(encoding="utf-8")
    found = Snapshot.read(text)
    assert found.database == database
    assert same(found.schema, EXAMPLES[database])
    assert found.text() == text


def test_format_stays() -> None:
    """No key of format 1 is gone, and every key that came since may be left out."""
    kept = json.loads((HERE / "format_1_keys.json").read_text(encoding="utf-8"))
    now = {
        name: {each.name: each for each in fields(value)}
        for name, value in vars(model).items()
        if isinstance(value, type) and is_dataclass(value)
    }
    assert set(kept) <= set(now)
    for name, keys in kept.items():
        assert set(keys) <= set(now[name]), name
        for key in set(now[name]) - set(keys):
            assert now[name][key].default is not MISSING, (name, key)


def test_example_has_everything() -> None:
    """The committed examples use every key that format 1 has."""
    used: dict[str, set[str]] = {}

    def collect(value: Any) -> None:
        if isinstance(value, tuple):
            for item in value:
                collect(item)
        elif is_dataclass(value):
            for each in fields(value):
                part = getattr(value, each.name)
                if part != each.default:
                    used.setdefault(type(value).__name__, set()).add(each.name)
                    collect(part)

    for schema in EXAMPLES.values():
        collect(schema)
    kept = json.loads((HERE / "format_1_keys.json").read_text(encoding="utf-8"))
    assert {name: sorted(keys) for name, keys in used.items()} == kept


def test_order_does_not_matter() -> None:
    """The text is the same in whatever order the objects came."""
    schema = example.POSTGRESQL
    mixed = replace(
        schema,
        tables=tuple(random.Random(7).sample(schema.tables, len(schema.tables))),
        schemas=schema.schemas[::-1],
        functions=schema.functions[::-1],
        extensions=schema.extensions[::-1],
        views=schema.views[::-1],
    )
    texts = {Snapshot(schema=each, database="postgresql").text() for each in (schema, mixed)}
    assert len(texts) == 1


def test_one_change_is_few_lines() -> None:
    """A column more is its own lines more, and nothing else in the file."""
    users = example.USERS
    wider = replace(
        users, columns=(*users.columns, model.Column(name="x", type=model.Type(sql="text")))
    )
    before = Snapshot(schema=example.POSTGRESQL, database="postgresql").text().split("\n")
    after = (
        Snapshot(schema=example.POSTGRESQL.with_replaced(users, wider), database="postgresql")
        .text()
        .split("\n")
    )
    assert [line for line in before if line not in after] == []
    assert len(after) - len(before) == 6


Damage = Callable[[dict[str, Any]], object]
DAMAGES: list[tuple[Damage, str, str]] = [
    (lambda file: file.pop("flaskmig_snapshot"), "", "no snapshot"),
    (lambda file: file.update(flaskmig_snapshot=2), "flaskmig_snapshot", "format 2"),
    (lambda file: file.update(flaskmig_snapshot="1"), "flaskmig_snapshot", "format '1'"),
    (lambda file: file.update(flaskmig_snapshot=True), "flaskmig_snapshot", "format True"),
    (lambda file: file.update(database="oracle"), "database", "'oracle'"),
    (lambda file: file.update(tables={}), "tables", "a list"),
    (lambda file: file["tables"].append(5), "tables[2]", "5 and not an object"),
    (lambda file: file["tables"][1].pop("name"), "tables[1]", "lacks 'name'"),
    (lambda file: file["tables"][0].update(colour=1), "tables.users", "'colour'"),
    (lambda file: file.update(future=[]), "", "'future'"),
    (
        lambda file: file["tables"][0]["columns"][2].update(nullable="no"),
        "tables.users.columns.mail.nullable",
        "true or false",
    ),
    (
        lambda file: file["tables"][0]["columns"][2]["type"].update(sql=None),
        "tables.users.columns.mail.type.sql",
        "a text",
    ),
    (
        lambda file: file["tables"][0]["columns"][0]["identity"].update(start=1.5),
        "tables.users.columns.id.identity.start",
        "a whole number",
    ),
    (
        lambda file: file["tables"][1]["constraints"][0].update(match="HALF"),
        "tables.blog.posts.constraints.posts_user_id_fkey.match",
        "'FULL', 'PARTIAL'",
    ),
    (
        lambda file: file["tables"][1]["constraints"][0].update(kind="unknown"),
        "tables.blog.posts.constraints.posts_user_id_fkey.kind",
        "unknown",
    ),
    (
        lambda file: file["tables"][1]["constraints"][0].update(target={"schema": "a"}),
        "tables.blog.posts.constraints.posts_user_id_fkey.target",
        "a name",
    ),
    (
        lambda file: file["tables"][0]["settings"].update(options=[]),
        "tables.users.settings.options",
        "names and values",
    ),
    (
        lambda file: file["tables"][0]["settings"]["options"].update(unlogged=None),
        "tables.users.settings.options.unlogged",
        "None",
    ),
    (
        lambda file: file["views"][1].update(uses=[["users"]]),
        "views.blog.loud.uses[0]",
        "a list of 2",
    ),
    (
        lambda file: file["tables"].append(file["tables"][0]),
        "tables.users",
        "twice",
    ),
    (
        lambda file: file["functions"].append(file["functions"][0]),
        "functions.touch()",
        "twice",
    ),
]


@pytest.mark.parametrize(("damage", "place", "what"), DAMAGES)
def test_damaged_file(damage: Damage, place: str, what: str, tmp_path: Path) -> None:
    """A file that is not right is an error that says which, where in it and what is there."""
    content = json.loads((HERE / "format_1_postgresql.json").read_text(encoding="utf-8"))
    damage(content)
    path = tmp_path / "damaged.json"
    path.write_text(json.dumps(content))
    with pytest.raises(InvalidSnapshotError) as caught:
        read_snapshot(path)
    assert caught.value.place == place
    assert what in caught.value.message
    assert place in caught.value.message or place == "flaskmig_snapshot"
    assert str(path) in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "no JSON"),
        (b'{"flaskmig_snapshot": 1,\n  "tables": [}', "line 2 column"),
        (b"[" * 100_000, "no JSON"),
        (b"[1]", "no snapshot"),
        (b"\xff\xfe", "UTF-8"),
        (b"SQLite format 3\0rest", "SQLite database"),
    ],
)
def test_other_files(content: bytes, what: str, tmp_path: Path) -> None:
    """A file of something else is said to be that, and is never written over."""
    path = tmp_path / "other"
    path.write_bytes(content)
    with pytest.raises(InvalidSnapshotError, match=what) as caught:
        read_snapshot(path)
    assert str(path) in caught.value.message
    with pytest.raises(ConfigurationError, match="is no snapshot"):
        write_snapshot(path, Snapshot(schema=Schema(), database="sqlite"))
    assert path.read_bytes() == content
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_snapshot(tmp_path / "missing")


def test_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where writing fails the older file stays as it was, and nothing else is left."""
    path = tmp_path / "schema.json"
    older = Snapshot(schema=example.SQLITE, database="sqlite")
    newer = Snapshot(schema=example.POSTGRESQL, database="postgresql")
    write_snapshot(path, older)
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", lambda handle: (_ for _ in ()).throw(OSError(28, "disk full")))
        with pytest.raises(ConfigurationError, match="disk full"):
            write_snapshot(path, newer)
    assert read_snapshot(path) == older
    write_snapshot(path, newer)
    assert read_snapshot(path) == newer
    assert [each.name for each in tmp_path.iterdir()] == ["schema.json"]


class Money(sa.types.UserDefinedType[int]):
    """A type that only its own module can make."""

    cache_ok = True

    def get_col_spec(self, **options: Any) -> str:
        return "INTEGER"


def test_rendered_from_a_snapshot(engine: sa.Engine) -> None:
    """The file that a snapshot of models gives is the one that the models give."""
    metadata = sa.MetaData()
    sa.Table(
        "prices",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("state", sa.Enum("new", "old", name="state")),
        sa.Column("note", sa.String(40), server_default=sa.text("'x'")),
        sa.Column("amount", sa.Numeric(10, 2)),
    )
    name = engine.dialect.name
    schema = flaskmig_engine.read_metadata(metadata, name)
    taken = Snapshot.read(Snapshot(schema=schema, database=name).text())
    from_models = flaskmig_engine.diff(metadata, engine)
    from_file = flaskmig_engine.diff(taken, engine)
    assert from_file.python() == from_models.python()
    assert from_file.sql() == from_models.sql()

    flaskmig_engine.apply(from_models, engine.connect())
    whole = Snapshot(schema=flaskmig_engine.introspect(engine), database=name)
    back = flaskmig_engine.diff(Snapshot.read(whole.text()), sa.MetaData())
    compile(back.python(), "<diff>", "exec")
    assert "prices" in back.python()


def test_names_with_dots_and_schemas() -> None:
    """A dot in a name is no schema."""
    table = model.Table(name=QualifiedName("a.b"))
    schema = Schema(tables=(table, model.Table(name=QualifiedName("b", "a"))))
    again = Snapshot.read(Snapshot(schema=schema, database="postgresql").text())
    assert [each.name for each in again.schema.tables] == [
        QualifiedName("a.b"),
        QualifiedName("b", "a"),
    ]
