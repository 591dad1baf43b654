"""Files that are written from code: event schemas, the API's description, errors, settings."""
