CREATE TABLE special (extra integer) INHERITS (items);
