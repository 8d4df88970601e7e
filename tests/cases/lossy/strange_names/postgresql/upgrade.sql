DROP TABLE "a
    op.drop_table('items')  # ‮";
