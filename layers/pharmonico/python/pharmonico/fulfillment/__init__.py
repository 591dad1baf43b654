"""One prescription's way from intake to delivery; one file per stage."""
