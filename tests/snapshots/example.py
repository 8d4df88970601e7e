"""A schema with one of everything that a snapshot of format 1 may hold."""

from __future__ import annotations

from flaskmig.schema import (
    Check,
    Column,
    Enum,
    Exclude,
    ExcludeElement,
    Extension,
    ForeignKey,
    Function,
    Generated,
    Identity,
    Index,
    IndexPart,
    PrimaryKey,
    QualifiedName,
    Schema,
    Sequence,
    Settings,
    Source,
    Table,
    Trigger,
    Type,
    Unique,
    View,
)

STATE = QualifiedName("state", "blog")
POSTS = QualifiedName("posts", "blog")
TICKETS = QualifiedName("tickets")

USERS = Table(
    name=QualifiedName("users"),
    columns=(
        Column(
            name="id",
            type=Type(sql="bigint"),
            nullable=False,
            identity=Identity(
                always=True, start=100, increment=10, minimum=1, maximum=9000, cache=5, cycle=True
            ),
        ),
        Column(
            name="größe",
            type=Type(sql="numeric(10,2)", source=Source("Money(2)", ("from shop import Money",))),
            default="0.5",
            default_source=Source("sa.text('0.5')", ("import sqlalchemy as sa",)),
            comment="50% of: it's\nin two lines",
        ),
        Column(name="mail", type=Type(sql="text"), nullable=False, collation="C"),
        Column(
            name="mail_length",
            type=Type(sql="integer"),
            generated=Generated(expression="length(mail)", stored=False),
        ),
    ),
    constraints=(
        PrimaryKey(
            columns=("id",),
            name="users_pkey",
            include=("mail",),
            deferrable=True,
            initially_deferred=True,
        ),
        Unique(
            columns=("mail",),
            name="users_mail_key",
            deferrable=True,
            initially_deferred=True,
            nulls_not_distinct=True,
            include=("id",),
        ),
        Check(expression="(mail_length > 3)", name="users_mail_check"),
        Check(expression="(mail <> ''::text)", not_valid=True, no_inherit=True),
    ),
    indexes=(
        Index(
            name="ix_users_mail",
            parts=(
                IndexPart(expression="lower(mail)", collation="C", opclass="text_pattern_ops"),
                IndexPart(column="id", descending=True, nulls="last"),
            ),
            unique=True,
            method="btree",
            where="(mail IS NOT NULL)",
            nulls_not_distinct=True,
            include=("größe",),
            options=(("fillfactor", "70"),),
            tablespace="fast",
            elsewhere=Index(name="ix_users_mail", parts=(IndexPart(column="mail"),)),
        ),
    ),
    settings=Settings(comment="people", options=(("unlogged", True), ("with.fillfactor", 80))),
)
BLOG = Table(
    name=POSTS,
    columns=(
        Column(name="number", type=Type(sql="integer"), nullable=False, autoincrement=True),
        Column(
            name="state",
            type=Type(
                sql="blog.state",
                enum=STATE,
                source=Source("sa.Enum(State)", ("from blog import State",), STATE),
            ),
        ),
        Column(name="user_id", type=Type(sql="bigint")),
        Column(
            name="ticket",
            type=Type(sql="bigint"),
            default="nextval('tickets'::regclass)",
            sequence=TICKETS,
        ),
        Column(name="during", type=Type(sql="tstzrange")),
    ),
    constraints=(
        ForeignKey(
            columns=("user_id",),
            target=QualifiedName("users"),
            target_columns=("id",),
            name="posts_user_id_fkey",
            on_update="CASCADE",
            on_delete="SET NULL",
            match="FULL",
            deferrable=True,
            initially_deferred=True,
            not_valid=True,
        ),
        Exclude(
            elements=(
                ExcludeElement(operator="=", column="user_id", opclass="gist_int8_ops"),
                ExcludeElement(operator="&&", expression="(during)"),
            ),
            name="posts_during_excl",
            method="spgist",
            where="(user_id > 0)",
            deferrable=True,
            initially_deferred=True,
        ),
    ),
)
POSTGRESQL = Schema(
    tables=(USERS, BLOG),
    enums=(Enum(name=STATE, values=("draft", "it's", "done")),),
    sequences=(
        Sequence(
            name=TICKETS,
            type="bigint",
            start=10,
            increment=5,
            minimum=5,
            maximum=1000,
            cache=2,
            cycle=True,
        ),
    ),
    schemas=("blog", "empty"),
    views=(
        View(
            name=QualifiedName("loud", "blog"),
            definition="SELECT upper(mail) AS mail\n  FROM users",
            columns=("mail",),
            options=(("security_barrier", True),),
            comment="loud ones",
            uses=((QualifiedName("users"), "mail"), (POSTS, "")),
            output=(("mail", "text"),),
        ),
        View(
            name=QualifiedName("totals"),
            definition="SELECT count(*) AS number FROM blog.posts",
            materialized=True,
            indexes=(Index(name="ix_totals", parts=(IndexPart(column="number"),)),),
        ),
    ),
    functions=(
        Function(
            name=QualifiedName("touch"),
            arguments="a integer",
            definition="CREATE FUNCTION touch(a integer) RETURNS integer\nLANGUAGE sql\nAS $$ $$",
            comment="touches",
            interface="a integer",
        ),
        Function(name=QualifiedName("touch"), definition="CREATE PROCEDURE touch() AS ''"),
    ),
    triggers=(
        Trigger(
            name="touched",
            table=POSTS,
            definition="CREATE TRIGGER touched AFTER UPDATE ON blog.posts EXECUTE FUNCTION t()",
            comment="on change",
        ),
    ),
    extensions=(Extension(name="citext", schema="blog", version="1.6"), Extension(name="hstore")),
)

_SQL = 'CREATE TABLE "tags" (\n\tname VARCHAR(20) COLLATE NOCASE, -- short\n\tPRIMARY KEY (name)\n)'
_TRIGGER = "CREATE TRIGGER t AFTER INSERT ON tags BEGIN\n  SELECT 1;\nEND"
SQLITE = Schema(
    tables=(
        Table(
            name=QualifiedName("tags"),
            columns=(Column(name="name", type=Type(sql="VARCHAR(20)"), collation="NOCASE"),),
            constraints=(
                PrimaryKey(columns=("name",), on_conflict="REPLACE"),
                Unique(columns=("name",), on_conflict="IGNORE"),
            ),
            settings=Settings(options=(("strict", True), ("without_rowid", True))),
            sql=_SQL,
            triggers=(_TRIGGER,),
        ),
    ),
    triggers=(Trigger(name="t", table=QualifiedName("tags"), definition=_TRIGGER),),
)
