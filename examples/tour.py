"""The main job, for real: models, a migration, rows, a rename and a type change, and back.

    make tour

Works in a temporary folder, on SQLite, with `flask` processes as a person would start them.
"""

from __future__ import annotations

import os
import shlex
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

APPLICATION = """\
import sqlalchemy as sa
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from flaskmig import Migrate

app = Flask(__name__, instance_path={folder!r})
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///shop.sqlite"
db = SQLAlchemy(app)
Migrate(app, db)


class Customer(db.Model):
    __tablename__ = "customers"
{columns}


class Order(db.Model):
    __tablename__ = "orders"
    id = db.Column(sa.Integer, primary_key=True)
    customer_id = db.Column(sa.ForeignKey("customers.id", ondelete="CASCADE"), nullable=False)
    total = db.Column(sa.Numeric(10, 2), nullable=False, server_default="0")
"""

FIRST_COLUMNS = """\
    id = db.Column(sa.Integer, primary_key=True)
    mail = db.Column(sa.String(120), nullable=False, unique=True)
    points = db.Column(sa.String(10), nullable=False)
"""

SECOND_COLUMNS = """\
    id = db.Column(sa.Integer, primary_key=True)
    email = db.Column(sa.String(120), nullable=False, unique=True)
    points = db.Column(sa.Integer, nullable=False)
    city = db.Column(sa.String(80), index=True)
"""

CUSTOMERS = [(1, "ada@example.org", "120"), (2, "grace@example.org", "7")]
ORDERS = [(1, 1, 19.9), (2, 1, 5), (3, 2, 42)]


class Tour:
    """A project in a folder, and the commands that are run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "shop.sqlite"
        self.environment = {**os.environ, "FLASK_APP": "app", "PYTHONDONTWRITEBYTECODE": "1"}
        self.environment["COLUMNS"] = "100"

    def say(self, text: str) -> None:
        print(f"\n\033[1m# {text}\033[0m" if sys.stdout.isatty() else f"\n# {text}", flush=True)

    def flask(self, *arguments: str) -> None:
        """Run a command, show it and what it says, and stop the tour where it fails."""
        print(f"$ flask db {shlex.join(arguments)}", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", "flask", "db", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.show(done.stdout.replace(f"{self.folder}{os.sep}", ""))
        if done.returncode != 0:
            sys.exit(f"flask db {arguments[0]} ended with {done.returncode}")

    def show(self, text: str) -> None:
        print(textwrap.indent(text.rstrip("\n"), "    "), flush=True)

    def models(self, columns: str) -> None:
        source = APPLICATION.format(columns=columns, folder=str(self.folder))
        (self.folder / "app.py").write_text(source, encoding="utf-8")
        self.show(columns)

    def newest_file(self) -> None:
        files = (self.folder / "migrations" / "versions").glob("*.py")
        newest = max(files, key=lambda file: file.stat().st_mtime_ns)
        print(f"$ cat {newest.relative_to(self.folder)}")
        self.show(newest.read_text(encoding="utf-8"))

    def rows(self, *tables: str) -> dict[str, list[tuple[object, ...]]]:
        """Print the rows of the tables, and return them."""
        found: dict[str, list[tuple[object, ...]]] = {}
        connection = sqlite3.connect(self.database)
        for table in tables:
            cursor = connection.execute(f"SELECT * FROM {table} ORDER BY id")
            found[table] = cursor.fetchall()
            names = ", ".join(column[0] for column in cursor.description)
            lines = [", ".join(map(repr, row)) for row in found[table]]
            self.show("\n".join([f"{table}: {names}", *(f"  {line}" for line in lines)]))
        connection.close()
        return found

    def insert(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        connection = sqlite3.connect(self.database)
        with connection:
            connection.executemany(statement, rows)
        connection.close()


def main() -> None:
    with TemporaryDirectory(prefix="flaskmig-tour-") as name:
        tour = Tour(Path(name).resolve())
        tour.say("A Flask application with two models. The customers have these columns:")
        tour.models(FIRST_COLUMNS)
        tour.say("A folder for the migrations, and a first revision, written from the models")
        tour.flask("init")
        tour.flask("migrate", "-m", "customers and orders")
        tour.newest_file()
        tour.say("The tables are made")
        tour.flask("upgrade")
        tour.say("Rows come in")
        tour.insert("INSERT INTO customers (id, mail, points) VALUES (?, ?, ?)", CUSTOMERS)
        tour.insert("INSERT INTO orders (id, customer_id, total) VALUES (?, ?, ?)", ORDERS)
        before = tour.rows("customers", "orders")

        tour.say("The models change: mail becomes email, points become a number, city is new")
        tour.models(SECOND_COLUMNS)
        tour.flask("diff", "--rename", "customers.mail:email")
        tour.flask("migrate", "-m", "email, points, city", "--rename", "customers.mail:email")
        tour.newest_file()
        tour.say("What the upgrade would run")
        tour.flask("plan")
        tour.say("The upgrade, and the rows after it")
        tour.flask("upgrade")
        after = tour.rows("customers", "orders")
        expected = [(key, mail, int(points)) for key, mail, points in CUSTOMERS]
        check([row[:3] for row in after["customers"]] == expected, "the customers were kept")
        check(after["orders"] == before["orders"], "the orders were kept")
        tour.flask("check")
        tour.flask("history", "-i")
        tour.say("And back again")
        tour.flask("downgrade")
        check(tour.rows("customers", "orders") == before, "the rows are as they were")
        tour.flask("current")
        tour.say("That was init, migrate, upgrade, diff, plan, check, history and downgrade.")


def check(good: bool, what: str) -> None:
    """Stop the tour unless what has to hold holds."""
    if not good:
        sys.exit(f"It does not hold that {what}.")


if __name__ == "__main__":
    main()
