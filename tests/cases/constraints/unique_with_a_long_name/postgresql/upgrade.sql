ALTER TABLE "subscriptions_of_customers" ADD CONSTRAINT "uq_subscriptions_of_customers_customer_account_number_p_a31c" UNIQUE ("customer_account_number", "product_catalogue_number");
