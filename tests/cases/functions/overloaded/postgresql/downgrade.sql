DROP ROUTINE "one_more"(a text);
