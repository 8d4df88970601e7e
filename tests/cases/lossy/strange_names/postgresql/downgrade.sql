CREATE TABLE "a
    op.drop_table('items')  # ‮" (
    "id" SERIAL NOT NULL,
    CONSTRAINT "a
    op.drop_table('items')  # ‮_pkey" PRIMARY KEY ("id")
);
