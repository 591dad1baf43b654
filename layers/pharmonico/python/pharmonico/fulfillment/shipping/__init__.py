"""Labels bought once, parcels followed."""
