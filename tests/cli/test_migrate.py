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
    done = started.db("migrate", "-m", "again")
    assert "No changes in schema detected." in done.stdout
    assert len(started.files) == 1


def test_round_trip(started: Project) -> None:
    """A column added by migrate and upgrade is taken away by downgrade, and check agrees."""
    started.revise(USERS_WITH_EMAIL, "email")
    assert started.columns("users") == ["id", "name", "email"]
    started.db("check")
    started.db("downgrade")
    assert started.columns("users") == ["id", "name"]
    started.db("downgrade", "base")
    assert started.tables() == set()
    assert started.rows() == set()


def test_database_behind(project: Project) -> None:
    """migrate on a database that is not at head names the command and writes nothing."""
    project.db("init")
    project.db("migrate")
    done = project.db("migrate", code=1)
    assert "Try: flask db upgrade" in done.stderr
    assert len(project.files) == 1


def test_empty_metadata_drops_nothing(started: Project) -> None:
    """Without models, migrate refuses to write a file that drops every table."""
    started.write("")
    done = started.db("migrate", code=1)
    assert "models" in done.stderr
    assert len(started.files) == 1


def test_no_models_and_no_tables(project: Project) -> None:
    """Without models and tables there is nothing to write, and that is no error."""
    project.write("")
    project.db("init")
    assert "No changes in schema detected." in project.db("migrate").stdout


def test_unmanaged_tables_are_left_alone(started: Project) -> None:
    """A table that no revision created is noted on stderr, and dropped only when named."""
    started.execute("CREATE TABLE foreign_thing (id INTEGER PRIMARY KEY)")
    done = started.db("migrate")
    assert "foreign_thing" in done.stderr
    assert "No changes" in done.stdout
    started.db("migrate", "--drop", "foreign_thing")
    assert "drop_table" in started.files[0].read_text() + started.files[1].read_text()
    started.db("upgrade")
    assert started.tables() == {"users"}


def test_drop_of_a_table_that_is_not_there(started: Project) -> None:
    """--drop of something that is no table is refused."""
    assert "nonesuch" in started.db("migrate", "--drop", "nonesuch", code=1).stderr


def test_managed_table_is_dropped(started: Project) -> None:
    """A table that a revision created goes when its model does, with a warning of lost rows."""
    started.revise(
        USERS + "\n\nclass Tag(db.Model):\n    id = db.Column(db.Integer, primary_key=True)\n",
        "tags",
    )
    assert started.tables() == {"users", "tag"}
    started.write(USERS)
    done = started.db("migrate", "-m", "no tags")
    assert "Warning" in done.stderr
    started.db("upgrade")
    assert started.tables() == {"users"}
    started.db("downgrade")
    assert started.tables() == {"users", "tag"}


REQUIRED = USERS + "    age = db.Column(db.Integer, nullable=False)\n"


def test_not_null_column_on_rows(started: Project) -> None:
    """A NOT NULL column without default on a table with rows is refused, with three ways out."""
    started.execute("INSERT INTO users (id, name) VALUES (1, 'Ada')")
    started.write(REQUIRED)
    done = started.db("migrate", code=1)
    for way in ("--backfill users.age=", "server_default", "nullable"):
        assert way in done.stderr
    assert len(started.files) == 1


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
    started.db("check")
    started.db("downgrade")
    assert started.columns("users") == ["id", "name"]


def test_backfill_that_fits_nothing(started: Project) -> None:
    """--backfill of a column that is not added is refused."""
    started.write(USERS_WITH_EMAIL)
    assert "users.age" in started.db("migrate", "--backfill", "users.age=1", code=1).stderr
    assert "age" in started.db("migrate", "--backfill", "age", code=1).stderr


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
    started.db("downgrade")
    with started.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT mail FROM users").scalar() == "ada@example.org"


def test_rename_of_a_table(started: Project) -> None:
    """--rename table:old:new keeps a table's rows."""
    started.execute("INSERT INTO users (id, name) VALUES (1, 'Ada')")
    renamed = USERS.replace('"users"', '"people"')
    started.revise(renamed, "people", "--rename", "table:users:people")
    with started.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT name FROM people").scalar() == "Ada"
    started.db("check")


def test_no_rename(started: Project) -> None:
    """--no-rename writes a drop and an add."""
    started.revise(MAIL, "mail")
    started.write(USERS_WITH_EMAIL)
    started.db("migrate", "-m", "email", "--no-rename")
    text = "".join(path.read_text() for path in started.files)
    assert 'drop_column("users", "mail"' in text


def test_rename_of_what_is_not_there(started: Project) -> None:
    """--rename of something that is not there, or is not spelled so, is refused."""
    assert "nonesuch" in started.db("migrate", "--rename", "users.nonesuch:x", code=1).stderr
    assert "what" in started.db("migrate", "--rename", "what", code=1).stderr


def test_sql_is_refused(started: Project) -> None:
    """--sql, which Flask-Migrate has and never could do, says what to use instead."""
    assert "diff --sql" in started.db("migrate", "--sql", code=1).stderr
    assert "diff --sql" in started.db("revision", "--sql", code=1).stderr
    assert len(started.files) == 1


def test_revision(started: Project) -> None:
    """revision writes an empty file with the id, message, label and dependency asked for."""
    first = started.json("heads")[0]["revision"]
    started.db("revision", "-m", "by hand", "--rev-id", "two", "--branch-label", "main")
    [entry] = started.json("heads")
    assert entry["revision"] == "two"
    assert entry["parents"] == [first]
    assert entry["branch_labels"] == ["main"]
    assert entry["message"] == "by hand"
    started.db("upgrade")
    assert started.rows() == {"two"}


def test_revision_autogenerate(started: Project) -> None:
    """revision --autogenerate writes what migrate writes."""
    started.write(USERS_WITH_EMAIL)
    started.db("revision", "--autogenerate", "-m", "email")
    assert any("add_column" in path.read_text() for path in started.files)


def test_rev_id_that_is_taken(started: Project) -> None:
    """An id that another file has is refused, and so is one that no id may be."""
    first = started.json("heads")[0]["revision"]
    assert first in started.db("revision", "--rev-id", first, code=1).stderr
    started.db("revision", "--rev-id", "a-b", code=1)
    assert len(started.files) == 1


def test_a_failing_database(sqlite_project: Project) -> None:
    """A database that cannot be reached is an error of one line, without the password."""
    url = "postgresql+psycopg://ada:s3cret@127.0.0.1:1/nothing"
    app = (sqlite_project.folder / "app.py").read_text()
    old = sqlite_project.engine.url.render_as_string(hide_password=False)
    (sqlite_project.folder / "app.py").write_text(app.replace(old, url))
    sqlite_project.db("init")
    for command in ("migrate", "current", "upgrade", "check", "diff"):
        done = sqlite_project.db(command, code=1)
        assert done.stderr.startswith("Error: "), done.stderr
        assert "s3cret" not in done.stderr + done.stdout
