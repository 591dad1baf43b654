"""Both sites in the system's Chromium, driven as people would: for tests, tours and pictures."""
