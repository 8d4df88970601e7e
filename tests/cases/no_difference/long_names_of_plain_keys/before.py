import sqlalchemy as sa

metadata = sa.MetaData()
sa.Table(
    "a_table_with_a_rather_long_name_of_more_than_forty_bytes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("a_column_with_a_rather_long_name_too", sa.Integer, unique=True),
    sa.Column(
        "another_column_with_a_long_name",
        sa.Integer,
        sa.ForeignKey("a_table_with_a_rather_long_name_of_more_than_forty_bytes.id"),
    ),
    sa.CheckConstraint("another_column_with_a_long_name > 0"),
)
