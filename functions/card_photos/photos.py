"""Card photos: a signed form for the browser's upload, then the check that lets it count."""

from typing import Annotated

from pharmonico.adapters import aws
from pharmonico.adapters.photos import PillowPhotos
from pharmonico.fulfillment.enrollment.uploads import MediaType, Side, complete_upload, offer_upload
from pharmonico.fulfillment.enrollment.view import Progress, progress
from pharmonico.kit.settings import settings
from pharmonico.lambdas.http import Action, Body
from pydantic import BaseModel

from functions.card_photos.api import admitted, api

TAG = "portal"
UPLOADS = "/api/v1/portal/uploads"


class Wish(BaseModel):
    side: Side
    media_type: MediaType


class Form(BaseModel):
    """Post `fields` and then `file` as multipart/form-data to `url`."""

    url: str
    fields: dict[str, str]
    expires_in_s: int
    bytes_max: int


@api.post(UPLOADS, Action.SAVE_ENROLLMENT, status=201, tag=TAG)
def offer(wish: Annotated[Wish, Body()]) -> Form:
    """A form for uploading one side of the card straight to the bucket."""
    form = offer_upload(
        admitted().order_id,
        wish.side,
        wish.media_type,
        bytes_max=settings().UPLOAD_BYTES_MAX,
        orders=aws.orders(),
        cards=aws.cards(),
    )
    return Form(
        url=form.url,
        fields=form.fields,
        expires_in_s=form.expires_in_s,
        bytes_max=form.bytes_max,
    )


@api.post(f"{UPLOADS}/<side>/complete", Action.SAVE_ENROLLMENT, tag=TAG)
def complete(side: Side) -> Progress:
    """Check the uploaded photo, draw it anew and let that count; twice changes nothing.

    A file that cannot be drawn answers `upload.unreadable`, one of over fifty million pixels
    `upload.too_many_pixels`.
    """
    session = admitted()
    order, enrollment = complete_upload(
        session.order_id,
        side,
        bytes_max=settings().UPLOAD_BYTES_MAX,
        orders=aws.orders(),
        cards=aws.cards(),
        photos=PillowPhotos(),
        clock=aws.CLOCK,
    )
    return progress(
        order,
        enrollment,
        session,
        otp=settings().PORTAL_OTP,
        tokens=aws.tokens(),
        clock=aws.CLOCK,
    )
