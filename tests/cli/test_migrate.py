"""``flask db migrate`` and ``revision``: what they write, and when they write nothing."""

from __future__ import annotations

from tests.cli.project import USERS, USERS_WITH_EMAIL, Project


def test_first_migration(project: Project) -> None:
    """migrate writes one file with the models' tables and prints its path."""
    project.db("init")
    done = project.db("migrate", "-m", "users")
    [file] = project.files
    assert str(file) in done.stdout or file.name in done.stdout
    assert "create_table" in file.read_text()
    assert "from flaskmig import op" in file.read_text()
    assert project.tables() == set()


def test_nothing_changed(started: Project) -> None:
    """Where nothing differs migrate writes no file, says so and exits with 0."""
    done = started.quick("migrate", "-m", "again")
    assert "No changes in schema detected." in done.stdout
    assert len(started.files) == 1


def test_round_trip(started: Project) -> None:
    """A column added by migrate and upgrade is taken away by downgrade, and check agrees."""
    started.revise(USERS_WITH_EMAIL, "email")
    assert started.columns("users") == ["id", "name", "email"]
    started.quick("check")
    started.db("downgrade")
    assert started.columns("users") == ["id", "name"]
    started.quick("downgrade", "base")
    assert started.tables() == set()
    assert started.rows() == set()


def test_no_models_and_no_tables(project: Project) -> None:
    """Without models and tables there is nothing to write, and that is no error."""
    project.write("")
    project.quick("init")
    assert "No changes in schema detected." in project.quick("migrate").stdout


def test_unmanaged_tables_are_left_alone(started: Project) -> None:
    """A table that no revision created is noted on stderr, and dropped only when named."""
    started.execute("CREATE TABLE foreign_thing (id INTEGER PRIMARY KEY)")
    done = started.quick("migrate")
    assert "foreign_thing" in done.stderr
    assert "No changes" in done.stdout
    started.quick("migrate", "--drop", "foreign_thing")
    assert "drop_table" in started.files[0].read_text() + started.files[1].read_text()
    started.quick("upgrade")
    assert started.tables() == {"users"}


def test_drop_of_a_table_that_is_not_there(started: Project) -> None:
    """--drop of something that is no table is refused."""
    assert "nonesuch" in started.quick("migrate", "--drop", "nonesuch", code=1).stderr


def test_managed_table_is_dropped(started: Project) -> None:
    """A table that a revision created goes when its model does, with a warning of lost rows."""
    started.revise(
        USERS + "\n\nclass Tag(db.Model):\n    id = db.Column(db.Integer, primary_key=True)\n",
        "tags",
    )
    assert started.tables() == {"users", "tag"}
    started.write(USERS)
    done = started.quick("migrate", "-m", "no tags")
    assert "Warning" in done.stderr
    started.quick("upgrade")
    assert started.tables() == {"users"}
    started.quick("downgrade")
    assert started.tables() == {"users", "tag"}


REQUIRED = USERS + "    age = db.Column(db.Integer, nullable=False)\n"


def test_not_null_column_without_rows(started: Project) -> None:
    """On a table without rows a NOT NULL column is nothing special."""
    started.revise(REQUIRED, "age")
    assert "age" in started.columns("users")


def test_backfill(started: Project) -> None:
    """--backfill fills the new column of the rows that are there."""
    started.execute("INSERT INTO users (id, name) VALUES (1, 'Ada')")
    started.revise(REQUIRED, "age", "--backfill", "users.age=36")
    with started.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT age FROM users").scalar() == 36
    started.quick("check")
    started.quick("downgrade")
    assert started.columns("users") == ["id", "name"]


def test_backfill_that_fits_nothing(started: Project) -> None:
    """--backfill of a column that is not added is refused."""
    started.write(USERS_WITH_EMAIL)
    assert "users.age" in started.quick("migrate", "--backfill", "users.age=1", code=1).stderr
    assert "age" in started.quick("migrate", "--backfill", "age", code=1).stderr


MAIL = USERS + "    mail = db.Column(db.String(120))\n"


def test_uncertain_rename_stops_without_a_terminal(started: Project) -> None:
    """Where a rename is likely and nobody can be asked, migrate stops and names the flags."""
    started.revise(USERS + "    about = db.Column(db.Text)\n", "about")
    started.write(USERS + "    summary = db.Column(db.Text)\n")
    done = started.db("migrate", code=1)
    assert "--rename users.about:summary" in done.stderr
    assert "--no-rename" in done.stderr
    assert len(started.files) == 2


