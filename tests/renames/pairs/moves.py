"""Swaps and chains, and columns that went from one table to another."""

from __future__ import annotations

from tests.renames.pair import Pair, add, drop, gone, new, table, text

# A swap or a chain of columns that are alike leaves no trace in the models: it has to be said.
SAID = [
    Pair("crm", (), ("contacts.first_name:last_name", "contacts.last_name:first_name"),
         words=("contacts.first_name:last_name", "contacts.last_name:first_name")),
    Pair("library", (), ("authors.born:died", "authors.died:born"),
         words=("authors.born:died", "authors.died:born")),
    Pair("logistics", (gone("parcels", "height"), new("parcels", 'Column("depth", Integer)')),
         ("parcels.width:depth", "parcels.height:width"),
         words=("parcels.width:depth", "parcels.height:width")),
    Pair("school", (gone("students", "address1"),
                    new("students", 'Column("address3", String(120))', after="address2")),
         ("students.address2:address3", "students.address1:address2"),
         words=("students.address2:address3", "students.address1:address2")),
]  # fmt: skip

SHOWN = [
    Pair("shop", (gone("customers", "phone", "notes"),
                  new("customers", 'Column("notes", String(30))', after="full_name"),
                  new("customers", 'Column("phone", Text)', after="is_admin")),
         ("customers.phone:notes", "customers.notes:phone")),
    Pair("library", (gone("books", "published", "language"),
                     new("books", 'Column("language", Integer)', after="title"),
                     new("books", 'Column("published", String(2))', after="pages")),
         ("books.published:language", "books.language:published")),
    Pair("blog", (gone("comments", "author_name", "created"),
                  new("comments", 'Column("created", String(64))', after="post_id"),
                  new("comments", 'Column("author_name", DateTime)', after="text")),
         ("comments.author_name:created", "comments.created:author_name")),
    Pair("clinic", (gone("prescriptions", "dose"),
                    text("prescriptions", 'Column("drug", String(120)',
                        'Column("dose", String(120)'),
                    new("prescriptions", 'Column("amount", String(60))', after="dose")),
         ("prescriptions.drug:dose", "prescriptions.dose:amount")),
    Pair("forum", (table("boards", "x"), table("threads", "boards"), table("x", "threads")),
         ("table:boards:threads", "table:threads:boards")),
    Pair("blog", (table("tags", "labels_"), table("comments", "tags"), table("labels_", "labels")),
         ("table:tags:labels", "table:comments:tags")),
]  # fmt: skip

MOVED = [
    Pair("shop", (gone("customers", "phone"), new("orders", 'Column("phone", String(30))'))),
    Pair("blog", (gone("users", "last_seen"), new("comments", 'Column("last_seen", DateTime)'))),
    Pair("crm", (gone("contacts", "email"), new("companies", 'Column("email", String(120))'))),
    Pair("forum", (gone("threads", "pinned"), new("messages", 'Column("pinned", Boolean)'))),
    Pair("billing", (gone("payments", "method"),
                     new("accounts", 'Column("method", String(20))'))),
    Pair("school", (gone("courses", "syllabus"), new("teachers", 'Column("syllabus", Text)'))),
    Pair("clinic", (gone("doctors", "pager"), new("visits", 'Column("pager", String(20))'),
                    gone("visits", "complaint"), new("patients", 'Column("complaint", Text)'))),
    Pair("library", (gone("loans", "fine"), new("readers", 'Column("fine", Numeric(6, 2))'))),
]  # fmt: skip

SPLIT = [
    Pair("shop", (gone("customers", "phone", "notes"), add('''Table(
    "customer_details", metadata,
    Column("customer_id", Integer, ForeignKey("customers.id"), primary_key=True),
    Column("phone", String(30)),
    Column("notes", Text),
)'''))),
    Pair("school", (gone("students", "address1", "address2", "city"), add('''Table(
    "addresses", metadata,
    Column("id", Integer, primary_key=True),
    Column("student", Integer, ForeignKey("students.matric"), nullable=False),
    Column("address1", String(120)),
    Column("address2", String(120)),
    Column("city", String(60)),
)'''))),
    Pair("clinic", (drop("patients"), drop("prescriptions"), drop("visits"), drop("doctors"),
                    add('''Table(
    "people", metadata,
    Column("id", Integer, primary_key=True),
    Column("surname", String(80), nullable=False),
    Column("given_name", String(80), nullable=False),
    Column("speciality", String(60)),
    Column("role", String(10), nullable=False),
)'''))),
    Pair("blog", (drop("post_tags"), drop("tags"), new("posts", 'Column("tags", String(200))'))),
    Pair("library", (gone("books", "language"), add('''Table(
    "languages", metadata,
    Column("code", String(2), primary_key=True),
    Column("title", String(60), nullable=False),
)'''), new("books", 'Column("language_code", String(2), ForeignKey("languages.code"))'))),
    Pair("logistics", (gone("warehouses", "street", "zip", "town"), add('''Table(
    "addresses", metadata,
    Column("id", Uuid, primary_key=True),
    Column("street", String(120)),
    Column("zip", String(12)),
    Column("town", String(60)),
)'''), new("warehouses", 'Column("address_id", Uuid, ForeignKey("addresses.id"))'))),
    Pair("forum", (drop("messages"), drop("reports"), add('''Table(
    "posts", metadata,
    Column("id", Integer, primary_key=True),
    Column("thread_id", Integer, ForeignKey("threads.id"), nullable=False),
    Column("content", Text, nullable=False),
)'''), add('''Table(
    "reactions", metadata,
    Column("id", Integer, primary_key=True),
    Column("member_id", Integer, ForeignKey("members.id"), nullable=False),
    Column("likes", Integer),
    Column("dislikes", Integer),
)'''))),
]  # fmt: skip

PAIRS = {
    "swap or chain that is said": SAID,
    "swap or chain that shows": SHOWN,
    "column in another table": MOVED,
    "table split or merged": SPLIT,
}
