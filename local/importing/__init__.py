"""Imports of official files: read as a stream, restarted where they stopped, rejects reported."""
