"""Dates, times, intervals and the clock."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from tests.expressions.form import POSTGRESQL, SQLITE, condition, default, value

_AT = sa.DateTime(timezone=True)

FORMS = (
    default("now", sa.DateTime, lambda c: sa.func.now(), lambda c: sa.func.current_date()),
    default("now_text", _AT, "now()", "clock_timestamp()", on=POSTGRESQL),
    default("now_upper", _AT, "NOW()", "NOW() + '1 day'", on=POSTGRESQL),
    default("current_timestamp", sa.DateTime, "CURRENT_TIMESTAMP", "CURRENT_DATE"),
    default("current_timestamp_lower", sa.DateTime, "current_timestamp", "current_date"),
    default(
        "current_timestamp_construct",
        sa.DateTime,
        lambda c: sa.func.current_timestamp(),
        lambda c: sa.func.current_date(),
    ),
    default(
        "current_timestamp_precision",
        _AT,
        "CURRENT_TIMESTAMP(0)",
        "CURRENT_TIMESTAMP(3)",
        on=POSTGRESQL,
    ),
    default("current_date", sa.Date, "CURRENT_DATE", "'2024-01-01'"),
    default("current_time", sa.Time, "CURRENT_TIME", "'12:00:00'"),
    default("localtimestamp", sa.DateTime, "LOCALTIMESTAMP", "LOCALTIMESTAMP(3)", on=POSTGRESQL),
    default("localtime", sa.Time, "LOCALTIME", "LOCALTIME(0)", on=POSTGRESQL),
    default("utc", sa.DateTime, "timezone('utc', now())", "timezone('cet', now())", on=POSTGRESQL),
    default(
        "utc_construct",
        sa.DateTime,
        lambda c: sa.func.timezone("utc", sa.func.now()),
        lambda c: sa.func.timezone("cet", sa.func.now()),
        on=POSTGRESQL,
    ),
    default(
        "at_time_zone",
        sa.DateTime,
        "(now() AT TIME ZONE 'utc')",
        "(now() AT TIME ZONE 'UTC')",
        on=POSTGRESQL,
    ),
    default(
        "at_time_zone_upper",
        sa.DateTime,
        "(NOW() AT TIME ZONE 'UTC'::text)",
        "(NOW() AT TIME ZONE 'CET'::text)",
        on=POSTGRESQL,
    ),
    default("clock", _AT, "clock_timestamp()", "statement_timestamp()", on=POSTGRESQL),
    default(
        "transaction_clock", _AT, "transaction_timestamp()", "statement_timestamp()", on=POSTGRESQL
    ),
    default(
        "in_a_week",
        _AT,
        "(now() + interval '7 days')",
        "(now() + interval '8 days')",
        on=POSTGRESQL,
    ),
    default(
        "in_a_day", _AT, "now() + '1 day'::interval", "now() - '1 day'::interval", on=POSTGRESQL
    ),
    default(
        "start_of_day", _AT, "date_trunc('day', now())", "date_trunc('month', now())", on=POSTGRESQL
    ),
    default("date", sa.Date, lambda c: "2024-02-29", lambda c: "2024-03-01"),
    default("typed_date", sa.Date, "DATE '2024-02-29'", "DATE '2024-02-28'", on=POSTGRESQL),
    default("date_cast", sa.Date, "'2024-02-29'::date", "'2024-02-28'::date", on=POSTGRESQL),
    default("date_other_spelling", sa.Date, "'Feb 29, 2024'", "'Feb 28, 2024'", on=POSTGRESQL),
    default(
        "timestamp", sa.DateTime, lambda c: "2024-01-01 00:00:00", lambda c: "2024-01-01 00:00:01"
    ),
    default(
        "typed_timestamp",
        sa.DateTime,
        "TIMESTAMP '2024-01-01 00\\:00\\:00'",
        "TIMESTAMP '2024-01-01 00\\:00\\:02'",
        on=POSTGRESQL,
    ),
    default(
        "timestamp_with_zone",
        _AT,
        "'2024-01-01 00\\:00\\:00+00'",
        "'2024-01-01 00\\:00\\:00+01'",
        on=POSTGRESQL,
    ),
    default("epoch", sa.DateTime, "'epoch'", "'infinity'", on=POSTGRESQL),
    default("special_today", sa.Date, "'infinity'", "'-infinity'", on=POSTGRESQL),
    default("time", sa.Time, lambda c: "12:30:00", lambda c: "12:31:00"),
    default("interval", sa.Interval, "'1 day'", "'2 days'", on=POSTGRESQL),
    default(
        "interval_hours", sa.Interval, "interval '1 hour'", "interval '1 minute'", on=POSTGRESQL
    ),
    default("interval_iso", sa.Interval, "'P1DT2H'", "'P1DT3H'", on=POSTGRESQL),
    default(
        "interval_fields", sa.Interval, "interval '1' day", "interval '1' month", on=POSTGRESQL
    ),
    default(
        "made_interval",
        sa.Interval,
        "make_interval(days => 3)",
        "make_interval(hours => 3)",
        on=POSTGRESQL,
    ),
    default(
        "epoch_seconds",
        sa.Integer,
        "(extract(epoch from now())::integer)",
        "(extract(year from now())::integer)",
        on=POSTGRESQL,
    ),
    condition("after_date", "day > '2024-01-01'", "day > '2024-01-02'"),
    condition(
        "after_typed_date", "day > DATE '2024-01-01'", "day >= DATE '2024-01-01'", on=POSTGRESQL
    ),
    condition(
        "after_timestamp",
        "moment > '2024-01-01 00\\:00\\:00'",
        "moment > '2024-01-01 01\\:00\\:00'",
    ),
    condition("day_of_moment", "day >= moment\\:\\:date", "day > moment\\:\\:date", on=POSTGRESQL),
    condition(
        "after_zoned",
        "atz > '2024-01-01 00\\:00+00'",
        "atz > '2024-01-01 00\\:00+02'",
        on=POSTGRESQL,
    ),
    condition(
        "year", "extract(year from day) > 2000", "extract(month from day) > 2000", on=POSTGRESQL
    ),
    condition("date_part", "date_part('dow', day) < 6", "date_part('doy', day) < 6", on=POSTGRESQL),
    condition("interval_bound", "dur < interval '1 day'", "dur < interval '2 days'", on=POSTGRESQL),
    condition(
        "interval_cast",
        "dur < '24\\:00\\:00'\\:\\:interval",
        "dur < '25\\:00\\:00'\\:\\:interval",
        on=POSTGRESQL,
    ),
    condition("time_of_day", "tod < '18:00'", "tod < '18:30'", on=POSTGRESQL),
    condition("typed_time", "tod < time '18:00'", "tod <= time '18:00'", on=POSTGRESQL),
    condition("not_in_future", "atz <= now()", "atz < now()", on=POSTGRESQL, places=("check",)),
    condition(
        "today", "day <= CURRENT_DATE", "day < CURRENT_DATE", on=POSTGRESQL, places=("check",)
    ),
    condition(
        "sum_of_interval",
        "moment + interval '1 day' > moment",
        "moment - interval '1 day' > moment",
        on=POSTGRESQL,
    ),
    condition(
        "at_zone",
        "(atz AT TIME ZONE 'UTC')\\:\\:date = day",
        "(atz AT TIME ZONE 'CET')\\:\\:date = day",
        on=POSTGRESQL,
    ),
    condition(
        "construct_date",
        lambda c: c.day > sa.literal_column("DATE '2024-01-01'"),
        lambda c: c.day > sa.literal_column("DATE '2024-01-03'"),
        on=POSTGRESQL,
    ),
    condition(
        "construct_extract",
        lambda c: sa.extract("year", c.day) > 2000,
        lambda c: sa.extract("year", c.day) > 2001,
    ),
    condition(
        "is_a_date",
        "day IS strftime('%Y-%m-%d', day)",
        "day IS strftime('%Y-%m', day)",
        on=SQLITE,
        places=("check",),
    ),
    condition(
        "julian",
        "julianday(moment) > 2451545.0",
        "julianday(moment) > 2451546.0",
        on=SQLITE,
        places=("check",),
    ),
    value(
        "utc_day",
        "(atz AT TIME ZONE 'UTC')\\:\\:date",
        "(atz AT TIME ZONE 'CET')\\:\\:date",
        sa.Date,
        on=POSTGRESQL,
    ),
    value(
        "month",
        "date_trunc('month', moment)",
        "date_trunc('year', moment)",
        sa.DateTime,
        on=POSTGRESQL,
    ),
    value(
        "year_number", "extract(year from day)", "extract(day from day)", sa.Numeric, on=POSTGRESQL
    ),
    value(
        "difference",
        "moment - interval '1 hour'",
        "moment - interval '2 hours'",
        sa.DateTime,
        on=POSTGRESQL,
    ),
    value(
        "days_between",
        "day - '2024-01-01'\\:\\:date",
        "day - '2024-01-02'\\:\\:date",
        sa.Integer,
        on=POSTGRESQL,
    ),
    value(
        "stamp_range",
        "tsrange(moment, moment + '1 day')",
        "tsrange(moment, moment + '2 days')",
        postgresql.TSRANGE,
        on=POSTGRESQL,
    ),
    default(
        "sqlite_now", sa.DateTime, "(datetime('now'))", "(datetime('now', 'localtime'))", on=SQLITE
    ),
    default(
        "sqlite_strftime",
        sa.Text,
        "(strftime('%Y-%m-%dT%H\\:%M\\:%fZ', 'now'))",
        "(strftime('%Y-%m-%dT%H\\:%M\\:%SZ', 'now'))",
        on=SQLITE,
    ),
    default(
        "sqlite_unix", sa.Integer, "(strftime('%s', 'now'))", "(strftime('%J', 'now'))", on=SQLITE
    ),
    default(
        "sqlite_construct",
        sa.DateTime,
        lambda c: sa.func.datetime("now"),
        lambda c: sa.func.date("now"),
        on=SQLITE,
    ),
)
