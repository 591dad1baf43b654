"""The pharmacist's part: what is dispensed to whom, or why it is not."""
