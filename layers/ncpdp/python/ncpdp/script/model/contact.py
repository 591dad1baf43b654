"""Names, addresses and numbers, shared by everyone who appears in a message."""

from __future__ import annotations

from dataclasses import dataclass

from ncpdp.script.fields import leaf, part, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    last_name: str | None = leaf("LastName", length_max=35)
    first_name: str | None = leaf("FirstName", length_max=35)
    middle_name: str | None = leaf("MiddleName", length_max=35)
    suffix: str | None = leaf("Suffix", length_max=10)
    prefix: str | None = leaf("Prefix", length_max=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    line1: str | None = leaf("AddressLine1", length_max=40)
    line2: str | None = leaf("AddressLine2", length_max=40)
    city: str | None = leaf("City", length_max=35)
    state: str | None = leaf("StateProvince")
    postal_code: str | None = leaf("PostalCode")
    country: str | None = leaf("CountryCode")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number of ten digits, without country code."""

    number: str | None = leaf("Number")
    extension: str | None = leaf("Extension")
    supports_sms: str | None = leaf("SupportsSMS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    primary_telephone: Phone | None = part(Phone, "PrimaryTelephone")
    beeper: Phone | None = part(Phone, "Beeper")
    email: str | None = leaf("ElectronicMail", length_max=80)
    fax: Phone | None = part(Phone, "Fax")
    home_telephone: Phone | None = part(Phone, "HomeTelephone")
    work_telephone: Phone | None = part(Phone, "WorkTelephone")
    other_telephones: tuple[Phone, ...] = parts(Phone, "OtherTelephone")
    direct_address: str | None = leaf("DirectAddress")

    @property
    def phone(self) -> str | None:
        """The number to call first."""
        for phone in (self.primary_telephone, self.home_telephone, self.work_telephone):
            if phone and phone.number:
                return phone.number
        return None
