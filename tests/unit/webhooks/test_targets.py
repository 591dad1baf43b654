"""Nobody makes us call our own network."""

import pytest
from pharmonico.fulfillment.webhooks.targets import check_url, is_public
from pharmonico.kit.errors import Invalid


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
        *("0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("::", "::1", "fd00:ec2::254", "fe80::1%eth0", "ff02::1", "2001:db8::1"),
        *(
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        ),
    ],
)
def test_an_address_inside_is_not_public_however_it_is_wrapped(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_an_address_outside_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://clinic.example/hooks",
            "ftp://clinic.example",
            "clinic.example",
            "//clinic.example",
        ),
        *("https://", "https:///x", "https://user@clinic.example/", "https://clinic.example/#x"),
        *("https://clinic.example:22/", "https://clinic.example:99999/", "https://localhost/"),
        *("https://10.0.0.1/", "https://[::1]/", "https://metadata.google.internal/"),
        *("https://printer.local/", "https://intranet/", "https://clinic.example/a b"),
        *("https://printer.local./", "https://a.localhost./", "https://:word@clinic.example/"),
        *("https://[fec0::1]/", "https://[fd00::1]/", "https://[::ffff:10.0.0.1]/"),
        *(
            "https://clinic.example\\@10.0.0.1/",
            "https://clinic.example/\n",
            "https://clínica.example/",
        ),
        "https://clinic.example/" + "a" * 500,
    ],
)
def test_an_endpoint_is_https_at_a_public_name(url: str) -> None:
    with pytest.raises(Invalid):
        check_url(url, loopback=False)


@pytest.mark.parametrize(
    "url",
    ["https://clinic.example/hooks?x=1", "https://clinic.example:8443/", "https://8.8.8.8/"],
)
def test_a_public_https_url_is_taken(url: str) -> None:
    assert check_url(url, loopback=False) == url


def test_the_developers_own_machine_is_for_local_stages_alone() -> None:
    url = "http://127.0.0.1:9000/hooks"
    assert check_url(url, loopback=True) == url
    with pytest.raises(Invalid):
        check_url(url, loopback=False)
    with pytest.raises(Invalid):
        check_url("http://10.0.0.1/", loopback=True)
