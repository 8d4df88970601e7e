CREATE TABLE "a
    op.drop_table('items')  # ‮" (
    "id" INTEGER NOT NULL,
    PRIMARY KEY ("id")
);
