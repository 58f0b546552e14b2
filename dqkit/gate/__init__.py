"""The gate on what changed: the files a run is about, and an index of all others to hold them against."""
