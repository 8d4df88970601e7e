from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()
other = sa.Table("other", metadata, sa.Column("id", sa.Integer, primary_key=True))
