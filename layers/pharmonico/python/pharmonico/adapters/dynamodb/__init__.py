"""DynamoDB adapters; keys of each table are built in one file."""
