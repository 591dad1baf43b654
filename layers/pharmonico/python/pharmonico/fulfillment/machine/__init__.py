"""What the state machine and the prescription know of each other."""
