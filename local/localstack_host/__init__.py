"""LocalStack's own code without Docker: what it lacks, as plugins that it loads by itself.

Only `executor`, `forwarding`, `hooks` and `server` import LocalStack; they run in its environment.
The rest needs no more than the standard library and `jsonata`.
"""
