"""The ports' implementations; SDKs live only here."""
