CREATE INDEX "ix_body" ON "docs" USING gin ("body" jsonb_path_ops);
