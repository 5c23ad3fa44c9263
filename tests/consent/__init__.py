"""The consent script: how it is made, and what it does in a browser."""
