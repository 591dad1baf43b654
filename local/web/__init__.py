"""The sites' own tools: packages as the lock has them, the build, the generated client."""
