"""Which milestone waits for which, and what a late one holds up."""
