"""Many generated messages through the public doors, each followed to where it ends."""
