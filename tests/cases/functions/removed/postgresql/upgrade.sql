DROP ROUTINE "one_more"(a integer);
