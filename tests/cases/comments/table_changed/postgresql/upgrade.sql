COMMENT ON TABLE "items" IS 'it''s 100% :all';
