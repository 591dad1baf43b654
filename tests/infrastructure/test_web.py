"""Both sites: one host for files and API, and headers that allow nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from infra_cdk.site_headers import api_headers, content_security_policy, site_headers

if TYPE_CHECKING:
    from tests.infrastructure.assembly import Assembly

API_PATHS = {"/api/*", "/webhook/*", "/health", "/metrics", "/docs"}
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"


def distributions(cloud: Assembly) -> list[dict[str, Any]]:
    found = cloud.resources("AWS::CloudFront::Distribution").values()
    return [each["DistributionConfig"] for each in found]


def policy(cloud: Assembly, name: str) -> dict[str, Any]:
    found = cloud.resources("AWS::CloudFront::ResponseHeadersPolicy")
    (one,) = [each for key, each in found.items() if key.startswith(name)]
    return dict(one["ResponseHeadersPolicyConfig"])


def sent(config: dict[str, Any]) -> dict[str, Any]:
    return {each["Header"]: each["Value"] for each in config["CustomHeadersConfig"]["Items"]}


def test_each_site_has_the_api_under_its_own_host(cloud: Assembly) -> None:
    assert len(distributions(cloud)) == 2
    for each in distributions(cloud):
        assert {behaviour["PathPattern"] for behaviour in each["CacheBehaviors"]} == API_PATHS
        assert {behaviour["CachePolicyId"] for behaviour in each["CacheBehaviors"]} == {
            CACHING_DISABLED
        }


def test_the_policy_allows_nothing_unsafe() -> None:
    directives = dict(
        each.split(" ", 1) for each in content_security_policy("https://cards.test").split("; ")
    )
    assert "unsafe" not in str(directives)
    assert directives["default-src"] == "'none'"
    assert directives["connect-src"] == "'self' https://cards.test"
    assert directives["frame-ancestors"] == "'none'"


def test_sites_send_the_headers_the_local_edge_sends(cloud: Assembly) -> None:
    config = policy(cloud, "SiteHeaders")
    security, wanted = config["SecurityHeadersConfig"], site_headers("")
    assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == 63_072_000
    assert security["ContentTypeOptions"] == {"Override": True}
    assert security["FrameOptions"]["FrameOption"] == wanted["X-Frame-Options"]
    assert security["ReferrerPolicy"]["ReferrerPolicy"] == wanted["Referrer-Policy"]
    assert sent(config) == {
        name: wanted[name] for name in ("Cross-Origin-Opener-Policy", "Permissions-Policy")
    }
    assert "unsafe" not in json.dumps(security["ContentSecurityPolicy"])


def test_photos_may_be_posted_to_their_bucket(local: Assembly, prod: Assembly) -> None:
    def policy_text(cloud: Assembly) -> str:
        config = policy(cloud, "SiteHeaders")["SecurityHeadersConfig"]
        return json.dumps(config["ContentSecurityPolicy"]["ContentSecurityPolicy"])

    assert "connect-src 'self' http://127.0.0.1:4566;" in policy_text(local)
    assert "CardsB3AD5C31RegionalDomainName" in policy_text(prod)


def test_answers_of_the_api_are_never_stored(cloud: Assembly) -> None:
    assert api_headers()["Cache-Control"] == "no-store"
    assert sent(policy(cloud, "ApiHeaders"))["Cache-Control"] == "no-store"


def test_the_documentation_keeps_its_own_content_policy(cloud: Assembly) -> None:
    def overrides(name: str) -> bool:
        security = policy(cloud, name)["SecurityHeadersConfig"]
        return bool(security["ContentSecurityPolicy"]["Override"])

    assert (overrides("ApiHeaders"), overrides("SiteHeaders")) == (False, True)


def test_files_are_served_over_https_from_private_buckets(cloud: Assembly) -> None:
    for each in distributions(cloud):
        assert each["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
        assert any("OriginAccessControlId" in origin for origin in each["Origins"])
