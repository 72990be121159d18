"""Times offered for interviews, and who has picked which."""
