"""Constraints, indexes, enum types, their values and sequences."""

from __future__ import annotations

from tests.renames.pair import Edit, Pair, new, text


def values(domain_table: str, before: str, after: str) -> tuple[Edit, ...]:
    """Change what stands between the brackets of an Enum."""
    return (text(domain_table, f"Enum({before}", f"Enum({after}"),)


CONSTRAINTS = [
    Pair("billing", (text("accounts", '"uq_iban"', '"uq_accounts_iban"'),),
         ("constraint:accounts.uq_iban:uq_accounts_iban",)),
    Pair("billing", (text("invoices", '"pk_invoices"', '"invoices_key"'),),
         ("constraint:invoices.pk_invoices:invoices_key",)),
    Pair("billing", (text("invoices", '"ck_net"', '"net_positive"'),),
         ("constraint:invoices.ck_net:net_positive",)),
    Pair("billing", (text("payments", '"fk_payment_invoice"', '"fk_payments_invoices"'),),
         ("constraint:payments.fk_payment_invoice:fk_payments_invoices",)),
    Pair("hr", (text("employees", '"ck_salary"', '"ck_employees_salary"'),),
         ("constraint:hr.employees.ck_salary:ck_employees_salary",)),
    Pair("logistics", (text("parcels", '"uq_parcel_seq"', '"parcel_position"'),),
         ("constraint:parcels.uq_parcel_seq:parcel_position",)),
    # Of another meaning: the name is new, and so is the rule.
    Pair("crm", (text("deals", 'CheckConstraint("amount > 0", name="deal_amount_positive")',
                      'CheckConstraint("amount < 1000000", name="deal_amount_bounded")'),)),
    Pair("library", (text("loans", 'UniqueConstraint("isbn", "lent", name="one_loan")',
                          'UniqueConstraint("reader_id", "lent", name="one_visit")'),)),
]  # fmt: skip

INDEXES = [
    Pair("shop", (text("reviews", '"ix_reviews_stars_recent"', '"ix_reviews_by_product"'),),
         ("index:reviews.ix_reviews_stars_recent:ix_reviews_by_product",)),
    Pair("crm", (text("activities", '"ix_activities_recent"', '"ix_activities_deal_happened"'),),
         ("index:activities.ix_activities_recent:ix_activities_deal_happened",)),
    Pair("clinic", (text("visits", '"ix_visits_open"', '"ix_visits_unfinished"'),),
         ("index:visits.ix_visits_open:ix_visits_unfinished",)),
    Pair("hr", (text("absences", '"ix_absence_span"', '"ix_absences_employee_from"'),),
         ("index:hr.absences.ix_absence_span:ix_absences_employee_from",)),
    Pair("library", (text("loans", 'Index("ix_loans_due", "due")',
                          'Index("ix_loans_returned", "returned")'),)),
    Pair("clinic", (text("patients", 'Index("ix_patients_name", "surname", "given_name")',
                         'Index("ix_patients_born", "dob", "surname")'),)),
]  # fmt: skip

ENUMS = [
    Pair("shop", (text("orders", 'name="order_status"', 'name="order_state"'),),
         ("enum:order_status:order_state",)),
    Pair("blog", (text("posts", 'name="post_state"', 'name="publication"'),),
         ("enum:post_state:publication",)),
    Pair("crm", (text("deals", '"lost", name="deal_stage"', '"lost", "frozen", name="stage"'),),
         ("enum:deal_stage:stage",)),
    Pair("library", (text("readers", 'name="reader_level"', 'name="membership"'),),
         ("enum:reader_level:membership",)),
    Pair("hr", (text("employees", 'name="job_grade"', 'name="grade"'),),
         ("enum:hr.job_grade:hr.grade",)),
    Pair("billing", (text("payments", 'Enum("card", "transfer", "cash", name="pay_method")',
                          'Enum("monthly", "yearly", name="billing_cycle")'),)),
    Pair("clinic", (text("patients", 'Column("sex", Enum("f", "m", "x", name="sex"))',
                         'Column("blood", Enum("a", "b", "ab", "o", name="blood_group"))'),)),
]  # fmt: skip

VALUES = [
    Pair("shop", values("orders", '"new", "paid", "shipped"', '"new", "paid", "sent"'),
         ("enum_value:order_status.shipped:sent",)),
    Pair("shop", values("orders", '"new", "paid"', '"created", "paid"'),
         ("enum_value:order_status.new:created",)),
    Pair("blog", values("posts", '"draft", "review"', '"draft", "in_review"'),
         ("enum_value:post_state.review:in_review",)),
    Pair("crm", values("deals", '"lead", "offer", "won", "lost"', '"LEAD", "OFFER", "WON", "LOST"'),
         ("enum_value:deal_stage.lead:LEAD", "enum_value:deal_stage.offer:OFFER",
          "enum_value:deal_stage.won:WON", "enum_value:deal_stage.lost:LOST")),
    Pair("clinic", values("patients", '"f", "m", "x"', '"female", "male", "diverse"'),
         ("enum_value:sex.f:female", "enum_value:sex.m:male", "enum_value:sex.x:diverse")),
    Pair("hr", values("employees", '"junior", "senior", "lead"', '"junior", "senior", "principal"'),
         ("enum_value:hr.job_grade.lead:principal",)),
    Pair("logistics", values("shipments", '"low", "normal"', '"low", "standard"'),
         ("enum_value:ship_priority.normal:standard",)),
    # Values that went, and others that came.
    Pair("shop", values("orders", '"new", "paid", "shipped", "returned"',
                        '"new", "paid", "shipped", "lost"')),
    Pair("billing", values("payments", '"card", "transfer", "cash"',
        '"card", "transfer", "voucher"')),
    Pair("library", values("readers", '"child", "adult", "staff"', '"adult", "staff", "guest"')),
    Pair("crm", values("deals", '"lead", "offer"', '"lead", "demo", "offer"')),
    Pair("blog", values("posts", '"draft", "review", "published"', '"draft", "published"')),
]  # fmt: skip

SEQUENCES = [
    Pair("billing", (text("", 'Sequence("invoice_numbers"', 'Sequence("invoice_no_seq"'),),
         ("sequence:invoice_numbers:invoice_no_seq",)),
    Pair("billing", (text("", 'Sequence("receipt_numbers"', 'Sequence("receipt_number_seq"'),),
         ("sequence:receipt_numbers:receipt_number_seq",)),
    Pair("library", (text("", 'Sequence("card_numbers"', 'Sequence("reader_cards"'),),
         ("sequence:card_numbers:reader_cards",)),
    Pair("library", (text("", 'Sequence("card_numbers", start=100000',
                          'Sequence("card_serials", start=500000'),),
         ("sequence:card_numbers:card_serials",)),
    Pair("billing", (text("", 'receipt_numbers = Sequence("receipt_numbers", start=1, increment=5, '
                              "metadata=metadata)",
                          'refund_numbers = Sequence("refund_numbers", start=900, increment=10, '
                          "metadata=metadata)"),
                     text("receipts", ", server_default=receipt_numbers.next_value()", ""),
                     new("payments", 'Column("refund_no", Integer, '
                                     "server_default=refund_numbers.next_value())"))),
]  # fmt: skip

PAIRS = {
    "constraint": CONSTRAINTS,
    "index": INDEXES,
    "enum type": ENUMS,
    "enum value": VALUES,
    "sequence": SEQUENCES,
}
