DROP TRIGGER "touched";
