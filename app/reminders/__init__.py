"""The digest by e-mail: what needs somebody, sent to them."""
