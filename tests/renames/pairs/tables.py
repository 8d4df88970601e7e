"""Tables that were renamed, and tables that only look it."""

from __future__ import annotations

from tests.renames.pair import Pair, add, column, drop, gone, name, new, table, text


def staff(source: str) -> str:
    """The whole schema under another name."""
    return source.replace('schema="hr"', 'schema="staff"').replace('"hr.', '"staff.')


WHOLE = [
    Pair("shop", (table("customers", "clients"),), ("table:customers:clients",)),
    Pair("shop", (table("order_lines", "order_items"),), ("table:order_lines:order_items",)),
    Pair("shop", (table("reviews", "ratings"),), ("table:reviews:ratings",)),
    Pair("blog", (table("users", "user"),), ("table:users:user",)),
    Pair("blog", (table("post_tags", "posts_tags"),), ("table:post_tags:posts_tags",)),
    Pair("blog", (table("tags", "labels"),), ("table:tags:labels",)),
    Pair("crm", (table("deals", "opportunities"),), ("table:deals:opportunities",)),
    Pair("crm", (table("companies", "organisations"),), ("table:companies:organisations",)),
    Pair("forum", (table("messages", "posts"),), ("table:messages:posts",)),
    Pair("billing", (table("receipts", "payment_receipts"),), ("table:receipts:payment_receipts",)),
    Pair("school", (table("enrolments", "enrollments"),), ("table:enrolments:enrollments",)),
    Pair("clinic", (table("visits", "appointments"),), ("table:visits:appointments",)),
    Pair("logistics", (table("warehouses", "depots"),), ("table:warehouses:depots",)),
    Pair("library", (table("loans", "checkouts"),), ("table:loans:checkouts",)),
    Pair("shop", (table("orders", "purchases"), table("order_lines", "purchase_lines")),
         ("table:orders:purchases", "table:order_lines:purchase_lines")),
    Pair("logistics", (table("carriers", "couriers"), table("parcels", "packages")),
         ("table:carriers:couriers", "table:parcels:packages")),
]  # fmt: skip

WITH_COLUMNS = [
    Pair("shop", (table("customers", "clients"), name("clients", "mail", "email")),
         ("table:customers:clients", "clients.mail:email")),
    Pair("shop", (table("reviews", "ratings"), new("ratings", 'Column("hidden", Boolean)'),
                  gone("ratings", "body")), ("table:reviews:ratings",)),
    Pair("blog", (table("users", "accounts"), new("accounts", 'Column("locale", String(5))')),
         ("table:users:accounts",)),
    Pair("blog", (table("comments", "replies"), name("replies", "author_name", "author"),
                  new("replies", 'Column("spam", Boolean)')),
         ("table:comments:replies", "replies.author_name:author")),
    Pair("crm", (table("activities", "events"), name("events", "happened_at", "occurred_at")),
         ("table:activities:events", "events.happened_at:occurred_at")),
    Pair("crm", (table("companies", "accounts"), gone("accounts", "employees", "industry")),
         ("table:companies:accounts",)),
    Pair("forum", (table("boards", "forums"), name("forums", "locked", "is_locked")),
         ("table:boards:forums", "forums.locked:is_locked")),
    Pair("school", (table("teachers", "lecturers"), column("lecturers", "room",
                                                           'Column("office", String(20))')),
         ("table:teachers:lecturers", "lecturers.room:office")),
    Pair("clinic", (table("prescriptions", "medications"), name("medications", "drug", "name"),
                    new("medications", 'Column("until", Date)')),
         ("table:prescriptions:medications", "medications.drug:name")),
    Pair("logistics", (table("parcels", "packages"), gone("packages", "length", "width", "height"),
                       new("packages", 'Column("volume", Integer)')),
         ("table:parcels:packages",)),
    Pair("library", (table("readers", "members"), new("members", 'Column("phone", String(30))'),
                     new("members", 'Column("expires", Date)')), ("table:readers:members",)),
    Pair("billing", (table("accounts", "ledgers"), name("ledgers", "holder", "owner")),
         ("table:accounts:ledgers", "ledgers.holder:owner")),
    Pair("library", (table("authors", "writers"), name("writers", "bio", "about"),
                     name("books", "author_id", "writer_id")),
         ("table:authors:writers", "writers.bio:about", "books.author_id:writer_id")),
]  # fmt: skip

