"""What is known of a patient from earlier prescriptions, and who may be the same person."""
