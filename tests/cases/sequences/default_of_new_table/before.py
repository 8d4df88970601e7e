import sqlalchemy as sa

metadata = sa.MetaData()

sa.Sequence("unused", metadata=metadata)
