"""The patient's part: link, session, pages, card photos."""
