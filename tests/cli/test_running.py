"""``flask db upgrade``, ``downgrade``, ``stamp`` and ``ensure-version``."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from tests.cli.project import USERS_WITH_EMAIL, Project

HAND_WRITTEN = '''\
"""{message}"""

from flaskmig import op

revision = {id!r}
down_revision = {parent!r}
branch_labels = None
depends_on = None


def upgrade():
    {upgrade}


def downgrade():
    {downgrade}
'''


def write_revision(
    project: Project,
    id: str,
    parent: str | tuple[str, ...] | None,
    upgrade: str = "pass",
    downgrade: str = "pass",
) -> Path:
    """A revision file as somebody writes it by hand."""
    path = project.folder / "migrations" / "versions" / f"{id}_.py"
    path.write_text(
        HAND_WRITTEN.format(
            message=f"message of {id}", id=id, parent=parent, upgrade=upgrade, downgrade=downgrade
        )
    )
    return path


def test_upgrade_says_what_runs(project: Project) -> None:
    """Each revision is a line on stderr; stdout stays empty."""
    project.db("init")
    project.db("migrate", "-m", "users")
    done = project.db("upgrade")
    [revision] = project.rows()
    assert f"Running upgrade base -> {revision}, users" in done.stderr
    assert done.stdout == ""
    assert project.tables() == {"users"}


def test_upgrade_twice(started: Project) -> None:
    """upgrade of an up-to-date database exits with 0 and runs nothing."""
    done = started.db("upgrade")
    assert "Running" not in done.stderr
    assert done.stdout == ""


def test_json(project: Project) -> None:
    """upgrade --json prints what ran."""
    project.db("init")
    project.db("migrate")
    [database] = project.json("upgrade")
    assert [step["direction"] for step in database["applied"]] == ["upgrade"]
    assert project.json("upgrade") == [{"bind": "default", "applied": [], "warnings": []}]


def test_relative_and_partial(started: Project) -> None:
    """+1, -1, partial ids and base are understood."""
    first = started.rows().pop()
    second = started.revise(USERS_WITH_EMAIL)
    started.db("downgrade", "-2")
    assert started.rows() == set()
    started.db("upgrade", "+1")
    assert started.rows() == {first}
    started.db("upgrade", second[:6])
    assert started.rows() == {second}
    started.db("downgrade", f"{second}-1")
    assert started.rows() == {first}


def test_unknown_revision(started: Project) -> None:
    """An id that no file has is an error, and nothing runs."""
    before = started.rows()
    for command in ("upgrade", "downgrade", "stamp", "show"):
        assert "nonesuch" in started.db(command, "nonesuch", code=1).stderr
    assert started.rows() == before


def test_several_heads(started: Project) -> None:
    """With several heads upgrade names them and the two ways out; `heads` upgrades to all."""
    first = started.rows().pop()
    write_revision(started, "left", first)
    write_revision(started, "right", first)
    done = started.db("upgrade", code=1)
    for word in ("left", "right", "heads", "merge"):
        assert word in done.stderr
    assert "left" in started.db("migrate", code=1).stderr
    started.db("upgrade", "heads")
    assert started.rows() == {"left", "right"}
    started.db("merge", "-m", "together", "left", "right")
    started.db("upgrade")
    assert len(started.rows()) == 1
    started.db("migrate")


def test_a_failing_statement(started: Project) -> None:
    """A failing revision leaves the database as before it and shows where it failed."""
    first = started.rows().pop()
    path = write_revision(
        started,
        "bad",
        first,
        'op.execute("CREATE TABLE half (id INTEGER)"); op.execute("nonsense")',
    )
    done = started.db("upgrade", code=1)
    assert "bad" in done.stderr
    assert f"{path.name}:12" in done.stderr
    assert "nonsense" in done.stderr
    assert started.rows() == {first}
    assert "half" not in started.tables()


def test_database_ahead(started: Project) -> None:
    """A database at a revision without a file is explained by every command that reads it."""
    started.execute("UPDATE alembic_version SET version_num = 'lost'")
    for command in ("upgrade", "downgrade", "current", "migrate", "check", "stamp"):
        done = started.db(command, code=1)
        assert "lost" in done.stderr, command
        assert "Try: " in done.stderr
    started.db("stamp", "--purge", "head")
    started.db("check")


def test_tables_without_history(project: Project) -> None:
    """upgrade does not run a history over tables that are there already, and names stamp."""
    project.db("init")
    project.db("migrate")
    project.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL)")
    done = project.db("upgrade", code=1)
    assert "users" in done.stderr
    assert "flask db stamp" in done.stderr
    assert project.rows() == set()


def test_broken_files(started: Project) -> None:
    """A file that does not parse, a duplicate id, a missing parent and a cycle are explained."""
    folder = started.folder / "migrations" / "versions"
    first = started.rows().pop()
    cases = [
        ("def upgrade(:\n", "x.py"),
        (
            HAND_WRITTEN.format(
                message="", id=first, parent=None, upgrade="pass", downgrade="pass"
            ),
            first,
        ),
        (
            HAND_WRITTEN.format(
                message="", id="b", parent="gone", upgrade="pass", downgrade="pass"
            ),
            "gone",
        ),
        (
            HAND_WRITTEN.format(message="", id="b", parent="b", upgrade="pass", downgrade="pass"),
            "b",
        ),
    ]
    for text, word in cases:
        (folder / "x.py").write_text(text)
        for command in ("upgrade", "heads", "migrate", "current"):
            done = started.db(command, code=1)
            assert word in done.stderr, (command, text)
            assert done.stderr.startswith("Error: ")
    assert started.rows() == {first}


def test_no_folder(project: Project) -> None:
    """Without a migrations folder each command names init."""
    for command in ("migrate", "upgrade", "current", "heads", "history", "check", "stamp"):
        done = project.db(command, code=1)
        assert "migrations" in done.stderr
        assert "flask db init" in done.stderr
    assert project.tables() == set()


def test_upgrade_sql(project: Project) -> None:
    """--sql prints a script that does what upgrade does, and runs nothing."""
    project.db("init")
    project.db("migrate")
    script = project.db("upgrade", "--sql").stdout
    assert "CREATE TABLE" in script
    assert project.tables() == set()
    with project.engine.connect() as connection:
        if project.engine.dialect.name == "sqlite":
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.executescript(script)
        else:
            connection.exec_driver_sql(script.replace("%", "%%"))
            connection.commit()
    assert project.tables() == {"users"}
    project.db("current", "--check-heads")
    project.db("check")


def test_ranges_of_sql(started: Project) -> None:
    """--sql takes a range, upwards and downwards, and needs one to go down from."""
    first = started.rows().pop()
    second = started.revise(USERS_WITH_EMAIL)
    up = started.db("upgrade", "--sql", f"{first}:{second}").stdout
    assert "ADD COLUMN" in up
    assert "CREATE TABLE" not in up
    down = started.db("downgrade", "--sql", f"{second}:{first}").stdout
    assert second in down
    assert started.rows() == {second}
    assert "only" in started.db("upgrade", f"{first}:{second}", code=1).stderr


def test_stamp(started: Project) -> None:
    """stamp writes the version rows and runs nothing; several revisions and base are possible."""
    first = started.rows().pop()
    write_revision(started, "left", first, "op.execute('nonsense')")
    write_revision(started, "right", first, "op.execute('nonsense')")
    started.db("stamp", "left", "right")
    assert started.rows() == {"left", "right"}
    started.db("stamp", "base")
    assert started.rows() == set()
    started.db("stamp", "heads")
    assert started.rows() == {"left", "right"}
    started.db("stamp", "--purge", first)
    assert started.rows() == {first}
    assert "version_num" in started.db("stamp", "--sql", "left").stdout
    assert started.rows() == {first}
    [done] = started.json("stamp", "left")
    assert done == {"bind": "default", "before": [first], "after": ["left"]}


def test_ensure_version(project: Project) -> None:
    """ensure-version makes the version table, empty, and a second time does nothing."""
    project.db("init")
    assert "CREATE TABLE" in project.db("ensure-version", "--sql").stdout
    assert not sa.inspect(project.engine).has_table("alembic_version")
    project.db("ensure-version")
    project.db("ensure-version")
    assert sa.inspect(project.engine).has_table("alembic_version")
    assert project.rows() == set()


def test_reading_commands_make_no_tables(project: Project) -> None:
    """current, heads, history, check and diff leave an empty database empty."""
    project.db("init")
    project.db("migrate")
    for command in ("current", "heads", "history", "branches", "show", "diff", "plan"):
        project.db(command)
    project.db("check", code=1)
    assert sa.inspect(project.engine).get_table_names() == []
