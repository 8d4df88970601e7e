"""What the revision files of pgAdmin import."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

from tests.histories.standing import Modules

SCHEMA_VERSION = 52


def _models(db: SQLAlchemy) -> dict[str, Any]:
    def model(class_name: str, table: str, /, **columns: Any) -> Any:
        return type(class_name, (db.Model,), {"__tablename__": table, **columns})

    number, text = sa.Integer, sa.String

    def key() -> sa.Column[int]:
        return sa.Column(number, primary_key=True)

    return {
        "Keys": model(
            "Keys", "keys", name=sa.Column(text, primary_key=True), value=sa.Column(text)
        ),
        "ModulePreference": model(
            "ModulePreference", "module_preference", id=key(), name=sa.Column(text(256))
        ),
        "PreferenceCategory": model(
            "PreferenceCategory",
            "preference_category",
            id=key(),
            mid=sa.Column(number, sa.ForeignKey("module_preference.id")),
            name=sa.Column(text(256)),
        ),
        "Preferences": model(
            "Preferences",
            "preferences",
            id=key(),
            cid=sa.Column(number, sa.ForeignKey("preference_category.id")),
            name=sa.Column(text(1024)),
        ),
        "Role": model("Role", "role", id=key(), name=sa.Column(text(128))),
        "Server": model("Server", "server", id=key(), name=sa.Column(text(128))),
        "User": model(
            "User",
            "user",
            id=key(),
            email=sa.Column(text(256)),
            password=sa.Column(text),
            active=sa.Column(sa.Boolean),
            confirmed_at=sa.Column(sa.DateTime),
        ),
        "Version": model(
            "Version",
            "version",
            name=sa.Column(text(32), primary_key=True),
            value=sa.Column(number),
        ),
    }


def _permissions() -> Any:
    return SimpleNamespace(list=lambda: ["object_register_server", "tools_query_tool"])


def modules() -> Modules:
    """The modules by their names."""
    db = SQLAlchemy()
    models = _models(db)

    def version(op: Any) -> int:
        found = Session(bind=op.get_bind()).query(models["Version"]).first()
        return found.value if found else -1

    class Datastore:
        """Where an application that logs people in has its users."""

        def __init__(self, *_: Any) -> None:
            pass

    def secure(app: Any, *_: Any, **__: Any) -> None:
        app.extensions["security"] = True

    return {
        "config": {
            "SECURITY_PASSWORD_HASH": "pbkdf2_sha512",
            "SETTINGS_SCHEMA_VERSION": SCHEMA_VERSION,
        },
        "flask_security": {"Security": secure, "SQLAlchemyUserDatastore": Datastore},
        "flask_security.utils": {
            "hash_password": lambda password: f"hashed {password}",
            "verify_and_update_password": lambda password, user: True,
        },
        "pgadmin.model": {"db": db, **models},
        "pgadmin.setup": {
            "get_version_for_migration": version,
            "user_info": lambda: ("admin@example.org", "secret"),
        },
        "pgadmin.tools.user_management.PgAdminPermissions": {"AllPermissionTypes": _permissions()},
        "pgadmin.utils.constants": {"RESTRICTION_TYPE_DATABASES": "databases"},
    }
