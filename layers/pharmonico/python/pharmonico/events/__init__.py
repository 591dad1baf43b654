"""The published language: one file per area, exported to `events/` as schemas."""
