ALTER VIEW "winners" RESET (check_option, security_barrier);
