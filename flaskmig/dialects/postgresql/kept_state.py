"""Whether a trigger fires, put back when it is made anew: one that is disabled must stay so.

It waits in a setting that ends with the transaction, by the oid of the table, which may get
another name in between.
"""

from __future__ import annotations

from hashlib import md5

from flaskmig.dialects.postgresql.clauses import identifier, qualified
from flaskmig.dialects.postgresql.script import Script
from flaskmig.schema import Trigger
from flaskmig.sql import quote_literal

_KEEP = """SELECT set_config({setting},
    (coalesce(nullif(current_setting({setting}, true), ''), '{{}}')::jsonb
     || coalesce((SELECT jsonb_build_object(t.tgrelid::text, t.tgenabled) FROM pg_trigger t
                   WHERE t.tgrelid = to_regclass({table}) AND t.tgname = {trigger}), '{{}}'))::text,
    true)"""

_PUT_BACK = """DO $flaskmig$
DECLARE
  kept jsonb := coalesce(nullif(current_setting({setting}, true), ''), '{{}}')::jsonb;
BEGIN
  CASE kept ->> to_regclass({table})::oid::text
    WHEN 'D' THEN {alter} DISABLE {name};
    WHEN 'R' THEN {alter} ENABLE REPLICA {name};
    WHEN 'A' THEN {alter} ENABLE ALWAYS {name};
    ELSE NULL;
  END CASE;
END $flaskmig$"""


def keep_of_trigger(script: Script, trigger: Trigger) -> None:
    """Note whether the trigger fires, before it is made anew."""
    sql = _KEEP.format(
        setting=_setting(trigger),
        table=quote_literal(qualified(trigger.table)),
        trigger=quote_literal(trigger.name),
    )
    script.add(sql, comment=f"keeps whether trigger {trigger.name} of {trigger.table} fires")


def put_back_on_trigger(script: Script, trigger: Trigger) -> None:
    """Have the new trigger fire when the old one did."""
    sql = _PUT_BACK.format(
        setting=_setting(trigger),
        table=quote_literal(qualified(trigger.table)),
        alter=f"ALTER TABLE {qualified(trigger.table)}",
        name=f"TRIGGER {identifier(trigger.name)}",
    )
    comment = f"trigger {trigger.name} of {trigger.table} fires when it did"
    script.add(sql, comment=comment)


def _setting(trigger: Trigger) -> str:
    digest = md5(trigger.name.encode(), usedforsecurity=False).hexdigest()
    return quote_literal(f"flaskmig.fires_{digest}")
