"""Types that the application defines: decorators over others, and a type of its own."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine, UserDefinedType

DATABASES = ("sqlite", "postgresql")

metadata = sa.MetaData()


class Lowercase(TypeDecorator[str]):
    """Text that is stored in lower case."""

    impl = sa.String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return value.lower() if value is not None else None


class Money(TypeDecorator[int]):
    """An amount in cents; its scale is an argument that a revision file has to repeat."""

    impl = sa.BigInteger
    cache_ok = True

    def __init__(self, currency: str = "EUR") -> None:
        super().__init__()
        self.currency = currency


class Point(UserDefinedType[Any]):
    """A type that the database knows by a name of its own."""

    cache_ok = True

    def get_col_spec(self, **keywords: Any) -> str:
        return "POINT"


class Network(TypeDecorator[str]):
    """A type whose implementation depends on the database."""

    impl = sa.String(64)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import INET

            return dialect.type_descriptor(INET())
        return dialect.type_descriptor(sa.String(64))


places = sa.Table(
    "places",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("slug", Lowercase(60), nullable=False, unique=True),
    sa.Column("rent", Money(), nullable=False, server_default="0"),
    sa.Column("deposit", Money("CHF")),
    sa.Column("where", Point().with_variant(sa.String(40), "sqlite")),
    sa.Column("from_network", Network),
    sa.Column("secret", sa.PickleType),
)
