"""Scores of the checks on labelled data: `nox -s score -- FOLDER`."""
