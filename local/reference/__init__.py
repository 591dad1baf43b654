"""Curated reference tables and what compiles them into the layer's compact files."""
