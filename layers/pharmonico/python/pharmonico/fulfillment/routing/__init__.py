"""Which pharmacies may fill it, ranked, and the choice of one."""
