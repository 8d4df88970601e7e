"""The garbage collector while a command runs."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from flask import Flask
from flask.cli import AppGroup
from flask_sqlalchemy import SQLAlchemy

from flaskmig import Migrate


@pytest.mark.parametrize("words", [["heads"], ["upgrade", "nowhere"]])
def test_left_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    """A command sets aside what was imported, and takes it back when it ends or fails."""
    app = Flask("collected")
    app.config["SQLALCHEMY_DATABASE_URI"] = f"sqlite:///{tmp_path / 'app.db'}"
    Migrate(app, SQLAlchemy(app), directory=str(tmp_path / "migrations"))
    counts: list[int] = []
    invoke = AppGroup.invoke

    def counting(self: AppGroup, context: object) -> object:
        counts.append(gc.get_freeze_count())
        return invoke(self, context)  # type: ignore[arg-type]

    monkeypatch.setattr(AppGroup, "invoke", counting)
    app.test_cli_runner().invoke(args=["db", *words])
    assert counts[-1] > 1000
    assert gc.get_freeze_count() == 0
