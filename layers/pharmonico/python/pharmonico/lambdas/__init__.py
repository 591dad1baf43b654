"""The shells around use cases: one per way a Lambda is called. Powertools lives only here."""
