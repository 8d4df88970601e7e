"""Nothing was renamed here: something went, and something else of the like came."""

from __future__ import annotations

from tests.renames.pair import Pair, column, gone, name, new, text

SAME_TYPE = [
    Pair("shop", (column("customers", "phone", 'Column("fax", String(30))'),)),
    Pair("shop", (column("customers", "is_admin",
                         'Column("is_active", Boolean, nullable=False, server_default="false")'),)),
    Pair("shop", (column("products", "description", 'Column("internal_note", Text)'),)),
    Pair("blog", (column("users", "about_me", 'Column("website", String(140))'),)),
    Pair("blog", (column("users", "last_seen", 'Column("banned_until", DateTime)'),)),
    Pair("blog", (column("posts", "views", 'Column("reading_minutes", Integer)'),)),
    Pair("crm", (column("companies", "employees", 'Column("founded_year", Integer)'),)),
    Pair("crm", (column("contacts", "newsletter",
        'Column("do_not_call", Boolean, nullable=False)'),)),
    Pair("forum", (column("threads", "pinned", 'Column("locked", Boolean)'),)),
    Pair("forum", (column("messages", "likes", 'Column("views", Integer)'),)),
    Pair("hr", (column("reviews", "score", 'Column("weight", Float)'),)),
    Pair("hr", (column("absences", "sick", 'Column("paid", Boolean)'),)),
    Pair("school", (column("students", "city", 'Column("nationality", String(60))'),)),
    Pair("clinic", (column("doctors", "pager", 'Column("licence", String(20))'),)),
    Pair("logistics", (column("parcels", "weight", 'Column("price", Numeric(8, 3))'),)),
    Pair("library", (column("books", "published", 'Column("edition", Integer)'),)),
    Pair("library", (column("loans", "returned", 'Column("renewed", DateTime)'),)),
]  # fmt: skip

LIKE_NAMES = [
    Pair("shop", (column("products", "price", 'Column("price_group", String(10))'),
                  text("products", '    CheckConstraint("price >= 0", name="price_positive"),\n',
                      ""))),
    Pair("shop", (column("orders", "total", 'Column("total_items", Integer, nullable=False)'),)),
    Pair("blog", (column("users", "password_hash", 'Column("password_hint", String(128))'),)),
    Pair("blog", (column("comments", "created", 'Column("updated", DateTime)'),)),
    Pair("crm", (column("contacts", "first_name", 'Column("middle_name", String(50))'),)),
    Pair("crm", (column("contacts", "email", 'Column("email_verified", Boolean)'),)),
    Pair("forum", (column("messages", "sent_at", 'Column("seen_at", DateTime, nullable=False)'),)),
    Pair("forum", (column("members", "joined", 'Column("join_code", String(10))'),)),
    Pair("hr", (column("employees", "hired", 'Column("fired", Date, nullable=False)'),)),
    Pair("school", (column("students", "address2", 'Column("address3", String(120))'),)),
    Pair("school", (column("students", "address1", 'Column("email_address", String(120))'),)),
    Pair("clinic", (column("patients", "weight_kg", 'Column("weight_unit", String(4))'),
                    text("patients", "weight_kg / (height_m", "1 / (height_m"))),
    Pair("logistics", (column("shipments", "sent", 'Column("send_after", DateTime)'),)),
    Pair("library", (column("authors", "born", 'Column("birthplace", String(80))'),)),
    Pair("billing", (column("invoices", "due_on", 'Column("dunned_on", Date)'),
                     text("invoices",
                         '    CheckConstraint("due_on >= issued_on", name="ck_due"),\n',
                          ""))),
]  # fmt: skip

MANY = [
    Pair("crm", (gone("companies", "industry", "employees"),
                 new("companies", 'Column("country", String(60))'),
                 new("companies", 'Column("rating", Integer)'))),
    Pair("clinic", (gone("patients", "weight_kg", "height_m", "bmi"),
                    new("patients", 'Column("pulse", Float)'),
                    new("patients", 'Column("temperature", Float)'))),
    Pair("logistics", (gone("parcels", "length", "width", "height"),
                       new("parcels", 'Column("volume_ml", Integer)'))),
    Pair("shop", (gone("customers", "phone", "notes"),
                  new("customers", 'Column("birthday", DateTime)', after="id"),
                  new("customers", 'Column("vat_id", String(30))'))),
    Pair("school", (gone("students", "address1", "address2"),
                    new("students", 'Column("photo_url", String(120))'),)),
    Pair("library", (gone("readers", "email"), new("readers", 'Column("phone", String(120))'),
                     new("readers", 'Column("blocked", Date)'))),
]  # fmt: skip

KEYS = [
    Pair("shop", (column("products", "category_id",
                     'Column("supplier_id", Integer, ForeignKey("customers.id"), index=True)'),)),
    Pair("crm", (column("contacts", "company_id",
                        'Column("referrer_id", Integer, ForeignKey("contacts.id"), index=True)'),)),
    Pair("clinic", (column("visits", "doctor_id",
                           'Column("replaces_id", Integer, ForeignKey("visits.id"))'),)),
    Pair("crm", (column("companies", "vat_number", 'Column("email", String(120), unique=True)'),)),
    Pair("blog", (column("users", "email",
        'Column("phone", String(120), unique=True, index=True)'),)),
    Pair("logistics", (column("shipments", "carrier_id",
                              'Column("parent_id", Uuid, ForeignKey("shipments.id"))'),)),
    Pair("library", (name("readers", "card", "locker"),
                     text("readers", "server_default=card_numbers.next_value(), unique=True",
                          "unique=True"))),
]  # fmt: skip

PAIRS = {
    "drop and add of one type": SAME_TYPE,
    "drop and add with like names": LIKE_NAMES,
    "several dropped and added": MANY,
    "drop and add of keys": KEYS,
}
