"""The checkout, its signed notices, and giving money back."""
