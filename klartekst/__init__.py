"""Klartekst: legal pages from Markdown and one register, in several languages."""
