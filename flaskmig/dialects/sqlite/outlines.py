"""Tables of SQLite in outline: their texts are cut into pieces, and each distinct piece read once.

A thousand tables are made of few pieces: the same types, defaults and actions come again and
again. So a text is only cut up here, by regular expressions, and what a piece means is what
`definition` says of it in a table of one column. A text with anything out of the ordinary, such as
comments, options, generated columns or names in brackets, has no outline, nor has a table with
triggers. What the columns are called is checked against what SQLite itself says.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, cast

from flaskmig.dialects.sqlite.catalog import Master, read_master, resolved, table_of
from flaskmig.dialects.sqlite.definition import TableText, read_table
from flaskmig.dialects.sqlite.driver import query
from flaskmig.errors import OperationError
from flaskmig.schema import (
    Check,
    Column,
    Constraint,
    Exclude,
    ForeignKey,
    PrimaryKey,
    QualifiedName,
    Unique,
)
from flaskmig.schema.outline import CheckOutline, IndexOutline, KeyOutline, Outline
from flaskmig.sql import bare, folded

# What follows the name of a column, and whether it is the only column of a key that follows.
_Facts: TypeAlias = tuple[str, bool]

_CHECKED = """
SELECT m.name, (SELECT group_concat(x.name, char(10)) FROM pragma_table_xinfo(m.name, 'main') AS x)
FROM sqlite_master AS m
WHERE m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL %'
  AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
