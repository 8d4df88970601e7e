ALTER SEQUENCE "bill_numbers" RENAME TO "numbers";
