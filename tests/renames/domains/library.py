"""Books and loans."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Numeric,
    Sequence,
    String,
    Table,
    Text,
    UniqueConstraint,
)  # fmt: skip

metadata = MetaData()

card_numbers = Sequence("card_numbers", start=100000, metadata=metadata)

Table(
    "authors", metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("bio", Text),
    Column("born", Date),
    Column("died", Date),
)  # fmt: skip

Table(
    "books", metadata,
    Column("isbn", String(13), primary_key=True),
    Column("author_id", Integer, ForeignKey("authors.id"), nullable=False),
    Column("title", String(250), nullable=False, index=True),
    Column("published", Integer),
    Column("pages", Integer),
    Column("language", String(2)),
    Column("shelf", String(10)),
    CheckConstraint("pages > 0", name="ck_books_pages"),
)  # fmt: skip

Table(
    "readers", metadata,
    Column("id", Integer, primary_key=True),
    Column("card", Integer, server_default=card_numbers.next_value(), unique=True),
    Column("name", String(100), nullable=False),
    Column("email", String(120)),
    Column("level", Enum("child", "adult", "staff", name="reader_level"), nullable=False),
    Column("joined", Date),
)  # fmt: skip

Table(
    "loans", metadata,
    Column("id", Integer, primary_key=True),
    Column("isbn", String(13), ForeignKey("books.isbn"), nullable=False),
    Column("reader_id", Integer, ForeignKey("readers.id"), nullable=False),
    Column("lent", DateTime, nullable=False),
    Column("due", Date, nullable=False),
    Column("returned", DateTime),
    Column("fine", Numeric(6, 2)),
    UniqueConstraint("isbn", "lent", name="one_loan"),
    Index("ix_loans_due", "due"),
)  # fmt: skip
