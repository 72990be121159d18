"""Applying, by members of the public without an account: what lets them in is a link sent to them."""
