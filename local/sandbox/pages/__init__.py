"""The sandbox's web pages, rendered on the server."""
