"""A database at which a whole history was applied, without running it for that."""

from __future__ import annotations

import uuid
from pathlib import Path

import sqlalchemy as sa

from flaskmig.dialects import dialect_of
from flaskmig.engine.configuration.options import Options
from flaskmig.engine.files.scripts import Scripts
from flaskmig.engine.records.history import History
from flaskmig.engine.records.journal import journal_of
from flaskmig.engine.records.journal_rows import RevisionRecord
from flaskmig.engine.records.moments import now


def write_journal(url: str, directory: Path) -> None:
    """What an upgrade to the head leaves in the journal, for every revision of the folder."""
    scripts = Scripts(directory, Options(env_py="ignore"))
    run = uuid.uuid4().hex
    records = [
        RevisionRecord(
            run=run,
            revision=revision.id,
            direction="upgrade",
            file_sha256=scripts.checksum_alone(revision.id),
            parents=revision.parents,
            started_at=now(),
            duration_ms=3,
        )
        for revision in reversed(list(scripts.graph))
    ]
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        journal = journal_of(History(connection, dialect_of(connection)))
        journal.ensure()
        journal.note_all(records)
    engine.dispose()
