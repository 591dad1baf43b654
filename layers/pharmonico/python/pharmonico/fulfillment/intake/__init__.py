"""A message comes in and becomes a prescription, or cancels one."""
