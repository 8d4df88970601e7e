"""One project's story in which every command is a process of its own and gets every option."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import click
import pytest
import sqlalchemy as sa

from flaskmig.cli import group
from tests.cli.project import USERS, Project
from tests.conftest import MakeDatabase

CLICKS = """

class Click(db.Model):
    __bind_key__ = "events"
    id = db.Column(db.Integer, primary_key=True)
"""
MAIL = USERS + "    mail = db.Column(db.String(120))\n" + CLICKS
EMAIL = MAIL.replace("mail =", "email =")
AGE = (
    USERS
    + "    email = db.Column(db.String(120))\n    age = db.Column(db.Integer, nullable=False)\n"
)
HEIGHT = AGE.replace("email =", "address =") + "    height = db.Column(db.Float, nullable=False)\n"


class Story:
    """Runs commands on the project and remembers which options each of them was given."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.given: dict[str, set[str]] = defaultdict(set)

    def run(self, command: str, *arguments: str, code: int = 0, **environment: str) -> str:
        options = {str(each) for each in arguments if each.startswith("-")}
        self.given[command] |= options
        where = ["-d", "schema"] if "-d" in self.options(command) else []
        where += ["-x", "a=1"] if "-x" in self.options(command) else []
        where += ["--bind", "default"] if "--bind" in self.options(command) else []
        self.given[command] |= {each for each in where if each.startswith("-")}
        done = self.project.db(command, *where, *arguments, code=code, **environment)
        return done.stdout

    def json(self, command: str, *arguments: str, code: int = 0) -> Any:
        return json.loads(self.run(command, *arguments, "--json", code=code))

    @staticmethod
    def options(command: str) -> set[str]:
        """Every spelling of every option."""
        options = (
            each for each in group.commands[command].params if isinstance(each, click.Option)
        )
        return {spelling for option in options for spelling in option.opts}

    def untold(self) -> dict[str, list[str]]:
        """The commands that did not run, and the options that none of them was given."""
        found = {}
        for name, command in group.commands.items():
            options = [each for each in command.params if isinstance(each, click.Option)]
            left = [each.opts[-1] for each in options if not self.given[name] & set(each.opts)]
            if left or name not in self.given:
                found[name] = left
        return found


@pytest.fixture
def story(tmp_path: Path, engine: sa.Engine, make_database: MakeDatabase) -> Story:
    # On SQLite the tour of the examples starts each of its commands anew.
    project = Project(tmp_path, engine, is_real=engine.dialect.name == "postgresql")
    events = make_database(engine.dialect.name).url.render_as_string(hide_password=False)
    write = project.write
    project.write = lambda models, **others: write(models, binds={"events": events}, **others)  # type: ignore[method-assign]
    return Story(project)


def test_every_command_and_option(story: Story) -> None:
    """Every command there is does its work with every option it has."""
    files_are_made(story)
    database_is_changed(story)
    differences_are_told(story)
    snapshots_are_taken(story)
    branches_are_joined(story)
    database_is_told_of(story)
    assert story.untold() == {}


def files_are_made(story: Story) -> None:
    story.project.write(MAIL)
    names = [row["name"] for row in story.json("list-templates")]
    assert "flask-multidb" in names
    made = story.run("init", "--multidb", "-t", "flask-multidb", "--package")
    assert str(Path("schema", "versions", "__init__.py")) in made
    story.run(
        *("revision", "-m", "by hand", "--rev-id", "zero", "--head", "base", "--splice"),
        *("--branch-label", "main", "--version-path", "schema/versions"),
    )
    story.run("revision", "--rev-id", "other", "--head", "base", "--splice", "--branch-label", "on")
    assert "CREATE TABLE" in story.run("ensure-version", "--sql")
    story.run("ensure-version")
    assert story.project.tables() == set()


def database_is_changed(story: Story) -> None:
    times = ("--lock-wait", "9", "--lock-timeout", "8", "--statement-timeout", "7", "-v")
    [done] = story.json("upgrade", "--tag", "nightly", *times, "heads")
    assert [step["revision"] for step in done["applied"]] == ["zero", "other"]
    story.run(
        *("migrate", "-m", "users", "--rev-id", "one", "--head", "zero", "--splice"),
        *("--branch-label", "people", "--version-path", "schema/versions", "--depends-on", "other"),
    )
    assert "CREATE TABLE" in story.run("plan", "--sql", "one")
    [planned] = story.json("plan", "one")
    assert [step["revision"] for step in planned["revisions"]] == ["one"]
    assert "CREATE TABLE" in story.run("upgrade", "--sql", "zero:one")
    story.run("upgrade", "people@head")
    assert story.project.tables() == {"users"}


