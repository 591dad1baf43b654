"""Records in fewer bytes: deflated against words that nearly every one of them is made of.

DynamoDB bills a write by the KB begun, and twice in a transaction. A prescription's own record is
written some twenty times; packed it fits into one KB together with its events, which halves its
writes. What was packed once has to be readable for ever: a dictionary never changes, a better one
gets a number of its own.
"""

from __future__ import annotations

import base64
import zlib

_RAW = -15  # deflate without a header: our own first byte says how to read it
_ZLIB_HEADER = 0x78

_FIRST = (
    b'"signed_at":"2026","submitted_at":"2026","checked_at":"2026","media_type":"image/jpeg",'
    b'"object_key":"cards/","relationship":"1","member_id":"","group":"","pcn":"","bin":"",'
    b'"insurance":{"delivery":{"name":"","line1":"","line2":"","city":"","state":"",'
    b'"postal_code":"","phone":"","window":"any"},"consent":{"signed_name":"","signer":"self",'
    b'"treatment":true,"privacy":true,"language":"en","uploads":{},"cards":{},"links_sent":1,'
    b'"locked":false,"contact_email":"","contact_phone":"","started_at":"2026","started_by":"'
    b'"rate_id":"","planned_at":"","transaction_id":"","service":"Priority Mail","label_key":"'
    b'"tracking_number":"","tracking_url":"https://","promised_on":"2026-","voided":false,'
    b'"updates":[{"status":"DELIVERED","substatus":"delivered","at":"2026-'
    b'"session_id":"cs_","payment_intent":"pi_","declines":0,"seen":["evt_","attempt":1,'
    b'"request":"NjE","exchanges":[{"code":"B1","response":"RDBCMUE","authorization":"'
    b'"rx_number":"","fill_number":0,"date_of_service":"2026","reject_codes":[],"alerts":[],'
    b'"ingredient":{"dispensing_fee":{"plan_paid":{"copay":{"amount_minor":1000,'
    b'"pharmacy_id":"ph_","name":" Pharmacy (synthetic)","score":,"miles":,"parts":{"distance":'
    b',"specialty":1.0,"capacity":1.0,"network":1.0,"on_time":0.9,"open":1.0,"price":0.6666666'
    b'"reasons":["network.out_of_plan"]},"findings":[{"code":"","severity":"warning","path":"'
    b'"status_from":"awaiting_pharmacy_selection","pharmacy_selected","adjudicated",'
    b'"awaiting_enrollment","awaiting_routing","awaiting_payment","paid","awaiting_dispense",'
    b'"dispensed","shipped","in_transit","out_for_delivery","delivered","completed","received",'
    b'"validated","validation_issue","claim_rejected","no_pharmacy","cancelled","failed",'
    b'"enrollment_started","enrollment_completed","pharmacies_recommended","claim_adjudicated",'
    b'"payment_link_required","payment_successful","prescription_dispensed","intake_received",'
    b'"shipping_label_generated","shipment_updated","prescription_completed",'
    b'"prescription_validated","prescription_cancelled","validation_failed","claim_rejected",'
    b'[{"source":"pharmonico.fulfillment","detail_type":"prescription_","detail":{"meta":{'
    b'"event_id":"evt_01M","occurred_at":"2026-11-","correlation_id":"cor_01M","causation_id":'
    b'null,"actor":{"id":"system","role":"system"}},"data":{"prescription_id":"rx_01M","run":1,'
    b'"status_from":null,"status_to":"","patient_id":"pat_","pharmacy_id":null,"claim_id":null,'
    b'"payment_id":null,"shipment_id":null}}}]'
    b'{"id":"rx_01M","version":1,"revision":1,"status":"awaiting_","run":1,'
    b'"owner":"arn:aws:states:us-east-1:000000000000:execution:pharmonico-prod-fulfillment:'
    b'","wait":{"name":"enrollment","name":"selection","name":"payment","name":"dispense",'
    b'"name":"delivery","run":1,"execution":"arn:aws:states:us-east-1:","token":"AAAAKgAAAAIA'
    b'","opened_at":"2026-11-","timeout_s":604800},"timeout_s":1209600},"timeout_s":2592000},'
    b'"created_at":"2026-11-","updated_at":"2026-11-","correlation_id":"cor_01M","origin":{'
    b'"client_id":"","sender":"","message_id":"","order_number":"","format":"xml"},"summary":{'
    b'"patient_name":"","drug":" MG Oral Tablet","ndc":"000","prescriber_name":"",'
    b'"prescriber_npi":"1"},"patient_id":"pat_","plan":"610014-","pharmacy_id":"ph_",'
    b'"claim_id":"clm_01M","payment_id":"pay_01M","shipment_id":"shp_01M","tracking":{'
    b'"carrier":"usps","number":"92","status":"PRE_TRANSIT","status":"TRANSIT",'
    b'"status":"DELIVERED","status_at":"2026-11-"},"patient_pay":{"amount_minor":1000,'
    b'"currency":"USD"},"failed_from":"","failure_step":"","hold_reason":"","undo_due":false,'
    b'"slot":{"pharmacy_id":"ph_","day":"2026-11-","capacity":}}'
)
DICTIONARIES = {1: _FIRST}
"""Number (the first byte of what was packed with it) to words; the likeliest stand last."""
NEWEST = 1

_PACKED_TEXT = "~"
"""First character of a packed text; a JSON text never begins so."""


def pack(text: str) -> bytes:
    """The text deflated against the newest dictionary."""
    packer = zlib.compressobj(9, zlib.DEFLATED, _RAW, 9, zlib.Z_DEFAULT_STRATEGY, _words(NEWEST))
    return bytes([NEWEST]) + packer.compress(text.encode()) + packer.flush()


def unpack(packed: bytes) -> str:
    """The text again; plain zlib is read as well."""
    if packed[0] == _ZLIB_HEADER:
        return zlib.decompress(packed).decode()
    unpacker = zlib.decompressobj(_RAW, _words(packed[0]))
    return (unpacker.decompress(packed[1:]) + unpacker.flush()).decode()


def pack_text(text: str) -> str:
    """Packed and written in letters, where an attribute has to be a text."""
    return _PACKED_TEXT + base64.b85encode(pack(text)).decode()


def unpack_text(text: str) -> str:
    """What `pack_text` was given; any other text as it is."""
    if not text.startswith(_PACKED_TEXT):
        return text
    return unpack(base64.b85decode(text.removeprefix(_PACKED_TEXT)))


def _words(number: int) -> bytes:
    return DICTIONARIES[number]
