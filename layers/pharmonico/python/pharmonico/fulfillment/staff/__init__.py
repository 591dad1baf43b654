"""Staff signing in at the dashboard: a password, a second factor, and a session in a cookie."""
