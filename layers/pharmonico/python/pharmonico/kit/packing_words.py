"""The words that records are packed against, and what was packed is read by for ever.

A dictionary never changes, a test holds its fingerprint; a better one takes the next number. The
likeliest words stand last.
"""

from __future__ import annotations

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
_MESSAGE = (
    b"<RelatesToMessageID></RelatesToMessageID><RxReferenceNumber></RxReferenceNumber>"
    b"<MessageRequestCode></MessageRequestCode><DEASchedule></DEASchedule><Note></Note>"
    b"<LastFillDate></LastFillDate><RxFill><FillStatus><Dispensed></Dispensed></FillStatus>"
    b"<MedicationDispensed></MedicationDispensed></RxFill><CancelRx></CancelRx>"
    b'<?xml version="1.0" encoding="UTF-8"?><Message DatatypesVersion="20170715" TransportVers'
    b'ion="20170715" TransactionDomain="SCRIPT" TransactionVersion="20170715" StructuresVersio'
    b'n="20170715" ECLVersion="20170715"><Header><To Qualifier="P"></To><From Qualifier="D">'
    b"</From><MessageID></MessageID><SentTime></SentTime><SenderSoftware>"
    b"<SenderSoftwareDeveloper></SenderSoftwareDeveloper><SenderSoftwareProduct>"
    b"</SenderSoftwareProduct><SenderSoftwareVersionRelease></SenderSoftwareVersionRelease>"
    b"</SenderSoftware><PrescriberOrderNumber></PrescriberOrderNumber></Header><Body><NewRx>"
    b"<AllergyOrAdverseEvent><NoKnownAllergies></NoKnownAllergies></AllergyOrAdverseEvent>"
    b"<BenefitsCoordination><PayerIdentification><ProcessorIdentificationNumber>"
    b"</ProcessorIdentificationNumber><IINNumber></IINNumber></PayerIdentification><PayerName>"
    b"</PayerName><CardholderID></CardholderID><GroupID></GroupID><PayerResponsibilityCode>"
    b"</PayerResponsibilityCode><PatientRelationship></PatientRelationship><PersonCode>"
    b"</PersonCode></BenefitsCoordination><Patient><HumanPatient><Name><LastName></LastName>"
    b"<FirstName></FirstName></Name><Gender></Gender><DateOfBirth><Date></Date></DateOfBirth>"
    b"<Address><AddressLine1></AddressLine1><City></City><StateProvince></StateProvince>"
    b"<PostalCode></PostalCode><CountryCode></CountryCode></Address><CommunicationNumbers>"
    b"<PrimaryTelephone><Number></Number></PrimaryTelephone><ElectronicMail></ElectronicMail>"
    b"</CommunicationNumbers></HumanPatient></Patient><Pharmacy><Identification><NCPDPID>"
    b"</NCPDPID><NPI></NPI></Identification><BusinessName></BusinessName><Fax><Number>"
    b"</Number></Fax></CommunicationNumbers></Pharmacy><Prescriber><NonVeterinarian>"
    b"<Identification><DEANumber></DEANumber><NPI></NPI></Identification><Specialty>"
    b"</Specialty><PracticeLocation><BusinessName></BusinessName></PracticeLocation><Name>"
    b"<LastName></LastName><FirstName></FirstName><Suffix></Suffix></Name><Fax><Number>"
    b"</Number></Fax></CommunicationNumbers></NonVeterinarian></Prescriber>"
    b"<MedicationPrescribed><DrugDescription></DrugDescription><DrugCoded><ProductCode><Code>"
    b"</Code><Qualifier></Qualifier></ProductCode><Strength><StrengthValue></StrengthValue>"
    b"<StrengthForm><Code></Code></StrengthForm><StrengthUnitOfMeasure><Code></Code>"
    b"</StrengthUnitOfMeasure></Strength><DrugDBCode><Code></Code><Qualifier></Qualifier>"
    b"</DrugDBCode></DrugCoded><Quantity><Value></Value><CodeListQualifier>"
    b"</CodeListQualifier><QuantityUnitOfMeasure><Code></Code></QuantityUnitOfMeasure>"
    b"</Quantity><DaysSupply></DaysSupply><WrittenDate><Date></Date></WrittenDate>"
    b"<Substitutions></Substitutions><NumberOfRefills></NumberOfRefills><Diagnosis>"
    b"<ClinicalInformationQualifier></ClinicalInformationQualifier><Primary><Code></Code>"
    b"<Qualifier></Qualifier><Description></Description></Primary></Diagnosis><Sig><SigText>"
    b"</SigText></Sig></MedicationPrescribed></NewRx></Body></Message>"
)
_MODEL = (
    b'{"standard":"","version":"","type":"","header":{"to":{"id":"","qualifier":""},'
    b'"from":{"id":"","qualifier":""},"message_id":"","sent_time":"",'
    b'"sender_software":{"developer":"","product":"","version_release":""},'
    b'"prescriber_order_number":""},"allergies":{"no_known_allergies":""},'
    b'"benefits":[{"pcn":"","bin":"","payer_name":"","cardholder_id":"","group_id":"",'
    b'"payer_responsibility_code":"","patient_relationship":"","person_code":""}],'
    b'"patient":{"name":{"last_name":"","first_name":""},"gender":"","date_of_birth":"",'
    b'"address":{"line1":"","city":"","state":"","postal_code":"","country":""},'
    b'"contact":{"primary_telephone":{"number":""},"email":""}},"pharmacy":{"ncpdp_id":"",'
    b'"npi":"","business_name":"",,"fax":{"number":""}}},"prescriber":{"dea_number":"",'
    b'"npi":"","specialty":"","practice_name":"","name":{"last_name":"","first_name":"",'
    b'"suffix":""},,"fax":{"number":""}}},"medication":{"drug_description":"",'
    b'"drug":{"product_code":"","product_code_qualifier":"","strength_value":"",'
    b'"strength_form_code":"","strength_unit_code":"","drug_db_code":"",'
    b'"drug_db_code_qualifier":""},"quantity":{"value":"","code_list_qualifier":"",'
    b'"unit_code":""},"days_supply":"","written_date":"","substitutions":"",'
    b'"number_of_refills":"","diagnoses":[{"clinical_information_qualifier":"",'
    b'"primary":{"code":"","qualifier":"","description":""}}],"sig":{"text":""}},"indent":""}'
)

DICTIONARIES = {1: _FIRST, 2: _MESSAGE + _MODEL + _FIRST}
"""Number (the first byte of what was packed with it) to words. The second has the element names of
SCRIPT messages and those of their JSON form as well: a NewRx is mostly names."""
