"""What notes and reports ask for, how that was answered, and what was done about it."""
