"""``flask db upgrade``, ``downgrade``, ``stamp`` and ``ensure-version``."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from tests.cli.project import USERS, USERS_WITH_EMAIL, Project

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
    project.quick("init")
    project.quick("migrate", "-m", "users")
    done = project.db("upgrade")
    [revision] = project.rows()
    assert f"Running upgrade base -> {revision}, users" in done.stderr
    assert done.stdout == ""
    assert project.tables() == {"users"}


def test_upgrade_twice(started: Project) -> None:
    """upgrade of an up-to-date database exits with 0 and runs nothing."""
    done = started.quick("upgrade")
    assert "Running" not in done.stderr
    assert done.stdout == ""


def test_json(project: Project) -> None:
    """upgrade --json prints what ran."""
    project.quick("init")
    project.quick("migrate")
    [database] = project.quick_json("upgrade")
    assert [step["direction"] for step in database["applied"]] == ["upgrade"]
    assert project.quick_json("upgrade") == [{"bind": "default", "applied": [], "warnings": []}]


def test_relative_and_partial(started: Project) -> None:
    """+1, -1, partial ids and base are understood."""
    first = started.rows().pop()
    second = started.revise(USERS_WITH_EMAIL)
    started.quick("downgrade", "-2")
    assert started.rows() == set()
    started.quick("upgrade", "+1")
    assert started.rows() == {first}
    started.quick("upgrade", second[:6])
    assert started.rows() == {second}
    started.quick("downgrade", f"{second}-1")
    assert started.rows() == {first}


def test_several_heads(started: Project) -> None:
    """With several heads `heads` upgrades to all of them, and after a merge there is one."""
    [first] = started.rows()
    write_revision(started, "left", first)
    write_revision(started, "right", first)
    started.quick("upgrade", "heads")
    assert started.rows() == {"left", "right"}
    started.quick("merge", "-m", "together", "left", "right")
    started.quick("upgrade")
    assert len(started.rows()) == 1
    started.quick("migrate")


def test_tables_without_history(project: Project) -> None:
    """upgrade does not run a history over tables that are there already, and names stamp."""
    project.quick("init")
    project.quick("migrate")
    project.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL)")
    done = project.db("upgrade", code=1)
    assert "users" in done.stderr
    assert "flask db stamp" in done.stderr
    assert project.rows() == set()


def test_upgrade_sql(project: Project) -> None:
    """--sql prints a script that does what upgrade does, and runs nothing."""
    project.quick("init")
    project.quick("migrate")
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
    project.quick("current", "--check-heads")
    project.quick("check")


def test_ranges_of_sql(started: Project) -> None:
    """--sql takes a range, upwards and downwards, and needs one to go down from."""
    first = started.rows().pop()
    second = started.revise(USERS_WITH_EMAIL)
    up = started.quick("upgrade", "--sql", f"{first}:{second}").stdout
    assert "ADD COLUMN" in up
    assert "CREATE TABLE" not in up
    down = started.quick("downgrade", "--sql", f"{second}:{first}").stdout
    assert second in down
    assert started.rows() == {second}
    assert "only" in started.quick("upgrade", f"{first}:{second}", code=1).stderr


def test_stamp(started: Project) -> None:
    """stamp writes the version rows and runs nothing; several revisions and base are possible."""
    first = started.rows().pop()
    write_revision(started, "left", first, "op.execute('nonsense')")
    write_revision(started, "right", first, "op.execute('nonsense')")
    started.quick("stamp", "left", "right")
    assert started.rows() == {"left", "right"}
    started.quick("stamp", "base")
    assert started.rows() == set()
    started.quick("stamp", "heads")
    assert started.rows() == {"left", "right"}
    started.quick("stamp", "--purge", first)
    assert started.rows() == {first}
    assert "version_num" in started.quick("stamp", "--sql", "left").stdout
    assert started.rows() == {first}
    [done] = started.quick_json("stamp", "left")
    assert done == {"bind": "default", "before": [first], "after": ["left"]}


def test_ensure_version(project: Project) -> None:
    """ensure-version makes the version table, empty, and a second time does nothing."""
    project.quick("init")
    assert "CREATE TABLE" in project.quick("ensure-version", "--sql").stdout
    assert not sa.inspect(project.engine).has_table("alembic_version")
    project.quick("ensure-version")
    project.quick("ensure-version")
    assert sa.inspect(project.engine).has_table("alembic_version")
    assert project.rows() == set()


def test_reading_commands_make_no_tables(project: Project) -> None:
    """current, heads, history, check and diff leave an empty database empty."""
    project.quick("init")
    project.quick("migrate")
    for command in ("current", "heads", "history", "branches", "show", "diff", "plan"):
        project.quick(command)
    project.quick("check", code=1)
    assert sa.inspect(project.engine).get_table_names() == []


def test_downgrade_of_a_changed_file(started: Project) -> None:
    """downgrade stops at a file that was changed, and --accept-changed runs it as it is now."""
    first = started.rows().pop()
    path = write_revision(started, "wrong", first, downgrade="op.execute('nonsense')")
    started.quick("upgrade")
    path.write_text(path.read_text().replace("op.execute('nonsense')", "pass"))
    done = started.quick("downgrade", code=1)
    assert "was changed" in done.stderr
    assert "--accept-changed" in done.stderr
    assert started.rows() == {"wrong"}
    done = started.quick("downgrade", "--accept-changed")
    assert "Warning: " in done.stderr
    assert started.rows() == {first}


def test_every_file_is_looked_at_first(started: Project) -> None:
    """A file that cannot run stops upgrade before the ones below it have run."""
    first = started.rows().pop()
    write_revision(started, "one", first)
    path = write_revision(started, "two", "one")
    good = path.read_text()
    for bad in ("x = = 1", "nonlocal x"):
        path.write_text(f"{good}    {bad}\n")
        done = started.quick("upgrade", code=1)
        assert path.name in done.stderr
        assert started.rows() == {first}
    path.write_text(good)
    started.quick("upgrade")
    path.write_text(f"{good}    x = = 1\n")
    started.quick("downgrade", "--accept-changed", "base", code=1)
    assert started.rows() == {"two"}


def test_sql_and_json(sqlite_project: Project) -> None:
    """--sql and --json together are refused."""
    sqlite_project.db("init")
    for command in ("upgrade", "downgrade", "stamp"):
        assert "--sql" in sqlite_project.db(command, "--sql", "--json", code=2).stderr


def test_tag_of_stamp(sqlite_project: Project) -> None:
    """stamp --tag is accepted and said to have no effect."""
    sqlite_project.db("init")
    assert "--tag has no effect" in sqlite_project.db("stamp", "--tag", "x", "base").stderr


def test_folder_that_everybody_may_write(started: Project) -> None:
    """Commands that read warn about it on stderr, and only running a file is refused."""
    first = started.rows().pop()
    (started.folder / "migrations").chmod(0o777)
    for command in ("current", "heads", "history", "check", "upgrade"):
        done = started.db(command)
        assert "others may write the folder" in done.stderr
        assert "others" not in done.stdout
    done = started.db("downgrade", code=1)
    assert "trust_directory" in done.stderr
    assert started.rows() == {first}
    started.write(USERS, options=", trust_directory=True")
    assert "others" not in started.db("downgrade").stderr
    assert started.rows() == set()
