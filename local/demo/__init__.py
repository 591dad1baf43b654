"""One prescription from NewRx to delivered, with ops and patient played over the public API."""
