"""Blocks of random calls on random tables: the database is afterwards as Alembic leaves it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from tests.batch.databases import two_databases
from tests.batch.judge import begin, by_alembic, by_flaskmig, left
from tests.counts import SEED, rounds

_TYPES = {
    "INTEGER": "sa.Integer()",
    "VARCHAR(9)": "sa.String(9)",
    "TEXT": "sa.Text()",
    "FLOAT": "sa.Float()",
}
_WIDER = {"VARCHAR(9)": ("TEXT", "VARCHAR(40)"), "INTEGER": ("BIGINT",), "TEXT": ("VARCHAR(99)",)}
_WIDE = {"TEXT": "sa.Text()", "VARCHAR(40)": "sa.String(40)", "BIGINT": "sa.BigInteger()",
         "VARCHAR(99)": "sa.String(99)"}  # fmt: skip


def test_as_alembic_does(tmp_path: Path) -> None:
    """Any block that Alembic can run comes to the same schema, order of columns and rows."""
    for number in range(rounds(30, 1500)):
        table = _Drawn(random.Random(f"{SEED}-{number}"))
        start, body = table.start(), table.body()
        with two_databases() as (ours, theirs):
            begin(ours, start)
            begin(theirs, start)
            by_alembic(theirs, body)
            by_flaskmig(tmp_path / str(number), ours, body)
            assert left(ours) == left(theirs), f"{number}\n{start}\n{body}"


@dataclass
class _Drawn:
    """A table, and calls that it stands."""

    draw: random.Random
    types: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    constraints: dict[str, str] = field(default_factory=dict)
    indexes: list[str] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    added: int = 0
    last: str = ""

    def start(self) -> str:
        """The table with its rows, and another one that it refers to."""
        draw = self.draw
        lines = ["id INTEGER NOT NULL"]
        for name in "abcde"[: draw.randint(2, 5)]:
            self.types[name] = draw.choice(list(_TYPES))
            default = draw.choice(["", " DEFAULT '1'", " NOT NULL", " DEFAULT '2' NOT NULL"])
            lines.append(f"{name} {self.types[name]}{default}")
        self.last = name
        lines.append("PRIMARY KEY (id)")
        for name in list(self.types):
            kind = draw.choice(["", "", "", "unique", "check", "foreignkey"])
            if kind:
                self.used.add(name)
                self.constraints[f"k_{name}"] = kind
                lines.append(f"CONSTRAINT k_{name} {_clause(kind, name)}")
        text = "CREATE TABLE o (id INTEGER NOT NULL, PRIMARY KEY (id));"
        text += f"CREATE TABLE t ({', '.join(lines)});"
        for name in list(self.types):
            if draw.random() < 0.3:
                self.indexes.append(f"i_{name}")
                self.used.add(name)
                text += f"CREATE INDEX i_{name} ON t ({name});"
        text += "INSERT INTO o VALUES (1), (2), (3);"
        for row in (1, 2, 3):
            values = ", ".join([str(row), *(f"'{row}'" for _ in self.types)])
            text += f"INSERT INTO t VALUES ({values});"
        return text

    def body(self) -> str:
        """A block of some calls."""
        options = self.draw.choice(["", "", ", recreate='always'"])
        calls = [f"with op.batch_alter_table('t'{options}) as b:"]
        for _ in range(self.draw.randint(1, 6)):
            call = self.draw.choice(
                [
                    self.add,
                    self.drop,
                    self.alter,
                    self.rename,
                    self.constrain,
                    self.loosen,
                    self.index,
                ]
            )()
            calls += [f"    b.{call}"] if call else []
        return "\n".join([*calls, "    pass"])

    def free(self) -> str:
        """A column that no constraint, index or earlier call names; "" where there is none."""
        found = sorted(set(self.types) - self.used - self.touched)
        return self.draw.choice(found) if found else ""

    def add(self) -> str:
        self.added += 1
        name = f"n{self.added}"
        self.types[name] = type_ = self.draw.choice(list(_TYPES))
        self.touched.add(name)
        # Without index=True: of that Alembic makes two indexes in a rebuild.
        options = [
            "",
            ", server_default='5', nullable=False",
            f", sa.ForeignKey('o.id', name='f_{name}')",
        ]
        more = self.draw.choice(options)
        return f"add_column(sa.Column('{name}', {_TYPES[type_]}{more}))"

    def drop(self) -> str:
        name = self.free()
        # Where the last column goes, Alembic has new ones stand just anywhere.
        if name in ("", self.last) or len(self.types) < 3:
            return ""
        del self.types[name]
        return f"drop_column('{name}')"

    def alter(self) -> str:
        names = sorted(set(self.types) - self.touched)
        if not names:
            return ""
        name = self.draw.choice(names)
        self.touched.add(name)
        type_ = self.types[name]
        changes = {
            "nullable": self.draw.choice(["True", "False"]),
            "server_default": self.draw.choice(["None", "'7'", "sa.text('8')"]),
        }
        if type_ in _WIDER:
            changes["type_"] = _WIDE[self.draw.choice(_WIDER[type_])]
        chosen = self.draw.sample(sorted(changes), self.draw.randint(1, len(changes)))
        said = ", ".join(f"{each}={changes[each]}" for each in chosen)
        return f"alter_column('{name}', {said}, existing_type={_TYPES[type_]})"

    def rename(self) -> str:
        name = self.free()
        if not name:
            return ""
        self.types[f"{name}2"] = self.types.pop(name)
        self.touched.add(f"{name}2")
        return f"alter_column('{name}', new_column_name='{name}2')"

    def constrain(self) -> str:
        names = sorted(set(self.types) - self.touched)
        if not names:
            return ""
        name = self.draw.choice(names)
        self.used.add(name)
        key = f"q_{name}_{len(self.constraints)}"
        kind = self.draw.choice(["unique", "check", "foreignkey"])
        self.constraints[key] = "new"
        if kind == "unique":
            return f"create_unique_constraint('{key}', ['{name}', 'id'])"
        if kind == "check":
            return f"create_check_constraint('{key}', '{name} <> 77')"
        return f"create_foreign_key('{key}', 'o', ['{name}'], ['id'], ondelete='SET NULL')"

    def loosen(self) -> str:
        found = sorted(key for key, kind in self.constraints.items() if kind != "new")
        if not found:
            return ""
        key = self.draw.choice(found)
        return f"drop_constraint('{key}', type_='{self.constraints.pop(key)}')"

    def index(self) -> str:
        if self.indexes and self.draw.random() < 0.5:
            return f"drop_index('{self.indexes.pop()}')"
        names = sorted(set(self.types) - self.touched)
        if not names:
            return ""
        name = self.draw.choice(names)
        self.used.add(name)
        unique = self.draw.choice(["True", "False"])
        key = f"j_{name}_{self.draw.randint(0, 10**6)}"
        return f"create_index('{key}', ['{name}', 'id'], unique={unique})"


def _clause(kind: str, name: str) -> str:
    match kind:
        case "unique":
            return f"UNIQUE ({name})"
        case "check":
            return f"CHECK ({name} <> 99)"
        case _:
            return f"FOREIGN KEY({name}) REFERENCES o (id)"
