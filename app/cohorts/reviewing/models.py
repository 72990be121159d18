"""Who reads which application, and what they make of it."""
