ALTER VIEW "winners" SET ("check_option" = local, "security_barrier" = true);
