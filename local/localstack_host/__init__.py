"""LocalStack's own code without Docker: what it lacks, as plugins that it loads by itself.

Only `executor`, `forwarding` and `hooks` import LocalStack; they run in its environment. The rest
needs the standard library alone.
"""
