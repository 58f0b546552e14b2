"""What dqkit costs, as ratios to plain Python in one run: `nox -s bench`. Nothing here is a test."""
