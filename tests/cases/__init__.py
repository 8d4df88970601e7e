"""Changes of models, one folder each, carried out on real databases; the README says how."""
