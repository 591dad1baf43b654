"""What is saved is deployed: `make dev` until Ctrl-C."""
