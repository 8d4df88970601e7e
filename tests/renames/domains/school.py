"""Courses and marks."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)  # fmt: skip

metadata = MetaData()

Table(
    "teachers", metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("room", String(10)),
    Column("email", String(100), nullable=False, unique=True),
    Column("fulltime", Boolean, nullable=False),
)  # fmt: skip

Table(
    "courses", metadata,
    Column("id", Integer, primary_key=True),
    Column("teacher_id", Integer, ForeignKey("teachers.id"), nullable=False),
    Column("code", String(12), nullable=False, unique=True),
    Column("title", String(150), nullable=False),
    Column("credits", SmallInteger, nullable=False),
    Column("syllabus", Text),
    CheckConstraint("credits between 1 and 30", name="ck_credits"),
)  # fmt: skip

Table(
    "students", metadata,
    Column("matric", Integer, primary_key=True),
    Column("name", String(100), nullable=False),
    Column("born", Date),
    Column("address1", String(120)),
    Column("address2", String(120)),
    Column("city", String(60)),
    Column("tutor_id", Integer, ForeignKey("teachers.id")),
)  # fmt: skip

Table(
    "enrolments", metadata,
    Column("id", Integer, primary_key=True),
    Column("student", Integer, ForeignKey("students.matric"), nullable=False),
    Column("course", Integer, ForeignKey("courses.id"), nullable=False),
    Column("enrolled", DateTime),
    Column("mark", SmallInteger),
    UniqueConstraint("student", "course"),
)  # fmt: skip
