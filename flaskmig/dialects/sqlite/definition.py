"""Reading stored CREATE TABLE text: what each clause says and exactly where it stands.

SQLite keeps the text that people wrote, and only it has the names of constraints, CHECK
expressions, AUTOINCREMENT, COLLATE and ON CONFLICT. The grammar is that of SQLite's own
documentation ("CREATE TABLE", syntax diagrams); its quirks that matter here are that table
constraints need no comma between them, that a constraint name may stand alone, and that a type
is any run of words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal, TypeAlias

from flaskmig.errors import OperationError
from flaskmig.schema import (
    Check,
    Constraint,
    ForeignKey,
    Generated,
    PrimaryKey,
    QualifiedName,
    Unique,
)
from flaskmig.sql import Token, bare, folded, tokens

ClauseKind: TypeAlias = Literal[
    "primary", "unique", "check", "foreignkey", "not null", "null", "default", "collate",
    "generated", "deferrable", "name",
]  # fmt: skip

# What follows an item on its own line: a comment there is about the item.
REST_OF_LINE = re.compile(r"[ \t]*(?:--[^\n]*|/\*(?:[^*\n]|\*(?!/))*\*/[ \t]*)(?=\n|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One constraint or other clause, from its CONSTRAINT word to its end.

    ``body`` is where it starts behind ``CONSTRAINT name``. ``constraint`` is what the model
    calls a constraint; ``value`` the text of a default or collation, or what is done on a NULL;
    ``autoincrement`` and ``descending`` belong to primary keys; ``close`` is where the column
    list of a table-level key ends.
    """

    kind: ClauseKind
    start: int
    end: int
    body: int
    name: Token | None = None
    constraint: Constraint | None = None
    value: str = ""
    generated: Generated | None = None
    autoincrement: tuple[int, int] | None = None
    descending: bool = False
    close: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnText:
    """A column definition; ``type_start == type_end`` where it has no type."""

    name: str
    start: int
    end: int
    name_end: int
    type: str
    type_start: int
    type_end: int
    clauses: tuple[Clause, ...]

    def find(self, *kinds: ClauseKind) -> list[Clause]:
        return [clause for clause in self.clauses if clause.kind in kinds]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableText:
    """A CREATE TABLE text; items are in the order of the text, ``close`` is its last ")"."""

    sql: str
    name: str
    name_start: int
    name_end: int
    open: int
    close: int
    columns: tuple[ColumnText, ...]
    constraints: tuple[Clause, ...]
    commas: tuple[int, ...]
    options: tuple[tuple[str, bool], ...]
    options_end: int

    @property
    def items(self) -> tuple[ColumnText | Clause, ...]:
        return (*self.columns, *self.constraints)

    @property
    def clauses(self) -> list[Clause]:
        """Every clause that is a constraint of the model, those of the columns first."""
        inline = [clause for column in self.columns for clause in column.clauses]
        return [clause for clause in (*inline, *self.constraints) if clause.constraint]

    def column(self, name: str) -> ColumnText | None:
        lower = folded(name)
        return next((column for column in self.columns if folded(column.name) == lower), None)


@lru_cache(maxsize=4096)
def read_table(sql: str) -> TableText:
    """Read a CREATE TABLE text; raises OperationError where it is not one."""
    return _Reader(sql).table()


def trigger_name(sql: str) -> str:
    """The name of the trigger that a CREATE TRIGGER text makes."""
    found = tokens(sql)
    place = next(place for place, token in enumerate(found) if token.keyword == "TRIGGER") + 1
    if [token.keyword for token in found[place : place + 3]] == ["IF", "NOT", "EXISTS"]:
        place += 3
    if found[place + 1].text == ".":
        place += 2
    return _name(found[place])


def trigger_columns(sql: str) -> frozenset[str]:
    """The columns, in lower case, whose updates alone fire the trigger; none where any does."""
    found = tokens(sql)
    words = [token.keyword for token in found]
    start = words.index("BEGIN")
    for place in range(start):
        if words[place : place + 2] == ["UPDATE", "OF"]:
            end = words.index("ON", place)
            listed = found[place + 2 : end]
            return frozenset(_name(token).lower() for token in listed if token.text != ",")
    return frozenset()


