"""Networks of real numbers, and how they become networks of integers on calibration rows."""
