"""The commands that look: history, heads, branches, current, show, check, diff, plan; merge."""

from __future__ import annotations

from tests.cli.project import USERS_WITH_EMAIL, Project
from tests.cli.test_running import write_revision


def test_current(started: Project) -> None:
    """current prints the revision and whether it is the head; -v the URL without its password."""
    [revision] = started.rows()
    assert started.quick("current").stdout == f"{revision} (head) (current)\n"
    verbose = started.quick("current", "-v").stdout
    assert "Path: " in verbose
    password = started.engine.url.password
    assert password is None or str(password) not in verbose
    [database] = started.quick_json("current")
    assert database["is_at_heads"] is True
    assert [entry["revision"] for entry in database["revisions"]] == [revision]


def test_current_of_an_empty_database(project: Project) -> None:
    """current of a database without version table prints nothing and makes none."""
    project.quick("init")
    project.quick("migrate")
    assert project.quick("current").stdout == ""
    assert project.quick_json("current")[0]["is_at_heads"] is False


def test_check_heads(started: Project) -> None:
    """current --check-heads fails unless every head is applied."""
    started.quick("current", "--check-heads")
    started.quick("revision")
    done = started.quick("current", "-c", code=1)
    assert "flask db upgrade" in done.stderr


def test_history(started: Project) -> None:
    """history lists newest first, with parents and messages; -v and -r and -i work."""
    first = started.rows().pop()
    write_revision(started, "second", first)
    done = started.quick("history", "-i").stdout.splitlines()
    assert done == [
        f"{first} -> second (head), message of second",
        f"<base> -> {first} (current), users",
    ]
    assert started.quick("history", "-r", "current:").stdout.count("->") == 2
    assert started.quick("history", "-r", f":{first}").stdout.count("->") == 1
    assert "Path: " in started.quick("history", "-v").stdout
    assert [entry["revision"] for entry in started.quick_json("history")] == ["second", first]


def test_heads_and_branches(started: Project) -> None:
    """heads lists what nothing follows, branches what several follow."""
    first = started.rows().pop()
    write_revision(started, "left", first)
    write_revision(started, "right", first)
    assert set(started.quick("heads").stdout.splitlines()) == {"left (head)", "right (head)"}
    assert "Parent: " in started.quick("heads", "-v").stdout
    lines = started.quick("branches").stdout.splitlines()
    assert lines[0] == f"{first} (branchpoint)"
    assert {line.strip() for line in lines[1:]} == {"-> left", "-> right"}
    assert {entry["revision"] for entry in started.quick_json("heads")} == {"left", "right"}
    assert [entry["revision"] for entry in started.quick_json("branches")] == [first]


def test_depends_on(started: Project) -> None:
    """A head that another revision depends on is left out by --resolve-dependencies."""
    first = started.rows().pop()
    started.quick("revision", "--rev-id", "other", "--head", "base", "--branch-label", "side")
    started.quick(
        "revision", "--rev-id", "needy", "--head", f"{first}@head", "--depends-on", "other"
    )
    assert {entry["revision"] for entry in started.quick_json("heads")} == {"other", "needy"}
    resolved = started.quick_json("heads", "--resolve-dependencies")
    assert [entry["revision"] for entry in resolved] == ["needy"]
    assert resolved[0]["depends_on"] == ["other"]
    started.quick("upgrade", "needy")
    assert started.rows() == {"needy"}
    started.quick("current", "--check-heads")


def test_show(started: Project) -> None:
    """show prints the whole header; current and heads are revisions too."""
    [revision] = started.rows()
    text = started.quick("show").stdout
    assert f"Rev: {revision} (head)" in text
    assert "Parent: <base>" in text
    assert "users" in text
    assert started.quick_json("show", "current") == started.quick_json("show", revision)


def test_merge(started: Project) -> None:
    """merge joins heads; without arguments all of them; one is too few; --splice takes others."""
    first = started.rows().pop()
    assert "two" in started.quick("merge", code=1).stderr
    write_revision(started, "left", first)
    write_revision(started, "right", first)
    write_revision(started, "top", "right")
    assert "right" in started.quick("merge", "left", "right", code=1).stderr
    started.quick("merge", "--rev-id", "spliced", "--splice", "left", "right")
    started.quick("merge", "--rev-id", "joined", "-m", "all")
    [head] = started.quick_json("heads")
    assert head["revision"] == "joined"
    assert set(head["parents"]) == {"spliced", "top"}
    assert head["message"] == "all"


def test_splice(started: Project) -> None:
    """A parent that is no head is refused without --splice."""
    first = started.rows().pop()
    write_revision(started, "second", first)
    assert "--splice" in started.quick("revision", "--head", first, code=1).stderr
    started.quick("revision", "--head", first, "--splice", "--rev-id", "third")
    assert {entry["revision"] for entry in started.quick_json("heads")} == {"second", "third"}


def test_check(started: Project) -> None:
    """check exits with 1 and a line for each difference, and with 0 where there is none."""
    assert started.quick("check").stdout == "No new upgrade operations detected.\n"
    started.write(USERS_WITH_EMAIL)
    done = started.quick("check", code=1)
    assert "add column users.email" in done.stdout
    assert "1 new upgrade operation detected" in done.stderr
    [database] = started.quick_json("check", code=1)
    assert database["bind"] == "default"
    assert len(database["operations"]) == 1


def test_changed_file(started: Project) -> None:
    """A file that was changed after it was applied: current warns, check fails."""
    [file] = started.files
    file.write_text(file.read_text().replace("def upgrade", "X = 1\n\n\ndef upgrade"))
    assert "Warning" in started.quick("current").stderr
    assert file.stem.split("_")[0] in started.quick("check", code=1).stderr
    assert "Warning" in started.quick("upgrade").stderr


def test_diff(started: Project) -> None:
    """diff shows what migrate would write, as lines, SQL, Python or JSON, and writes nothing."""
    assert started.quick("diff", "--exit-code").stdout == "No changes in schema detected.\n"
    started.write(USERS_WITH_EMAIL)
    assert started.quick("diff").stdout == "add column users.email\n"
    assert "ADD COLUMN" in started.quick("diff", "--sql").stdout
    assert 'op.add_column("users"' in started.quick("diff", "--python").stdout
    assert len(started.quick_json("diff")[0]["operations"]) == 1
    started.quick("diff", "--exit-code", code=1)
    started.quick("diff", "--json", "--sql", code=2)
    assert len(started.files) == 1


def test_plan(project: Project) -> None:
    """plan shows the statements that upgrade would run, and runs none."""
    project.quick("init")
    project.quick("migrate", "-m", "users")
    text = project.quick("plan").stdout
    assert "CREATE TABLE" in text
    [database] = project.quick_json("plan")
    assert database["bind"] == "default"
    assert "CREATE TABLE" in project.quick("plan", "--sql").stdout
    assert project.tables() == set()
    project.quick("upgrade")
    assert "CREATE TABLE" not in project.quick("plan").stdout


def test_edit(started: Project) -> None:
    """edit opens the file of a revision in $EDITOR."""
    script = started.folder / "editor.sh"
    script.write_text('#!/bin/sh\necho "$1" > edited\n')
    script.chmod(0o755)
    for revision in ("head", "current"):
        started.db("edit", revision, EDITOR=str(script), VISUAL="")
        edited = (started.folder / "edited").read_text().strip()
        assert edited.endswith(started.files[0].name)
    assert "Error: " in started.db("edit", EDITOR="/nonesuch", VISUAL="", code=1).stderr
