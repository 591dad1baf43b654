"""Adapters that keep everything in the process: for tests, benchmarks and reading."""