@lru_cache(maxsize=4096)
def spell_type(sql: str) -> str:
    """A declared type in upper case, with single spaces and ``(10, 2)`` for its arguments."""
    found = tokens(sql)
    pieces: list[str] = []
    for before, token in zip([None, *found], found, strict=False):
        spaced = before is not None and token.text not in "(),"
        if spaced and before is not None and before.text not in ("(", "-", "+"):
            pieces.append(" ")
        pieces.append(token.text.upper() if token.kind == "word" else token.text)
    return "".join(pieces)


_COLUMN_CLAUSES = frozenset(
    {
        "CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "REFERENCES", "NOT", "NULL", "DEFAULT",
        "COLLATE", "GENERATED", "AS", "DEFERRABLE",
    }
)  # fmt: skip
_TYPE_ENDS = _COLUMN_CLAUSES | {",", ")"}
_TABLE_CLAUSES = frozenset({"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"})
_ACTIONS = re.compile(r"NO ACTION|SET NULL|SET DEFAULT|CASCADE|RESTRICT")
_END = Token("symbol", "", -1, -1)
_OPTIONS = {"STRICT": "strict", "WITHOUT": "without_rowid"}


@dataclass(slots=True)
class _Reader:
    """A recursive descent over the tokens; ``place`` is the next one."""

    sql: str
    tokens: list[Token] = field(init=False)
    words: list[str] = field(init=False)
    place: int = 0

    def __post_init__(self) -> None:
        self.tokens = tokens(self.sql)
        self.words = [token.keyword for token in self.tokens]
        self.tokens.append(_END)
        self.words += [""] * 4

    @property
    def token(self) -> Token:
        return self.tokens[self.place]

    @property
    def word(self) -> str:
        return self.words[self.place]

    @property
    def last_end(self) -> int:
        return self.tokens[self.place - 1].end

    def take(self) -> Token:
        token = self.tokens[self.place]
        if token is _END:
            raise self.error("ends too early")
        self.place += 1
        return token

    def skip(self, *words: str) -> bool:
        """Step over the words if they are next."""
        place = self.place
        if self.words[place] != words[0]:
            return False
        if len(words) > 1 and tuple(self.words[place : place + len(words)]) != words:
            return False
        self.place = place + len(words)
        return True

    def expect(self, word: str) -> Token:
        if self.word != word:
            raise self.error(f"has {self.token.text or 'its end'!r} where {word} should be")
        return self.take()

    def error(self, what: str) -> OperationError:
        return OperationError(f"this definition {what}: {' '.join(self.sql.split())}")

    def table(self) -> TableText:
        self.expect("CREATE")
        for word in ("TEMP", "TEMPORARY"):
            self.skip(word)
        self.expect("TABLE")
        self.skip("IF", "NOT", "EXISTS")
        name = self.take()
        if self.skip("."):
            name = self.take()
        opening = self.expect("(")
        columns: list[ColumnText] = []
        constraints: list[Clause] = []
        commas: list[int] = []
        while self.word != ")":
            if columns and self.word in _TABLE_CLAUSES:
                constraints.append(self.table_clause())
            else:
                columns.append(self.column())
            if self.word == ",":
                commas.append(self.take().start)
        closing = self.take()
        return TableText(
            sql=self.sql,
            name=_name(name),
            name_start=name.start,
            name_end=name.end,
            open=opening.end,
            close=closing.start,
            columns=tuple(columns),
            constraints=tuple(constraints),
            commas=tuple(commas),
            options=self.options(),
            options_end=self.last_end,
        )

    def options(self) -> tuple[tuple[str, bool], ...]:
        found = []
        while self.token is not _END and self.word != ";":
            word = self.take().keyword
            if word in _OPTIONS:
                found.append((_OPTIONS[word], True))
        return tuple(sorted(found))

    def column(self) -> ColumnText:
        name = self.take()
        type_start = type_end = name.end
        while self.word not in _TYPE_ENDS and self.token is not _END:
            token = self.token
            if self.word == "(":
                self.enclosed()
            else:
                self.take()
            type_start = token.start if type_end == name.end else type_start
            type_end = self.last_end
        clauses: list[Clause] = []
        while self.word not in (",", ")"):
            self.column_clause(_name(name), clauses)
        return ColumnText(
            name=_name(name),
            start=name.start,
            end=self.last_end,
            name_end=name.end,
            type=spell_type(self.sql[type_start:type_end]),
            type_start=type_start,
            type_end=type_end,
            clauses=tuple(clauses),
        )

    def enclosed(self) -> str:
        """Step over a parenthesis and what is in it; the text between."""
        start = self.expect("(").end
        depth = 1
        while depth:
            token = self.take()
            depth += {"(": 1, ")": -1}.get(token.keyword, 0)
        return self.sql[start : token.start]

    def constraint_name(self) -> tuple[int, Token | None]:
        start, name = self.token.start, None
        while self.skip("CONSTRAINT"):
            name = self.take()
        return start, name

    def column_clause(self, column: str, clauses: list[Clause]) -> None:
        start, name = self.constraint_name()
        body = self.token.start
        label = _name(name) if name else None
        match self.word:
            case "PRIMARY":
                clause = self.inline_primary(start, name, column)
            case "UNIQUE":
                self.take()
                unique = Unique(columns=(column,), name=label, on_conflict=self.conflict())
                clause = self.clause("unique", start, body, name, constraint=unique)
            case "CHECK":
                self.take()
                check = Check(expression=bare(self.enclosed()), name=label)
                clause = self.clause("check", start, body, name, constraint=check)
            case "REFERENCES":
                key = self.references((column,), label)
                clause = self.clause("foreignkey", start, body, name, constraint=key)
            case "," | ")":
                clause = self.clause("name", start, body, None)
            case _:
                deferrable = self.deferrable()
                if deferrable is not None:
                    _defer(clauses, *deferrable)
                    clause = self.clause("deferrable", start, body, name)
                else:
                    clause = self.plain_clause(start, body, name)
        clauses.append(clause)

    def clause(
        self,
        kind: ClauseKind,
        start: int,
        body: int,
        name: Token | None,
        *,
        constraint: Constraint | None = None,
        value: str = "",
    ) -> Clause:
        """The clause that has just been stepped over."""
        return Clause(
            kind=kind,
            start=start,
            end=self.last_end,
            body=body,
            name=name,
            constraint=constraint,
            value=value,
        )

    def inline_primary(self, start: int, name: Token | None, column: str) -> Clause:
        body = self.token.start
        self.expect("PRIMARY")
        self.expect("KEY")
        descending = self.word == "DESC"
        _ = self.skip("ASC") or self.skip("DESC")
        conflict = self.conflict()
        label = _name(name) if name else None
        return Clause(
            kind="primary",
            start=start,
            body=body,
            name=name,
            constraint=PrimaryKey(columns=(column,), name=label, on_conflict=conflict),
            autoincrement=self.autoincrement(),
            descending=descending,
            end=self.last_end,
        )

    def plain_clause(self, start: int, body: int, name: Token | None) -> Clause:
        """A column clause that is no constraint of the model."""
        match self.take().keyword:
            case "NOT":
                self.expect("NULL")
                value = self.conflict() or ""
                return self.clause("not null", start, body, name, value=value)
            case "NULL":
                self.conflict()
                return self.clause("null", start, body, name)
            case "DEFAULT":
                value = self.default()
                return self.clause("default", start, body, name, value=value)
            case "COLLATE":
                value = _name(self.take())
                return self.clause("collate", start, body, name, value=value)
            case "GENERATED" | "AS" as word:
                return self.generated(word, start, body, name)
        self.place -= 1
        raise self.error(f"has {self.token.text!r} where a clause of a column should be")

    def generated(self, word: str, start: int, body: int, name: Token | None) -> Clause:
        if word == "GENERATED":
            self.expect("ALWAYS")
            self.expect("AS")
        expression = bare(self.enclosed())
        stored = self.skip("STORED")
        _ = stored or self.skip("VIRTUAL")
        generated = Generated(expression=expression, stored=stored)
        clause = self.clause("generated", start, body, name)
        return replace(clause, generated=generated)

    def default(self) -> str:
        if self.word == "(":
            return bare(self.enclosed())
        start = self.token.start
        if self.word in ("+", "-"):
            self.take()
        self.take()
        return self.sql[start : self.last_end]

    def conflict(self) -> str | None:
        if not self.skip("ON", "CONFLICT"):
            return None
        word = self.take().keyword
        return None if word == "ABORT" else word

    def autoincrement(self) -> tuple[int, int] | None:
        if self.word != "AUTOINCREMENT":
            return None
        token = self.take()
        return token.start, token.end

    def references(self, columns: tuple[str, ...], name: str | None) -> ForeignKey:
        self.expect("REFERENCES")
        target = QualifiedName(_name(self.take()))
        target_columns = self.column_list()[0] if self.word == "(" else ()
        key = ForeignKey(columns=columns, target=target, target_columns=target_columns, name=name)
        while True:
            if self.skip("MATCH"):
                match = self.take().keyword
                full: Literal["FULL", "PARTIAL"] | None = None
                full = "FULL" if match == "FULL" else "PARTIAL" if match == "PARTIAL" else None
                key = replace(key, match=full)
            elif self.skip("ON", "DELETE"):
                key = replace(key, on_delete=self.action())
            elif self.skip("ON", "UPDATE"):
                key = replace(key, on_update=self.action())
            elif self.skip("ON", "INSERT"):
                self.action()
            else:
                break
        deferrable = self.deferrable()
        if deferrable is not None:
            key = replace(key, deferrable=deferrable[0], initially_deferred=deferrable[1])
        return key

    def action(self) -> str | None:
        word = self.take().keyword
        if word in ("NO", "SET"):
            word = f"{word} {self.take().keyword}"
        if not _ACTIONS.fullmatch(word):
            raise self.error(f"has {word!r} where an action of a foreign key should be")
        return None if word == "NO ACTION" else word

    def deferrable(self) -> tuple[bool, bool] | None:
        """Whether [NOT] DEFERRABLE says so and INITIALLY DEFERRED too; None if it is not next."""
        negated = self.skip("NOT", "DEFERRABLE")
        if not negated and not self.skip("DEFERRABLE"):
            return None
        deferred = self.skip("INITIALLY", "DEFERRED")
        _ = deferred or self.skip("INITIALLY", "IMMEDIATE")
        return (not negated, deferred and not negated)

    def column_list(self) -> tuple[tuple[str, ...], tuple[int, int] | None]:
        """Names in parentheses, their COLLATE and ASC or DESC left out; and AUTOINCREMENT."""
        self.expect("(")
        names, autoincrement = [], None
        while self.word != ")":
            names.append(_name(self.take()))
            while self.word not in (",", ")"):
                if self.word == "AUTOINCREMENT":
                    autoincrement = (self.token.start, self.token.end)
                self.take()
            self.skip(",")
        self.take()
        return tuple(names), autoincrement

    def table_clause(self) -> Clause:
        start, name = self.constraint_name()
        body = self.token.start
        label = _name(name) if name else None
        match self.word:
            case "PRIMARY":
                return self.table_primary(start, name)
            case "UNIQUE":
                self.take()
                columns, _ = self.column_list()
                unique = Unique(columns=columns, name=label, on_conflict=self.conflict())
                return self.clause("unique", start, body, name, constraint=unique)
            case "CHECK":
                self.take()
                check = Check(expression=bare(self.enclosed()), name=label)
                self.conflict()
                return self.clause("check", start, body, name, constraint=check)
            case "FOREIGN":
                self.take()
                self.expect("KEY")
                columns, _ = self.column_list()
                key = self.references(columns, label)
                return self.clause("foreignkey", start, body, name, constraint=key)
        if name is None:
            raise self.error(f"has {self.token.text!r} where a constraint should be")
        return self.clause("name", start, body, None)

    def table_primary(self, start: int, name: Token | None) -> Clause:
        body = self.token.start
        self.expect("PRIMARY")
        self.expect("KEY")
        columns, autoincrement = self.column_list()
        close = self.last_end - 1
        label = _name(name) if name else None
        return Clause(
            kind="primary",
            start=start,
            body=body,
            name=name,
            constraint=PrimaryKey(columns=columns, name=label, on_conflict=self.conflict()),
            autoincrement=autoincrement,
            close=close,
            end=self.last_end,
        )


def _defer(clauses: list[Clause], deferrable: bool, deferred: bool) -> None:
    """A DEFERRABLE that stands apart belongs to the column's last foreign key."""
    for place in reversed(range(len(clauses))):
        key = clauses[place].constraint
        if isinstance(key, ForeignKey):
            key = replace(key, deferrable=deferrable, initially_deferred=deferred)
            clauses[place] = replace(clauses[place], constraint=key)
            return


def _name(token: Token) -> str:
    """A name as SQLite takes it; a string in single quotes is allowed to be one."""
    if token.kind == "string":
        return token.text[1:-1].replace("''", "'")
    return token.name
