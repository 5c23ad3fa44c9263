"""Klartekst: legal pages from Markdown and one register, in several languages."""

__version__ = "0.1.0"
