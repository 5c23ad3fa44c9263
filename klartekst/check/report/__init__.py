"""A report for people and for programs: text in, text out; nothing is printed here."""