def differences_are_told(story: Story) -> None:
    project = story.project
    project.execute("INSERT INTO users (id, name, mail) VALUES (1, 'Ada', 'ada@example.org')")
    project.execute("CREATE TABLE leftover (id INTEGER)")
    project.write(AGE)
    said = ("--rename", "users.mail:email", "--no-rename", "--drop", "leftover")
    for command in ("check", "diff"):
        exit_code = ["--exit-code"] if command == "diff" else []
        [found] = story.json(command, *said, *exit_code, code=1)
        assert len(found["operations"]) == 3
    assert "DROP TABLE" in story.run("diff", "--sql", *said)
    assert "op.drop_table" in story.run("diff", "--python", *said)
    branch = ("--head", "people@head")
    story.run("migrate", *branch, *said, "--backfill", "users.age=36", "--verify")
    story.run("upgrade", "people@head")
    project.execute("CREATE TABLE leftover (id INTEGER)")
    project.write(HEIGHT)
    said = ("--rename", "users.email:address", "--no-rename", "--drop", "leftover")
    filled = ("--backfill", "users.height=1.7")
    story.run("revision", "--autogenerate", "--verify", *branch, *said, *filled)
    story.run("upgrade", "people@head")
    with project.engine.connect() as connection:
        [row] = connection.exec_driver_sql("SELECT name, address, age, height FROM users").all()
    assert tuple(row) == ("Ada", "ada@example.org", 36, 1.7)
    for command in ("migrate", "revision"):
        story.run(command, "--sql", code=1)


def snapshots_are_taken(story: Story) -> None:
    story.run("snapshot", "there.json")
    story.run("snapshot", "--of", "models", "wanted.json")
    story.run("diff", "--from", "there.json", "--to", "database", "--exit-code")
    assert "No changes" in story.run("diff", "--from", "there.json", "--to", "wanted.json")


def branches_are_joined(story: Story) -> None:
    story.run("revision", "--rev-id", "late", "--head", "other", "--depends-on", "one")
    story.run("revision", "--rev-id", "later", "--head", "other", "--splice")
    [branching] = story.json("branches", "-v")
    assert branching["revision"] == "other"
    assert len(story.json("heads", "-v", "--resolve-dependencies")) == 3
    story.run("merge", "-m", "all", "--rev-id", "top", "--branch-label", "joined", "--splice")
    story.run("upgrade")
    squashed = story.json("squash", "zero:one", "-m", "the first two", "--dry-run")
    assert (squashed["revision"], squashed["path"]) == ("one", None)
    assert squashed["replaces"] == ["zero"]


def database_is_told_of(story: Story) -> None:
    project = story.project
    [database] = story.json("current", "-v", "-c")
    assert database["is_at_heads"] is True
    listed = story.json("history", "-v", "-i", "-r", "zero:current")
    assert [entry["revision"] for entry in listed if entry["current_in"]] == ["top"]
    assert story.json("show", "joined")[0]["message"] == "all"
    story.run("edit", "top", EDITOR="true", VISUAL="")
    assert "DROP TABLE" in story.run("downgrade", "--sql", "one:zero")
    times = ("--lock-wait", "9", "--lock-timeout", "8", "--statement-timeout", "7", "-v")
    [done] = story.json("downgrade", "--tag", "t", "--accept-changed", *times)
    assert [step["revision"] for step in done["applied"]] == ["top"]
    assert "version_num" in story.run("stamp", "--sql", "top")
    [stamped] = story.json("stamp", "--tag", "t", "--purge", "--lock-wait", "9", "top")
    assert stamped["after"] == ["top"]
    assert project.rows() == {"top"}
    [screen] = story.json("status")
    assert screen["current"] == ["top"]
    assert story.json("resolve", "--lock-wait", "9")[0]["unfinished"] == []
    for said in ("--ran", "--not-run", "--applied", "--undone"):
        story.run("resolve", said, code=1)
    assert story.json("repair", "--lock-wait", "10")[0]["findings"] == []
    path = next(Path(project.folder).rglob("*top*.py"))
    path.write_text(path.read_text() + "# later\n")
    [found] = story.json("repair", code=1)
    assert [each["kind"] for each in found["findings"]] == ["changed"]
    assert story.json("repair", "--accept", "top")[0]["accepted"] == ["top"]
    project.execute("UPDATE alembic_version SET version_num = 'gone'")
    story.run("repair", "--restamp", "gone:top")
    assert project.rows() == {"top"}
    found = story.json("adopt", "--dry-run", "--rewrite", "--lock-wait", "9")
    assert (found["left"], found["problems"], found["carried_out"]) == ([], [], False)
    assert story.json("leave", code=1)["done"] is False
    assert story.json("leave", "--force", "--lock-wait", "9")["removed"] == ["default"]
