"""The view model: what every report for people shows, as plain data.

Each module is a pure function of a `Report` and the documents it is about, and knows nothing of HTML. Lines and columns
count code points from 1; ends of places are exclusive, line ranges include both ends.
"""
