"""`make bench`: the figures of docs/architecture.md, measured; results.json keeps the last ones."""
