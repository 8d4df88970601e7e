COMMENT ON VIEW "winners" IS 'more than ten';
