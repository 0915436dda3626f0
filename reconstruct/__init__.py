"""Readings in, a form's slots filled out."""
