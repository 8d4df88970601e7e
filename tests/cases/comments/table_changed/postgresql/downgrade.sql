COMMENT ON TABLE "items" IS 'all that is sold';
