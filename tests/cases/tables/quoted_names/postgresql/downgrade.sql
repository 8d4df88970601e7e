DROP TABLE "line items";
