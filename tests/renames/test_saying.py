"""What is said about renames: every kind, what is none, and what cannot be done."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from flaskmig import engine
from flaskmig.engine.comparing.renames import parse, parse_apart
from flaskmig.errors import ConfigurationError
from flaskmig.operations import (
    CreateIndex,
    DropColumn,
    DropConstraint,
    DropTable,
    RenameColumn,
    RenameConstraint,
    RenameIndex,
    RenameTable,
)


def models(
    table: str = "users",
    *columns: tuple[str, Any],
    unique: str = "uq_mail",
    index: str = "ix_age",
    check: str = "ck_age",
    schema: str | None = None,
) -> sa.MetaData:
    """A table with an id, and constraints and an index on its first and second column."""
    given = columns or (("mail", sa.String(80)), ("age", sa.Integer))
    metadata = sa.MetaData()
    first, second = given[0][0], given[1][0]
    sa.Table(
        table,
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        *(sa.Column(name, type_) for name, type_ in given),
        sa.UniqueConstraint(first, name=unique),
        sa.CheckConstraint(f"{second} > 0", name=check),
        sa.Index(index, second),
        schema=schema,
    )
    return metadata


def diff(after: sa.MetaData, before: sa.MetaData, *words: str, **options: Any) -> engine.Diff:
    return engine.diff(after, before, dialect="postgresql", renames=words, **options)


def kinds(found: engine.Diff) -> list[type]:
    return [type(operation) for operation in found]


# --- words ---


@pytest.mark.parametrize(
    "word",
    [
        "index:users.ix_a:ix_b",
        "index:ix_a:ix_b",
        "index:app.users.ix_a:ix_b",
        "constraint:users.uq_a:uq_b",
        "constraint:uq_a:uq_b",
        'constraint:users."uq.a":"uq:b"',
    ],
)
def test_a_word_about_a_constraint_or_index_is_read_and_written_back(word: str) -> None:
    """With its table or without, it prints as it was written."""
    assert str(parse(word)) == word


@pytest.mark.parametrize(
    "word", ["users.mail", "users.mail:email", "table:users", "table:app.users:accounts",
             "index:ix_a", "constraint:users.uq_a", "enum_value:mood.sad", "sequence:a_seq:b_seq",
             'users."e.mail"']
)  # fmt: skip
def test_what_is_none_is_read_and_written_back(word: str) -> None:
    """Every form of what is no rename prints as it was written."""
    assert str(parse_apart(word)) == word


@pytest.mark.parametrize("word", ["", "users", "table:a.b.c", "users.mail:a.b", "a.b:c:d", "x:y:z"])
def test_what_is_none_must_be_readable(word: str) -> None:
    """What names nothing that can be read is refused with the forms."""
    with pytest.raises(ConfigurationError) as caught:
        parse_apart(word)
    assert "users.mail" in caught.value.hint


def test_an_unknown_kind_is_refused() -> None:
    """The kinds are shown, and the one that may be meant."""
    with pytest.raises(ConfigurationError, match="no kind that there is: indx") as caught:
        parse("indx:a:b")
    assert "did you mean index?" in caught.value.hint


def test_an_index_and_a_constraint_are_renamed_by_word() -> None:
    """By word too, with the table or without, and never asked."""
    before = models(unique="uq_a", index="ix_a")
    after = models(unique="uq_b", index="ix_b")
    found = diff(after, before, "index:ix_a:ix_b", "constraint:users.uq_a:uq_b")
    assert sorted(map(str, found)) == [
        "rename constraint uq_a: unique (mail) on users to uq_b",
        "rename index ix_a to ix_b on users",
    ]


def test_what_only_changes_its_name_is_listed() -> None:
    """Without a word constraints and indexes are renamed too, and are candidates, certain ones."""
    found = diff(models(unique="uq_b", index="ix_b", check="ck_b"), models())
    assert {type(each) for each in found} == {RenameConstraint, RenameIndex}
    assert {str(each.rename) for each in found.rename_candidates if each.applied} == {
        "constraint:users.uq_mail:uq_b",
        "constraint:users.ck_age:ck_b",
        "index:users.ix_age:ix_b",
    }
    assert all(each.certain and each.score == 1.0 for each in found.rename_candidates)
    assert found.taken_for_renames == ()


def test_a_table_may_leave_its_schema() -> None:
    """A bare new name is in the old one's schema, unless only the default schema wants it."""
    before, after = models(schema="app"), models()
    found = diff(after, before, "table:app.users:users")
    assert found.operations[0].__class__ is RenameTable
    assert not any(isinstance(each, DropTable) for each in found)
    assert len(diff(models("accounts", schema="app"), before, "table:app.users:accounts")) > 0


