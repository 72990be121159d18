"""Members of the Leaders Network, and whom they mentor."""
