"""Who applied, how far they have come, and every move on the way."""
