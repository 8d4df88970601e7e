"""Renames: what is said outright, what is certain, and what is only likely."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flaskmig.engine.comparing.compare import compare
from flaskmig.engine.comparing.order import order
from flaskmig.engine.comparing.renames import (
    Rename,
    RenameCandidate,
    Renames,
    parse,
    parse_all,
    plan_renames,
)
from flaskmig.engine.comparing.renames.likeness import MEANT, NEAR, SAME, likeness
from flaskmig.errors import ConfigurationError
from flaskmig.operations import (
    CreateTable,
    Operation,
    RenameColumn,
    RenameEnum,
    RenameEnumValue,
    RenameSequence,
    RenameTable,
)
from flaskmig.schema import (
    Check,
    Column,
    Constraint,
    Enum,
    ForeignKey,
    Index,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Schema,
    Sequence,
    Table,
    Type,
    Unique,
)

INTEGER, MAIL80, TEXT = Type(sql="integer"), Type(sql="varchar(80)"), Type(sql="text")
USERS, ACCOUNTS, MOOD, FEELING = map(QualifiedName, ("users", "accounts", "mood", "feeling"))
ID = Column(name="id", type=INTEGER, nullable=False)


def column(name: str, type_: Type = MAIL80, *, nullable: bool = True) -> Column:
    return Column(name=name, type=type_, nullable=nullable)


def users(
    *columns: Column, constraints: tuple[Constraint, ...] = (), indexed: tuple[str, ...] = ()
) -> Schema:
    table = Table(
        name=USERS,
        columns=(ID, *columns),
        constraints=(PrimaryKey(columns=("id",)), *constraints),
        indexes=tuple(Index(name=f"ix_{n}", parts=(IndexPart(column=n),)) for n in indexed),
    )
    return Schema(tables=(table,))


def mail(name: str, type_: Type = MAIL80) -> Schema:
    """Users with a unique and indexed column of that name."""
    unique = Unique(columns=(name,), name=f"uq_{name}")
    return users(column(name, type_), column("note"), constraints=(unique,), indexed=(name,))


def only(renames: Renames) -> RenameCandidate:
    assert len(renames.candidates) == 1, [str(candidate) for candidate in renames.candidates]
    return renames.candidates[0]


# --- words ---


@pytest.mark.parametrize(
    ("text", "rename"),
    [
        ("users.mail:email", Rename("column", USERS, "mail", "email")),
        ("column:users.mail:email", Rename("column", USERS, "mail", "email")),
        ("app.users.mail:email", Rename("column", QualifiedName("users", "app"), "mail", "email")),
        ("table:users:accounts", Rename("table", None, "users", "accounts")),
        ("table:app.users:accounts", Rename("table", None, "app.users", "accounts")),
        ("table:users:app.users", Rename("table", None, "users", "app.users")),
        ("enum:mood:feeling", Rename("enum", None, "mood", "feeling")),
        ("enum_value:mood.sad:blue", Rename("enum_value", MOOD, "sad", "blue")),
        ("sequence:a:b", Rename("sequence", None, "a", "b")),
        ('"odd.name"."a:b":"c""d"', Rename("column", QualifiedName("odd.name"), "a:b", 'c"d')),
        ("table.mail:email", Rename("column", QualifiedName("table"), "mail", "email")),
    ],
)
def test_a_word_is_read_and_written_back(text: str, rename: Rename) -> None:
    """Every form of a word gives its rename, and the rename prints as a word that gives it."""
    assert parse(text) == rename
    assert parse(str(rename)) == rename


@pytest.mark.parametrize(
    "text", ["", "users", "mail:email", "users.mail", "a.b.c.d:e", "a.b:c.d", "table:a", "a..b:c",
             "table:a:b:c", ":", "a.b:", 'a."b:c', "enum_value:mood:blue"]
)  # fmt: skip
def test_an_unreadable_word_is_refused(text: str) -> None:
    """What is no word raises ConfigurationError that shows the forms."""
    with pytest.raises(ConfigurationError) as caught:
        parse(text)
    assert "users.mail:email" in caught.value.hint


def test_a_mapping_says_the_same_as_words() -> None:
    """Programs give a mapping, people give words."""
    said = {"users.mail": "email", "table:users": "accounts"}
    assert parse_all(said) == parse_all(["users.mail:email", "table:users:accounts"])


# --- explicit renames ---


def plan(before: Schema, after: Schema, *words: str, detect: bool = False) -> Renames:
    return plan_renames(before, after, words=parse_all(words), detect=detect)


def test_a_word_renames_whatever_the_evidence() -> None:
    """A column of another type and place is renamed when it is said so."""
    before, after = users(column("a"), column("b")), users(column("b"), column("zz", INTEGER))
    assert plan(before, after, "users.a:zz").operations == (
        RenameColumn(table=USERS, before="a", after="zz"),
    )


def test_words_rename_a_table_and_its_columns_by_either_name() -> None:
    """A column word may name the table as it was or as it will be."""
    before = users(column("mail"), column("x"))
    after = Schema(tables=(Table(name=ACCOUNTS, columns=(ID, column("email"), column("y"))),))
    result = plan(before, after, "table:users:accounts", "users.mail:email", "accounts.x:y")
    assert result.operations == (
        RenameTable(before=USERS, after=ACCOUNTS, default_names=True),
        RenameColumn(table=ACCOUNTS, before="mail", after="email"),
        RenameColumn(table=ACCOUNTS, before="x", after="y"),
    )


def test_enums_values_and_sequences_are_renamed_by_word() -> None:
    """Each kind of word makes its own operation."""
    before = Schema(enums=(Enum(name=MOOD, values=("sad",)),), sequences=(Sequence(name=USERS),))
    after = Schema(
        enums=(Enum(name=FEELING, values=("blue",)),), sequences=(Sequence(name=ACCOUNTS),)
    )
    words = ("enum_value:mood.sad:blue", "enum:mood:feeling", "sequence:users:accounts")
    assert plan(before, after, *words).operations == (
        RenameEnum(before=MOOD, after=FEELING),
        RenameEnumValue(enum=FEELING, before="sad", after="blue"),
        RenameSequence(before=USERS, after=ACCOUNTS),
    )


def test_a_chain_and_a_swap_are_done_in_an_order_that_works() -> None:
    """Names that are taken are freed first, a swap goes through a third name."""
    before, after = users(column("a"), column("b")), users(column("b"), column("c"))
    chain = plan(before, after, "users.a:b", "users.b:c").operations
    assert [(op.before, op.after) for op in chain if isinstance(op, RenameColumn)] == [
        ("b", "c"),
        ("a", "b"),
    ]
    same = users(column("a"), column("b", INTEGER))
    other = users(column("b"), column("a", INTEGER))
    swap = plan(same, other, "users.a:b", "users.b:a").operations
    assert len(swap) == 3
    for operation in swap:
        same = operation.apply(same)
    assert compare(same, other) == []


def test_tables_swap_and_columns_follow_their_table() -> None:
    """Words about columns of swapped tables mean the tables as they were."""
    one = Table(name=USERS, columns=(column("x"),))
    two = Table(name=ACCOUNTS, columns=(column("y"),))
    before = Schema(tables=(one, two))
    after = Schema(
        tables=(replace(one, name=ACCOUNTS, columns=(column("z"),)), replace(two, name=USERS))
    )
    words = ("table:users:accounts", "table:accounts:users", "users.x:z")
    state = before
    for operation in plan(before, after, *words).operations:
        state = operation.apply(state)
    assert compare(state, after) == []


def test_a_new_table_may_take_the_old_name() -> None:
    """A table is renamed and another is made under its name."""
    before = users(column("mail"))
    fresh = Table(name=USERS, columns=(ID,))
    after = Schema(tables=(replace(before.table(USERS), name=ACCOUNTS), fresh))
    renames = plan(before, after, "table:users:accounts").operations
    state = renames[0].apply(before)
    assert order([*compare(state, after), *renames]) == [*renames, CreateTable(table=fresh)]


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("users.mial:email", "did you mean mail?"),
        ("users.mail:emial", "did you mean email?"),
        ("user.mail:email", "did you mean users?"),
        ("table:user:users", "did you mean users?"),
        ("enum_value:mood.x:y", ""),
        ("users.mail:note", ""),
        ("users.note:note", ""),
    ],
)
def test_a_word_that_names_nothing_is_refused(word: str, hint: str) -> None:
    """The error quotes the word and says what may have been meant."""
    with pytest.raises(ConfigurationError) as caught:
        plan(mail("mail"), mail("email"), word)
    assert word in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    "words",
    [
        ("users.a:c", "users.a:d"),
        ("users.a:c", "users.b:c"),
        ("table:users:accounts", "users.a:c", "accounts.a:d"),
    ],
)
def test_words_that_contradict_are_refused(words: tuple[str, ...]) -> None:
    """One column cannot get two names, nor two columns one."""
    before = users(column("a"), column("b"))
    after = users(column("c"), column("d"))
    if len(words) == 3:
        after = Schema(tables=(replace(after.table(USERS), name=ACCOUNTS),))
    with pytest.raises(ConfigurationError, match="contradict"):
        plan(before, after, *words)


def test_the_same_word_twice_is_one_rename() -> None:
    """Saying it again does no harm."""
    word = "users.mail:email"
    assert len(plan(mail("mail"), mail("email"), word, word).operations) == 1


def test_a_hint_is_done_once_and_then_stale() -> None:
    """A hint in a model renames, and is reported and ignored when there is nothing to rename."""
    hint = parse("users.a:zz")
    before, after = users(column("a")), users(column("zz", INTEGER))
    fresh = plan_renames(before, after, hints=[hint], detect=False)
    assert len(fresh.operations) == 1
    assert fresh.stale == ()
    done = plan_renames(after, after, hints=[hint], detect=False)
    assert done.operations == ()
    assert done.stale == (hint,)


def test_a_word_outweighs_a_hint() -> None:
    """Where a hint in the model says otherwise, the word is followed."""
    before, after = users(column("a")), users(column("b"), column("c"))
    result = plan_renames(
        before, after, words=[parse("users.a:b")], hints=[parse("users.a:c")], detect=False
    )
    assert result.operations == (RenameColumn(table=USERS, before="a", after="b"),)


# --- detection ---


def test_a_unique_column_with_a_like_name_is_certain() -> None:
    """Same type, place, key and index, and a name one letter off: a rename, unasked."""
    result = plan_renames(mail("mail"), mail("email"))
    assert only(result).certain
    assert only(result).applied
    assert "same constraints and indexes" in only(result).why
    assert result.operations == (RenameColumn(table=USERS, before="mail", after="email"),)
    assert result.undecided == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (users(column("age", INTEGER)), users(column("price", INTEGER))),
        (users(column("first_name")), users(column("last_name"))),
        (users(column("line1")), users(column("line2"))),
        (users(column("country")), users(column("county"))),
        (users(column("created", TEXT)), users(column("updated", TEXT))),
        (users(column("mail")), users(column("email", INTEGER))),
        (users(column("full_name")), users(column("name"))),
        (mail("full_name"), mail("name", TEXT)),
        (mail("mail"), mail("phone")),
        (users(column("created_on", Type(sql="date"))), users(column("created_at", TEXT))),
        (users(column("e_mail"), column("mail")), users(column("email"))),
        (users(column("price", INTEGER)), users(column("price_cents", Type(sql="numeric")))),
    ],
    ids=lambda schema: "+".join(c.name for c in schema.table(USERS).columns[1:]),
)
def test_what_may_be_a_drop_and_an_add_is_asked(before: Schema, after: Schema) -> None:
    """Likely but not certain: listed, left alone unless someone decides."""
    result = plan_renames(before, after)
    assert result.operations == ()
    assert len(result.undecided) >= 1
    assert not any(candidate.certain for candidate in result.candidates)
    asked: list[RenameCandidate] = []

    def decide(candidate: RenameCandidate) -> bool:
        asked.append(candidate)
        return True

    decided = plan_renames(before, after, decide=decide)
    assert len(decided.operations) == 1
    assert decided.undecided == ()
    assert asked[0].rename == result.candidates[0].rename


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (users(column("userName")), users(column("user_name"))),
        (users(column("tag")), users(column("tags"))),
        (users(column("mail"), column("x")), users(column("x"), column("email"))),
        (mail("mail"), mail("email", TEXT)),
        (
            users(column("Mail"), column("x")),
            users(column("mail", Type(sql="varchar(99)")), column("x")),
        ),
    ],
    ids=["separator", "plural", "meaning", "meaning and type", "case and length"],
)
def test_another_spelling_of_one_name_is_certain(before: Schema, after: Schema) -> None:
    """Only case, separators, a plural or the word for the same thing differ."""
    assert only(plan_renames(before, after)).certain


def test_unlike_columns_are_no_candidates() -> None:
    """Another type, another name: nobody is asked."""
    before, after = users(column("age", INTEGER)), users(column("title", TEXT))
    assert plan_renames(before, after).candidates == ()


def test_detection_can_be_turned_off() -> None:
    """Without detection only words rename."""
    assert plan_renames(mail("mail"), mail("email"), detect=False) == Renames()


def test_a_refused_candidate_stays_a_drop_and_an_add() -> None:
    """A no is an answer: nothing is renamed and nothing is left undecided."""
    before, after = users(column("age", INTEGER)), users(column("price", INTEGER))
    result = plan_renames(before, after, decide=lambda candidate: False)
    assert result.operations == ()
    assert result.undecided == ()
    assert len(result.candidates) == 1


def test_a_word_takes_its_columns_from_detection() -> None:
    """What is said outright is not looked at again."""
    before, after = mail("mail"), mail("email")
    assert plan(before, after, "users.mail:email", detect=True).candidates == ()


def test_two_renames_in_one_table_find_their_partners() -> None:
    """Like names and places pair up, not first come first served."""
    before = users(column("phoneNumber"), column("homeAddress"))
    after = users(column("phone_number"), column("home_address"))
    result = plan_renames(before, after)
    assert {(op.before, op.after) for op in result.operations if isinstance(op, RenameColumn)} == {
        ("phoneNumber", "phone_number"),
        ("homeAddress", "home_address"),
    }


def test_a_key_that_others_point_at_is_certain() -> None:
    """The only primary key column, and every foreign key follows it."""

    def state(key: str) -> Schema:
        own = Table(
            name=USERS,
            columns=(Column(name=key, type=INTEGER, nullable=False), column("x")),
            constraints=(PrimaryKey(columns=(key,)),),
        )
        foreign = ForeignKey(columns=("user",), target=USERS, target_columns=(key,))
        other = Table(name=ACCOUNTS, columns=(column("user", INTEGER),), constraints=(foreign,))
        return Schema(tables=(own, other))

    assert only(plan_renames(state("id"), state("number"))).certain


def test_a_rename_rewrites_expressions_that_name_the_column() -> None:
    """Checks and partial indexes are compared as the database will have rewritten them."""

    def state(name: str) -> Schema:
        table = Table(
            name=USERS,
            columns=(ID, column(name)),
            constraints=(Check(expression=f"length({name}) > 3 AND {name} <> 'mail'"),),
            indexes=(Index(name="i", parts=(IndexPart(column=name),), where=f"{name} <> ''"),),
        )
        return Schema(tables=(table,))

    (rename,) = plan(state("mail"), state("email"), "users.mail:email").operations
    assert compare(rename.apply(state("mail")), state("email")) == []
    assert rename.reverse().apply(state("email")) == state("mail")


def _orders(name: str, *columns: str) -> Schema:
    made = tuple(column(text, TEXT) for text in columns)
    table = Table(
        name=QualifiedName(name), columns=(ID, *made), constraints=(PrimaryKey(columns=("id",)),)
    )
    return Schema(tables=(table,))


@pytest.mark.parametrize(
    ("before", "after", "certain"),
    [
        (_orders("user", "mail"), _orders("users", "mail"), True),
        (_orders("posts", "body", "summary"), _orders("blog_posts", "body", "summary"), True),
        (_orders("orders", "a", "b", "c"), _orders("invoices", "a", "b", "c"), True),
        (_orders("tags", "name"), _orders("categories", "name"), False),
        (
            _orders("tags", "name", "title", "slug"),
            _orders("groups", "name", "title", "slug"),
            False,
        ),
        (_orders("users", "name", "mail"), _orders("accounts", "login", "email"), False),
        (_orders("orders", "a", "b", "c"), _orders("invoices", "a", "b", "d"), False),
    ],
)
def test_tables_are_recognised_by_their_columns(
    before: Schema, after: Schema, certain: bool
) -> None:
    """A table is certainly renamed only where its columns or its name give it away."""
    result = plan_renames(before, after)
    assert result.candidates[0].kind == "table"
    assert result.candidates[0].certain is certain


def test_columns_of_a_renamed_table_are_looked_at_after_it() -> None:
    """A column may be renamed together with its table."""
    before = _orders("user", "userName", "a", "b", "c")
    after = _orders("users", "user_name", "a", "b", "c")
    assert plan_renames(before, after).operations == (
        RenameTable(before=QualifiedName("user"), after=USERS, default_names=True),
        RenameColumn(table=USERS, before="userName", after="user_name"),
    )


def test_two_like_tables_are_rivals() -> None:
    """Where either of two tables may be the old one, neither is certain."""
    before = _orders("orders", "a", "b", "c")
    after = Schema(
        tables=(
            *_orders("invoices", "a", "b", "c").tables,
            *_orders("receipts", "a", "b", "c").tables,
        )
    )
    result = plan_renames(before, after)
    assert len(result.undecided) == 2
    assert result.operations == ()


def _state(enum: str, *values: str) -> Schema:
    name = QualifiedName(enum)
    state = Column(name="state", type=Type(sql=enum, enum=name))
    return Schema(
        tables=(Table(name=USERS, columns=(state,)),), enums=(Enum(name=name, values=values),)
    )


def test_an_enum_with_the_same_values_and_columns_is_certain() -> None:
    """The columns keep all their values, so nothing can be lost."""
    before, after = _state("mood", "a", "b"), _state("feeling", "a", "b")
    result = plan_renames(before, after)
    assert result.operations == (RenameEnum(before=MOOD, after=FEELING),)
    assert compare(result.operations[0].apply(before), after) == []


def test_another_spelling_of_an_enum_value_is_certain_and_another_word_is_asked() -> None:
    """in-progress becomes in_progress; sad does not become blue by itself."""
    spelled = plan_renames(_state("mood", "a", "in-progress"), _state("mood", "a", "in_progress"))
    assert spelled.operations == (
        RenameEnumValue(enum=MOOD, before="in-progress", after="in_progress"),
    )
    worded = plan_renames(_state("mood", "sad", "b"), _state("mood", "blue", "b"))
    assert not only(worded).certain


def test_a_sequence_used_by_the_same_column_is_certain() -> None:
    """The default of the column moved from one to the other, with the same options."""

    def state(name: str) -> Schema:
        number = Column(
            name="n",
            type=INTEGER,
            default=f"nextval('{name}'::regclass)",
            sequence=QualifiedName(name),
        )
        return Schema(
            tables=(Table(name=USERS, columns=(number,)),),
            sequences=(Sequence(name=QualifiedName(name), start=5),),
        )

    result = plan_renames(state("a_seq"), state("numbers"))
    assert len(result.operations) == 1
    assert compare(result.operations[0].apply(state("a_seq")), state("numbers")) == []


@pytest.mark.parametrize(
    ("before", "after", "least", "most"),
    [
        ("userName", "user_name", SAME, SAME),
        ("category", "categories", SAME, SAME),
        ("mail", "email", MEANT, MEANT),
        ("phone", "telephone_number", MEANT, MEANT),
        ("date_of_birth", "birthday", MEANT, MEANT),
        ("lat", "latitude", MEANT, MEANT),
        ("created", "created_at", MEANT, MEANT),
        ("address1", "address_line_1", MEANT, MEANT),
        ("recieved", "received", NEAR, 0.99),
        ("active", "is_active", MEANT, MEANT),
        ("name", "full_name", 0.75, 0.84),
        ("address1", "addr_2", 0.0, 0.5),
        ("is_admin", "is_active", 0.0, 0.7),
        ("first_name", "last_name", 0.0, 0.7),
        ("address1", "address2", 0.0, 0.5),
        ("latitude", "longitude", 0.0, 0.7),
        ("age", "price", 0.0, 0.4),
    ],
)
def test_names_are_alike_as_a_person_would_say(
    before: str, after: str, least: float, most: float
) -> None:
    """Spelling is forgiven, another word or number is not."""
    assert least <= likeness(before, after) <= most
    assert likeness(before, after) == likeness(after, before)


def test_a_candidate_reads_as_one_line() -> None:
    """People see what would be renamed and why; the flag that says so is its rename."""
    candidate = only(plan_renames(mail("mail"), mail("email")))
    assert str(candidate).startswith("column users.mail to email (both varchar(80), ")
    assert str(candidate.rename) == "users.mail:email"


def test_renames_are_operations() -> None:
    """What is planned can be run by whatever runs operations."""
    operations: tuple[Operation, ...] = plan_renames(mail("mail"), mail("email")).operations
    assert [str(operation) for operation in operations] == ["rename column users.mail to email"]
