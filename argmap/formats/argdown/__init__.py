"""Argdown: text and JSON, read and written."""
