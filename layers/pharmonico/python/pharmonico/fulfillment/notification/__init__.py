"""Messages to patients: templates and the record of what was sent."""
