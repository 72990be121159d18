"""What a People Zone builds under the four resilience domains, and how far its ambition statements are
realised (LSCSB paper of 10 December 2018, paragraph 5 iv)."""