"""

# Repetitions are possessive, so that no text takes long for not being matched.
_PLAIN = r"""[^()'"`\[\]]++|'[^']*+'|"[^"]*+\""""
_ENCLOSED = rf"\((?:{_PLAIN})*+\)"
for _ in range(3):
    _ENCLOSED = rf"\((?:{_PLAIN}|{_ENCLOSED})*+\)"
_QUOTED = r'"[^"\x00-\x1f]++"(?!")'
_WORD = r"[^\W\d][\w$]*+"
_NAME = rf"(?:{_QUOTED}|{_WORD})"
_NAMES = rf"{_NAME}(?:\s*+,\s*+{_NAME})*+"
_START = re.compile(rf"CREATE TABLE {_NAME}\s*+\(\s*+")
_ITEM = re.compile(
    rf"""((?:({_QUOTED})|({_WORD}))\s*+((?:[^,()'"`\[\]]++|'[^']*+'|"[^"]*+"|{_ENCLOSED})*+))"""
    r"(,\s*+|\Z)"
)
_LABEL = rf"(?:CONSTRAINT\s++({_NAME})\s*+)?+"
_KEY = re.compile(rf"{_LABEL}(PRIMARY\s++KEY|UNIQUE)\s*+\(\s*+({_NAMES})\s*+\)\s*+", re.IGNORECASE)
_CHECK = re.compile(rf"{_LABEL}CHECK\s*+({_ENCLOSED})\s*+", re.IGNORECASE)
_FOREIGN = re.compile(
    rf"{_LABEL}FOREIGN\s++KEY\s*+\(\s*+({_NAMES})\s*+\)\s*+REFERENCES\s*+({_NAME})\s*+"
    rf"(?:\(\s*+({_NAMES})\s*+\)\s*+)?+(.*+)",
    re.IGNORECASE | re.DOTALL,
)
_INDEX = re.compile(
    rf"CREATE (UNIQUE )?+INDEX ({_NAME})\s*+ON\s*+{_NAME}\s*+\(\s*+({_NAMES})\s*+\)\s*+",
    re.IGNORECASE,
)
_EACH_NAME = re.compile(_NAME)
_TABLE_CLAUSES = frozenset({"CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"})
_COLUMN_CLAUSES = frozenset(
    {"not null", "null", "default", "collate", "primary", "unique", "check", "foreignkey"}
)


@dataclass(slots=True)
class _Cut:
    """A text that was cut up; foreign keys are as the text spells them."""

    names: list[str] = field(default_factory=list)
    facts: list[_Facts] = field(default_factory=list)
    keys: list[KeyOutline] = field(default_factory=list)
    checks: list[CheckOutline] = field(default_factory=list)

    def own(self, names: tuple[str, ...]) -> tuple[str, ...] | None:
        """The names as the columns have them; None where one is none of them."""
        for name in names:
            if name not in self.names:
                break
        else:
            return names
        known = {folded(name): name for name in self.names}
        found = tuple(known.get(folded(name), "") for name in names)
        return found if all(found) else None

    def is_sound(self) -> bool:
        """Whether no two of its constraints have one name."""
        labels = [each.name for each in self.keys if each.name is not None]
        labels += [each.name for each in self.checks if each.name is not None]
        return len(labels) < 2 or len(labels) == len(set(labels))

    def add(self, constraint: Constraint) -> bool:
        """Add what a column has beside it; False for what an outline cannot say."""
        match constraint:
            case PrimaryKey(on_conflict=None):
                self.keys.append(KeyOutline("p", constraint.name, constraint.columns))
            case Unique(on_conflict=None):
                self.keys.append(KeyOutline("u", constraint.name, constraint.columns))
            case Check():
                self.checks.append(CheckOutline(constraint.name, constraint.expression))
            case ForeignKey():
                self.keys.append(_outlined(constraint))
            case _:
                return False
        return True


def outlines(raw: sqlite3.Connection) -> list[Outline]:
    """The outlines of the tables that have one."""
    master = read_master(raw)
    checked: dict[str, str | None] = dict(query(raw, _CHECKED))
    cutter = _Cutter()
    found: list[Outline] = []
    for key, (name, sql) in master.tables.items():
        cut = None if key in master.triggers else cutter.cut(sql)
        if cut is not None and checked.get(name) == "\n".join(cut.names):
            outline = _outline(name, cut, checked, master)
            if outline is not None:
                found.append(outline)
    return found


def outlined_column(facts: Hashable) -> Column:
    """The column that the facts of an outline stand for, under any name."""
    rest, is_key = cast(_Facts, facts)
    key = ", PRIMARY KEY (c)" if is_key else ""
    return table_of(read_table(f"CREATE TABLE t (c {rest}{key})")).columns[0]


def _outline(
    name: str, cut: _Cut, checked: Mapping[str, str | None], master: Master
) -> Outline | None:
    indexes = []
    for sql in master.indexes.get(folded(name), ()):
        index = _index(sql, cut)
        if index is None:
            return None
        indexes.append(index)
    return Outline(
        QualifiedName(name),
        tuple(cut.names),
        tuple(cut.facts),
        tuple([_with_target(key, checked, master) if key.target else key for key in cut.keys]),
        tuple(cut.checks),
        tuple(indexes),
    )


def _index(sql: str, cut: _Cut) -> IndexOutline | None:
    """What a CREATE INDEX text says, where that is the names of columns and nothing else."""
    found = _INDEX.fullmatch(sql)
    if found is None:
        return None
    unique, name, names = found.groups()
    columns = cut.own(_names(names))
    return None if columns is None else IndexOutline(_name(name), unique is not None, columns)


def _with_target(key: KeyOutline, checked: Mapping[str, str | None], master: Master) -> KeyOutline:
    """The foreign key, with its target and the columns of that in the target's own spelling."""
    assert key.target is not None
    names = key.target_columns
    there = (checked.get(key.target.name) or "").split("\n")
    if names and all(name in there for name in names):
        return key
    spelled, names = resolved(master, key.target, names)
    return key._replace(target=spelled, target_columns=names)


def _name(text: str) -> str:
    return text[1:-1] if text[0] == '"' else text


def _names(text: str) -> tuple[str, ...]:
    if '"' in text:
        return tuple(map(_name, _EACH_NAME.findall(text)))
    return tuple(_EACH_NAME.findall(text)) if "," in text else (text,)


@dataclass(slots=True)
class _Cutter:
    """Cuts texts up and remembers what pieces mean; None is for those that fit no outline."""

    plain: dict[str, _Facts] = field(default_factory=dict)
    pieces: dict[str, tuple[Constraint, ...] | None] = field(default_factory=dict)
    actions: dict[str, KeyOutline | None] = field(default_factory=dict)

    def cut(self, sql: str) -> _Cut | None:
        """A CREATE TABLE text, cut up."""
        start = _START.match(sql)
        if start is None or not sql.endswith(")") or "--" in sql or "/*" in sql:
            return None
        body = sql[start.end() : -1].rstrip()
        items = _ITEM.findall(body)
        cut, length = _Cut(), 0
        for whole, quoted, word, rest, end in items:
            length += len(whole) + len(end)
            if word.upper() in _TABLE_CLAUSES and cut.names:
                fits = self._clause(cut, whole)
            elif rest in self.plain:
                cut.names.append(quoted[1:-1] or word)
                cut.facts.append(self.plain[rest])
                continue
            else:
                fits = self._column(cut, quoted[1:-1] or word, rest)
            if not fits:
                return None
        return cut if length == len(body) and cut.is_sound() else None

    def _column(self, cut: _Cut, name: str, rest: str) -> bool:
        """Add a column; False for one that an outline cannot say."""
        constraints = self.pieces[rest] if rest in self.pieces else _read_rest(rest)
        self.pieces[rest] = constraints
        if constraints is None:
            return False
        cut.names.append(name)
        cut.facts.append((rest, False))
        if not constraints:
            self.plain[rest] = cut.facts[-1]
        return all(cut.add(_of_column(each, name)) for each in constraints)

    def _clause(self, cut: _Cut, text: str) -> bool:
        """Add a constraint of the table; False for one that an outline cannot say."""
        if found := _KEY.fullmatch(text):
            return _add_key(cut, *found.groups())
        if found := _CHECK.fullmatch(text):
            label, enclosed = found.groups()
            cut.checks.append(CheckOutline(label and _name(label), _bare(enclosed[1:-1])))
            return True
        if found := _FOREIGN.fullmatch(text):
            return self._add_foreign_key(cut, *found.groups())
        return False

    def _add_foreign_key(
        self, cut: _Cut, label: str | None, names: str, target: str, targets: str | None, rest: str
    ) -> bool:
        try:
            meant = self.actions[rest]
        except KeyError:
            meant = self.actions[rest] = _read_actions(rest)
        columns = cut.own(_names(names))
        if meant is None or columns is None:
            return False
        key = KeyOutline(
            "f",
            label and _name(label),
            columns,
            QualifiedName(_name(target)),
            _names(targets) if targets else (),
            *meant[5:],
        )
        cut.keys.append(key)
        return True


def _add_key(cut: _Cut, label: str | None, kind: str, names: str) -> bool:
    columns = cut.own(_names(names))
    if columns is None:
        return False
    is_primary = kind[0] in "Pp"
    cut.keys.append(KeyOutline("p" if is_primary else "u", label and _name(label), columns))
    if is_primary and len(columns) == 1:
        place = cut.names.index(columns[0])
        cut.facts[place] = (cut.facts[place][0], True)
    return True


def _bare(text: str) -> str:
    """`bare`, for a text without comments."""
    text = text.strip()
    return bare(text) if text.startswith("(") else text


def _of_column(constraint: Constraint, name: str) -> Constraint:
    if isinstance(constraint, Check | Exclude):
        return constraint
    return replace(constraint, columns=(name,))


def _read_rest(rest: str) -> tuple[Constraint, ...] | None:
    """The constraints in the rest of a column's item; None where there is more than they."""
    text = _read(f"c {rest}")
    if text is None or text.constraints or len(text.columns) != 1:
        return None
    clauses = text.columns[0].clauses
    if any(clause.kind not in _COLUMN_CLAUSES for clause in clauses):
        return None
    return tuple(clause.constraint for clause in clauses if clause.constraint)


def _read_actions(rest: str) -> KeyOutline | None:
    """What follows the columns of a foreign key's target, where it says that and no more."""
    text = _read(f"c, FOREIGN KEY (c) REFERENCES t (c) {rest}")
    if text is None or len(text.constraints) != 1:
        return None
    key = text.constraints[0].constraint
    return _outlined(key) if isinstance(key, ForeignKey) else None


def _read(items: str) -> TableText | None:
    try:
        return read_table(f"CREATE TABLE t ({items})")
    except OperationError:
        return None


def _outlined(key: ForeignKey) -> KeyOutline:
    return KeyOutline(
        "f",
        key.name,
        key.columns,
        key.target,
        key.target_columns,
        key.on_update,
        key.on_delete,
        key.match,
        key.deferrable,
        key.initially_deferred,
    )
