"""Many to many: a bare association table, one with data of its own, and one to itself."""

from __future__ import annotations

import sqlalchemy as sa

DATABASES = ("sqlite", "postgresql")

metadata = sa.MetaData()

students = sa.Table(
    "students",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(100), nullable=False),
)

courses = sa.Table(
    "courses",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("code", sa.String(12), nullable=False, unique=True),
    sa.Column("title", sa.Unicode(200), nullable=False),
)

attendance = sa.Table(
    "attendance",
    metadata,
    sa.Column("student_id", sa.ForeignKey("students.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("course_id", sa.ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True),
)

grades = sa.Table(
    "grades",
    metadata,
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("student_id", sa.Integer, nullable=False),
    sa.Column("course_id", sa.Integer, nullable=False),
    sa.Column("grade", sa.Numeric(3, 1)),
    sa.Column("given_on", sa.Date, nullable=False, server_default=sa.func.current_date()),
    sa.ForeignKeyConstraint(
        ["student_id", "course_id"],
        ["attendance.student_id", "attendance.course_id"],
        name="grades_attendance",
        onupdate="CASCADE",
        ondelete="CASCADE",
    ),
    sa.UniqueConstraint("student_id", "course_id", "given_on", name="one_grade_a_day"),
    sa.CheckConstraint("grade >= 1 AND grade <= 6", name="grade_range"),
)

friendships = sa.Table(
    "friendships",
    metadata,
    sa.Column("left_id", sa.ForeignKey("students.id"), primary_key=True),
    sa.Column("right_id", sa.ForeignKey("students.id"), primary_key=True, index=True),
    sa.CheckConstraint("left_id < right_id", name="friendship_once"),
)