def test_rename(started: Project) -> None:
    """--rename writes a rename, which keeps the values."""
    started.revise(MAIL, "mail")
    started.execute("INSERT INTO users (id, name, mail) VALUES (1, 'Ada', 'ada@example.org')")
    started.revise(USERS_WITH_EMAIL, "email", "--rename", "users.mail:email")
    with started.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT email FROM users").scalar() == "ada@example.org"
    started.quick("downgrade")
    with started.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT mail FROM users").scalar() == "ada@example.org"


def test_rename_of_a_table(started: Project) -> None:
    """--rename table:old:new keeps a table's rows."""
    started.execute("INSERT INTO users (id, name) VALUES (1, 'Ada')")
    renamed = USERS.replace('"users"', '"people"')
    started.revise(renamed, "people", "--rename", "table:users:people")
    with started.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM people").scalar() == "Ada"
    started.quick("check")


def test_no_rename(started: Project) -> None:
    """--no-rename writes a drop and an add."""
    started.revise(MAIL, "mail")
    started.write(USERS_WITH_EMAIL)
    started.quick("migrate", "-m", "email", "--no-rename")
    text = "".join(path.read_text() for path in started.files)
    assert 'drop_column("users", "mail"' in text


def test_rename_of_what_is_not_there(started: Project) -> None:
    """--rename of something that is not there, or is not spelled so, is refused."""
    assert "nonesuch" in started.quick("migrate", "--rename", "users.nonesuch:x", code=1).stderr
    assert "what" in started.quick("migrate", "--rename", "what", code=1).stderr


def test_sql_is_refused(started: Project) -> None:
    """--sql, which Flask-Migrate has and never could do, says what to use instead."""
    assert "diff --sql" in started.quick("migrate", "--sql", code=1).stderr
    assert "diff --sql" in started.quick("revision", "--sql", code=1).stderr
    assert len(started.files) == 1


def test_revision(started: Project) -> None:
    """revision writes an empty file with the id, message, label and dependency asked for."""
    first = started.quick_json("heads")[0]["revision"]
    started.quick("revision", "-m", "by hand", "--rev-id", "two", "--branch-label", "main")
    [entry] = started.quick_json("heads")
    assert entry["revision"] == "two"
    assert entry["parents"] == [first]
    assert entry["branch_labels"] == ["main"]
    assert entry["message"] == "by hand"
    started.quick("upgrade")
    assert started.rows() == {"two"}


def test_revision_autogenerate(started: Project) -> None:
    """revision --autogenerate writes what migrate writes."""
    started.write(USERS_WITH_EMAIL)
    started.quick("revision", "--autogenerate", "-m", "email")
    assert any("add_column" in path.read_text() for path in started.files)


def test_rev_id_that_is_taken(started: Project) -> None:
    """An id that another file has is refused, and so is one that no id may be."""
    first = started.quick_json("heads")[0]["revision"]
    assert first in started.quick("revision", "--rev-id", first, code=1).stderr
    started.quick("revision", "--rev-id", "a-b", code=1)
    assert len(started.files) == 1


LOOSE = USERS + "    who = db.Column(db.String(9))\n    what = db.Column(db.String(9))\n"


def test_backfill_of_a_column_that_becomes_not_null(started: Project) -> None:
    """Without values for the rows that have none the change is refused; --backfill gives them."""
    started.revise(LOOSE, "loose")
    started.execute("INSERT INTO users (id, name, who) VALUES (1, 'Ada', NULL), (2, 'Eve', 'y')")
    started.write(LOOSE.replace("(9))", "(9), nullable=False)"))
    said = started.quick("migrate", code=1).stderr
    assert "users.who becomes NOT NULL" in said
    assert "users.what becomes NOT NULL" in said
    assert "--backfill users.what=… --backfill users.who=…" in said
    flags = ("--backfill", "users.who='x'", "--backfill", "users.what=upper(name)")
    started.quick("migrate", "-m", "strict", *flags)
    started.quick("upgrade")
    with started.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT who, what FROM users ORDER BY id").all()
    assert found == [("x", "ADA"), ("y", "EVE")]
    started.quick("check")
