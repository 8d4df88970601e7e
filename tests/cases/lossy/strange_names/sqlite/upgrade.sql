SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
DROP TABLE "a
    op.drop_table('items')  # ‮";
