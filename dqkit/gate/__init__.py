"""What stands between a report and its verdict: what was known before, what was accepted, what is looked at."""
