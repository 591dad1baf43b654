"""The desk of ops: searching, failures, holds, notes, saved views, work on many at once."""