OTHER = [
    Pair("shop", (drop("reviews"), add('''Table(
    "wishlist", metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customers.id"), nullable=False),
    Column("product_id", Integer, ForeignKey("products.id"), nullable=False),
    Column("added_at", DateTime, nullable=False),
)'''))),
    Pair("blog", (drop("followers"), add('''Table(
    "bookmarks", metadata,
    Column("user_id", Integer, ForeignKey("users.id"), nullable=False),
    Column("post_id", Integer, ForeignKey("posts.id"), nullable=False),
    Column("since", Date),
)'''))),
    Pair("blog", (drop("post_tags"), drop("tags"), add('''Table(
    "categories", metadata,
    Column("id", Integer, primary_key=True),
    Column("label", String(60), nullable=False),
    Column("position", Integer),
)'''))),
    Pair("crm", (drop("activities"), add('''Table(
    "products", metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(120), nullable=False),
    Column("list_price", Numeric(12, 2)),
)'''))),
    Pair("forum", (drop("boards"), text("threads", ', ForeignKey("boards.id")', ""), add('''Table(
    "badges", metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(60), nullable=False),
    Column("icon", Text),
)'''))),
    Pair("billing", (drop("receipts"), add('''Table(
    "refunds", metadata,
    Column("id", BigInteger, primary_key=True),
    Column("payment_id", BigInteger, ForeignKey("payments.id"), nullable=False),
    Column("amount", Numeric(12, 2), nullable=False),
    Column("granted", DateTime),
)'''))),
    Pair("school", (drop("enrolments"), add('''Table(
    "exams", metadata,
    Column("id", Integer, primary_key=True),
    Column("course", Integer, ForeignKey("courses.id"), nullable=False),
    Column("held", DateTime),
    Column("room", String(10)),
)'''))),
    Pair("clinic", (drop("prescriptions"), add('''Table(
    "invoices", metadata,
    Column("id", Integer, primary_key=True),
    Column("visit_id", Integer, ForeignKey("visits.id"), nullable=False),
    Column("amount", Float, nullable=False),
    Column("paid", Boolean),
)'''))),
    Pair("logistics", (drop("parcels"), add('''Table(
    "pallets", metadata,
    Column("id", Uuid, primary_key=True),
    Column("shipment_id", Uuid, ForeignKey("shipments.id"), nullable=False),
    Column("stacked", Boolean),
    Column("boxes", Integer),
)'''))),
    Pair("library", (drop("loans"), add('''Table(
    "reservations", metadata,
    Column("id", Integer, primary_key=True),
    Column("isbn", String(13), ForeignKey("books.isbn"), nullable=False),
    Column("reader_id", Integer, ForeignKey("readers.id"), nullable=False),
    Column("wanted_until", Date),
)'''))),
    Pair("hr", (drop("reviews"), add('''Table(
    "trainings", metadata,
    Column("id", Integer, primary_key=True),
    Column("employee_id", Integer, ForeignKey("hr.employees.id"), nullable=False),
    Column("title", String(120)),
    Column("held_on", Date),
)'''))),
]  # fmt: skip

SCHEMAS = [
    Pair("forum", (table("bans", "suspensions"),),
         ("table:moderation.bans:moderation.suspensions",)),
    Pair("forum", (name("bans", "until", "expires_at"),), ("moderation.bans.until:expires_at",)),
    Pair("forum", (text("bans", 'schema="moderation"', 'schema="admin"'),),
         ("table:moderation.bans:admin.bans",)),
    Pair("hr", (table("absences", "leaves"), name("leaves", "sick", "is_sick")),
         ("table:hr.absences:hr.leaves", "hr.leaves.sick:is_sick")),
    Pair("hr", (name("departments", "budget", "yearly_budget"),),
         ("hr.departments.budget:yearly_budget",)),
    Pair("forum", (text("reports", '    schema="moderation",\n', ""),),
         ("table:moderation.reports:reports",)),
    Pair("forum", (drop("reports"), add('''Table(
    "reports", metadata,
    Column("id", Integer, primary_key=True),
    Column("title", String(150), nullable=False),
    Column("sql", Text),
    Column("run_at", DateTime),
)'''))),
    Pair("hr", (staff,),
         ("table:hr.departments:staff.departments", "table:hr.employees:staff.employees",
          "table:hr.absences:staff.absences", "table:hr.reviews:staff.reviews",
          "enum:hr.job_grade:staff.job_grade")),
    Pair("forum", (table("reports", "complaints"), name("complaints", "complaint", "body")),
         ("table:moderation.reports:moderation.complaints",
          "moderation.complaints.complaint:body")),
]  # fmt: skip

PAIRS = {
    "whole table": WHOLE,
    "table and its columns": WITH_COLUMNS,
    "another table": OTHER,
    "several schemas": SCHEMAS,
}
