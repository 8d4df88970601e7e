"""One batch block."""

from __future__ import annotations

from dataclasses import dataclass

START = """
CREATE TABLE owners (id INTEGER NOT NULL, name VARCHAR(20), PRIMARY KEY (id));
CREATE TABLE t (
    id INTEGER NOT NULL,
    a VARCHAR(20),
    b INTEGER DEFAULT '7' NOT NULL,
    c TEXT,
    owner_id INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT uq_a UNIQUE (a),
    CONSTRAINT ck_b CHECK (b > 0),
    CONSTRAINT fk_owner FOREIGN KEY(owner_id) REFERENCES owners (id) ON DELETE CASCADE
);
CREATE INDEX ix_c ON t (c);
INSERT INTO owners VALUES (1, 'ann'), (2, 'bob');
INSERT INTO t VALUES (1, 'x', 1, 'one', 1), (2, 'y', 2, NULL, 2), (5, NULL, 7, 'five', NULL);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A body with batch blocks in it, run on the tables of ``start``.

    ``differs`` is why the database is not as Alembic leaves it, ``peer_fails`` why Alembic cannot
    run the body at all; then ``ends`` is SQL that makes what must be there. ``peer`` is what
    Alembic runs instead, to come to the same.
    """

    name: str
    body: str
    start: str = START
    differs: str = ""
    peer_fails: str = ""
    peer: str = ""
    ends: str = ""