# --- what is none ---


def test_one_rename_is_kept_apart_by_name() -> None:
    """Only what is named stays a drop and an add, by its old name or its new one."""
    before = models("users", ("mail", sa.String(80)), ("phone", sa.String(30)))
    after = models("users", ("email", sa.String(80)), ("telephone", sa.String(30)))
    both = diff(after, before)
    assert kinds(both).count(RenameColumn) == 2
    for word in ("users.mail", "users.email", "users.mail:email"):
        one = diff(after, before, no_rename=[word])
        assert [each.after for each in one if isinstance(each, RenameColumn)] == ["telephone"]
        assert one.undecided == ()
        assert kinds(one).count(DropColumn) == 1


def test_a_table_is_kept_apart_by_name() -> None:
    """The old one is dropped and the new one made."""
    before, after = models("user"), models("users")
    assert kinds(diff(after, before))[0] is RenameTable
    assert DropTable in kinds(diff(after, before, no_rename=["table:user"]))


def test_a_constraint_and_an_index_are_kept_apart_by_name() -> None:
    """They are dropped and made, which is otherwise never needed."""
    found = diff(
        models(unique="uq_b", index="ix_b"),
        models(),
        no_rename=["constraint:users.uq_mail", "index:ix_age"],
    )
    assert not {RenameConstraint, RenameIndex} & set(kinds(found))
    assert {DropConstraint, CreateIndex} <= set(kinds(found))


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("users.mial", "did you mean mail?"),
        ("user.mail", ""),
        ("table:user", "did you mean users?"),
        ("index:users.ix_agee", "did you mean ix_age?"),
        ("enum_value:mood.sad", ""),
        ("users.mail:emial", "did you mean email?"),
    ],
)
def test_what_is_none_must_be_there(word: str, meant: str) -> None:
    """A name that is on no side is refused, with the one that may be meant."""
    after = models("users", ("email", sa.String(80)), ("age", sa.Integer))
    with pytest.raises(ConfigurationError, match="names nothing") as caught:
        diff(after, models(), no_rename=[word])
    assert meant in caught.value.hint


def test_a_rename_and_its_contrary_are_refused() -> None:
    """It cannot be one and be none."""
    after = models("users", ("email", sa.String(80)), ("age", sa.Integer))
    with pytest.raises(ConfigurationError, match=r"users\.mail is said to be no rename"):
        diff(after, models(), "users.mail:email", no_rename=["users.mail"])


# --- what cannot be done ---


def test_a_column_that_the_models_still_have_is_not_renamed() -> None:
    """A word that would empty a column which stays is a slip."""
    after = models("users", ("mail", sa.String(80)), ("age", sa.Integer), ("email", sa.String(80)))
    with pytest.raises(ConfigurationError, match="the models still have it"):
        diff(after, models(), "users.mail:email")


def test_a_table_whose_name_goes_to_another_is_said() -> None:
    """The rows go with the rename, and a note says that the old name starts empty."""
    after = models("accounts")
    sa.Table("users", after, sa.Column("other", sa.Integer, primary_key=True))
    found = diff(after, models(), "table:users:accounts")
    assert any("users is made anew and empty" in note for note in found.notes)


def test_a_constraint_of_several_tables_needs_its_table() -> None:
    """The error names the tables that have one of that name."""
    before, after = models("a"), models("a", unique="uq_b")
    for metadata in (before, after):
        twin = sa.Table("b", metadata, sa.Column("x", sa.Integer))
        twin.append_constraint(sa.UniqueConstraint("x", name="uq_mail"))
    with pytest.raises(ConfigurationError, match="of several: a, b have it"):
        diff(after, before, "constraint:uq_mail:uq_b")
    with pytest.raises(ConfigurationError, match="there is no constraint uq_meil") as caught:
        diff(after, before, "constraint:uq_meil:uq_b")
    assert "did you mean uq_mail?" in caught.value.hint


# --- hints in models ---


def hinted(of: str, former: str = "before") -> sa.MetaData:
    info = {"renamed_from": former}
    metadata = sa.MetaData()
    sequence = sa.Sequence("numbers", start=7, metadata=metadata)
    sequence.info.update(info if of == "sequence" else {})
    sa.Table(
        "things",
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("a", sa.Text, info=info if of == "column" else {}),
        sa.Column("b", sa.Integer, server_default=sequence.next_value()),
        sa.UniqueConstraint("a", name="uq_a", info=info if of == "constraint" else {}),
        sa.Index("ix_b", "b", info=info if of == "index" else {}),
        info=info if of == "table" else {},
    )
    return metadata


