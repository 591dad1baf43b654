"""Messages to the prescriber: composed with the move they tell of, sent from a queue, answered."""
