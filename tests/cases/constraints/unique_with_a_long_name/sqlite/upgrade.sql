SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys;
SELECT name FROM pragma_table_xinfo('subscriptions_of_customers') WHERE name NOT IN ('id', 'customer_account_number', 'product_catalogue_number') UNION ALL SELECT name FROM sqlite_master WHERE lower(tbl_name) = lower('subscriptions_of_customers') AND ((type = 'index' AND sql IS NOT NULL AND name NOT IN ()) OR (type = 'trigger' AND name NOT IN ()));
PRAGMA foreign_key_check("subscriptions_of_customers");
CREATE TABLE "_flaskmig_new_subscriptions_of_customers" (
    "id" INTEGER NOT NULL,
    "customer_account_number" INTEGER,
    "product_catalogue_number" INTEGER,
    PRIMARY KEY ("id"),
    CONSTRAINT "uq_subscriptions_of_customers_customer_account_number_product_catalogue_number" UNIQUE ("customer_account_number", "product_catalogue_number")
);
INSERT INTO "_flaskmig_new_subscriptions_of_customers" ("id", "customer_account_number", "product_catalogue_number") SELECT "id", "customer_account_number", "product_catalogue_number" FROM "subscriptions_of_customers";
SELECT 1 WHERE (SELECT count(*) FROM "_flaskmig_new_subscriptions_of_customers") <> (SELECT count(*) FROM "subscriptions_of_customers");
DROP TABLE "subscriptions_of_customers";
PRAGMA legacy_alter_table = ON;
ALTER TABLE "_flaskmig_new_subscriptions_of_customers" RENAME TO "subscriptions_of_customers";
PRAGMA legacy_alter_table = OFF;
