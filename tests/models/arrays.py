"""PostgreSQL's own types: arrays, ranges, network addresses, text search, and their indexes."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

DATABASES = ("postgresql",)

metadata = sa.MetaData()

level = postgresql.ENUM("low", "middle", "high", name="level")

readings = sa.Table(
    "readings",
    metadata,
    sa.Column(
        "id", sa.BigInteger, sa.Identity(always=True, start=100, increment=5), primary_key=True
    ),
    sa.Column("values", postgresql.ARRAY(sa.Integer), nullable=False),
    sa.Column("matrix", postgresql.ARRAY(sa.Numeric(8, 3), dimensions=2)),
    sa.Column("names", sa.ARRAY(sa.String(40)), server_default=sa.text("'{}'")),
    sa.Column("levels", postgresql.ARRAY(level)),
    sa.Column("level", level, nullable=False, server_default="low"),
    sa.Column("during", postgresql.TSTZRANGE),
    sa.Column("rooms", postgresql.INT4RANGE, nullable=False),
    sa.Column("address", postgresql.INET),
    sa.Column("network", postgresql.CIDR),
    sa.Column("mac", postgresql.MACADDR),
    sa.Column("words", postgresql.TSVECTOR),
    sa.Column("labels", postgresql.JSONB, server_default=sa.text("'{}'::jsonb")),
    sa.Column("flags", postgresql.BIT(8)),
    sa.Column("stamp", postgresql.TIMESTAMP(timezone=True, precision=3)),
    sa.Column("price", sa.Numeric(10, 2)),
    sa.Column("gross", sa.Numeric(12, 4), sa.Computed("price * 1.2", persisted=True)),
    postgresql.ExcludeConstraint(("rooms", "&&"), name="rooms_once", using="gist"),
    sa.UniqueConstraint("address", "mac", name="device"),
    comment="What the instruments said",
)

sa.Index("ix_readings_values", readings.c["values"], postgresql_using="gin")
sa.Index("ix_readings_words", readings.c.words, postgresql_using="gin")
sa.Index(
    "ix_readings_labels",
    readings.c.labels,
    postgresql_using="gin",
    postgresql_ops={"labels": "jsonb_path_ops"},
)
sa.Index(
    "ix_readings_high",
    readings.c.stamp.desc(),
    postgresql_where=readings.c.price > 100,
    postgresql_include=["address"],
)
sa.Index("ix_readings_filled", readings.c.price, postgresql_with={"fillfactor": 70}, unique=False)
