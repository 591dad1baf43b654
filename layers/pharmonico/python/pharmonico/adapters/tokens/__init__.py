"""The tokens port on its two stores: Redis/Valkey (ElastiCache) and DynamoDB with TTL."""
