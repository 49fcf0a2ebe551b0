"""A ledger and what came of it: as data, text, Markdown, JUnit XML, a picture and one HTML page."""
