from typing import Any

import sqlalchemy as sa


class Upper(sa.types.TypeDecorator[str]):
    """Text in capital letters."""

    impl = sa.String(40)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        return value.upper() if value is not None else None


metadata = sa.MetaData()

sa.Table(
    "items",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("value", Upper),
)
