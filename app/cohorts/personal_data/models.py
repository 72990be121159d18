"""How long personal data are kept, and what was done about them."""
