"""Fact bases: read, checked, indexed and searched."""
