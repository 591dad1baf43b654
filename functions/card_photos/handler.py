"""Card photos: upload forms, and the check that draws a photo anew before it counts."""

from functions.card_photos import photos
from functions.card_photos.api import api

lambda_handler = api.handler

ROUTES = (photos,)
"""Imported for the routes it hangs on the `Api`."""
