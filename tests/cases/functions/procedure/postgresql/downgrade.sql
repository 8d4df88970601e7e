DROP ROUTINE "forget"(number integer);