RENAMED = {
    "table": ("things", "table before to things"),
    "column": ("a", "column things.before to a"),
    "constraint": ("uq_a", "before: unique"),
    "index": ("ix_b", "index before to ix_b"),
    "sequence": ("numbers", "sequence before to numbers"),
}


@pytest.mark.parametrize("of", RENAMED)
def test_models_say_what_was_renamed(of: str) -> None:
    """A hint is a rename where the old thing is there, and is ignored and told of once done."""
    name, text = RENAMED[of]
    now = hinted(of)
    past = engine.read_metadata(now, "postgresql")
    found = engine.diff(now, past, dialect="postgresql")
    assert not found
    assert [note.count("has nothing to rename") for note in found.notes] == [1]
    before = _with_name(name)
    renamed = engine.diff(now, before, dialect="postgresql", detect_renames=False)
    assert any(text in str(operation) for operation in renamed), str(renamed)
    assert not any("renamed_from" in note for note in renamed.notes)


def _with_name(name: str) -> sa.MetaData:
    """The models as they were when what has the name was called otherwise."""
    metadata = sa.MetaData()

    def was(own: str) -> str:
        return "before" if own == name else own

    sequence = sa.Sequence(was("numbers"), start=7, metadata=metadata)
    sa.Table(
        was("things"),
        metadata,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(was("a"), sa.Text),
        sa.Column("b", sa.Integer, server_default=sequence.next_value()),
        sa.UniqueConstraint(was("a"), name=was("uq_a")),
        sa.Index(was("ix_b"), "b"),
    )
    return metadata


def test_a_hint_of_something_without_a_name_is_refused() -> None:
    """What the database names by itself cannot be renamed to anything."""
    metadata = sa.MetaData()
    sa.Table(
        "things",
        metadata,
        sa.Column("a", sa.Text),
        sa.UniqueConstraint("a", info={"renamed_from": "x"}),
    )
    with pytest.raises(ConfigurationError, match="no name to be renamed to"):
        diff(metadata, sa.MetaData())


def test_hints_never_swap() -> None:
    """Nothing shows that a swap is done, so hints in models cannot say one."""

    def state(first: Any, second: Any, info: bool) -> sa.MetaData:
        said = [{"renamed_from": "b"}, {"renamed_from": "a"}] if info else [{}, {}]
        metadata = sa.MetaData()
        columns = (sa.Column("a", first, info=said[0]), sa.Column("b", second, info=said[1]))
        sa.Table("things", metadata, *columns)
        return metadata

    now = state(sa.Text, sa.Integer, True)
    found = diff(now, state(sa.Text, sa.Integer, False))
    assert not found
    assert len(found.notes) == 2


def test_a_chain_of_hints_is_done_once() -> None:
    """b became c and a became b; with both done nothing is left to do."""

    def state(*names: str, hints: tuple[str | None, ...] = (None, None)) -> sa.MetaData:
        metadata = sa.MetaData()
        infos = [{"renamed_from": hint} if hint else {} for hint in hints]
        types: list[Any] = [sa.Text, sa.Text]
        given = zip(names, types, infos, strict=True)
        sa.Table("things", metadata, *(sa.Column(n, t, info=i) for n, t, i in given))
        return metadata

    now = state("b", "c", hints=("a", "b"))
    found = diff(now, state("a", "b"), detect_renames=False)
    assert kinds(found) == [RenameColumn, RenameColumn]
    done = diff(now, state("b", "c"), detect_renames=False)
    assert not done
    assert len(done.notes) == 2


# --- swaps that show ---


def test_a_swap_is_one_question() -> None:
    """Both halves are asked about together, and done through a third name."""
    before = models("users", ("mail", sa.String(80)), ("age", sa.Integer))
    after = sa.MetaData()
    sa.Table(
        "users",
        after,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("mail", sa.Integer),
        sa.Column("age", sa.String(80)),
        sa.UniqueConstraint("age", name="uq_mail"),
        sa.CheckConstraint("mail > 0", name="ck_age"),
        sa.Index("ix_age", "mail"),
    )
    asked = []

    def decide(candidate: Any) -> bool:
        asked.append(candidate)
        return True

    found = diff(after, before, decide=decide)
    assert len(asked) == 1
    assert {str(each) for each in asked[0].renames} == {"users.mail:age", "users.age:mail"}
    assert kinds(found) == [RenameColumn] * 3
    assert [str(each) for each in diff(after, before).undecided] != []
