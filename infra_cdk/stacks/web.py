"""The two sites: static files in buckets, the API under the same host, headers on everything.

The buckets live here and are SSE-S3: a bucket in another stack, or a key that has to trust the
distribution, would make the stacks depend on each other in a circle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aws_cdk import Duration
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3

from infra_cdk import site_headers
from infra_cdk.constructs.logs import removal_policy
from infra_cdk.stacks.base import PharmonicoStack

if TYPE_CHECKING:
    from aws_cdk import aws_apigateway as apigateway
    from constructs import Construct

    from infra_cdk.stages import Stage

API_PATHS = ("/api/*", "/webhook/*", "/health", "/metrics", "/docs")
SITES = ("portal", "ops")
MODERN_TLS = cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021
SECURITY = {
    "Content-Security-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
}
# A view's address has no extension: it is the one page's to show.
VIEW_REWRITE = """function handler(event) {
  var request = event.request;
  if (request.uri.lastIndexOf('.') <= request.uri.lastIndexOf('/')) request.uri = '/index.html';
  return request;
}
"""


@dataclass(frozen=True)
class _Shared:
    """What both distributions use."""

    api: cloudfront.IOrigin
    api_headers: cloudfront.ResponseHeadersPolicy
    site_headers: cloudfront.ResponseHeadersPolicy
    rewrite: cloudfront.Function


class WebStack(PharmonicoStack):
    """One bucket and one distribution per site."""

    def __init__(
        self,
        scope: Construct,
        *,
        stage: Stage,
        api: apigateway.RestApi,
        cards: s3.IBucket,
    ) -> None:
        super().__init__(scope, "web", stage=stage)
        uploads = stage.upload_url or _upload_origins(cards)
        shared = _Shared(
            api=origins.RestApiOrigin(api),
            api_headers=self._headers("Api", site_headers.api_headers()),
            site_headers=self._headers("Site", site_headers.site_headers(uploads)),
            rewrite=cloudfront.Function(
                self,
                "ViewRewrite",
                code=cloudfront.FunctionCode.from_inline(VIEW_REWRITE),
                runtime=cloudfront.FunctionRuntime.JS_2_0,
            ),
        )
        addresses = {"portal": stage.portal_url, "ops": stage.ops_url}
        for site in SITES:
            bucket = self._bucket(site)
            distribution = self._distribution(site, bucket, shared, addresses[site])
            self.tell(
                **{
                    f"{site.capitalize()}Bucket": bucket.bucket_name,
                    f"{site.capitalize()}DistributionId": distribution.distribution_id,
                    f"{site.capitalize()}DomainName": distribution.distribution_domain_name,
                }
            )

    def _bucket(self, site: str) -> s3.Bucket:
        return s3.Bucket(
            self,
            f"{site.capitalize()}Site",
            encryption=s3.BucketEncryption.S3_MANAGED,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            enforce_ssl=not self.stage_settings.local,
            versioned=True,
            removal_policy=removal_policy(self.stage_settings),
        )

    def _distribution(
        self, site: str, bucket: s3.Bucket, shared: _Shared, address: str
    ) -> cloudfront.Distribution:
        api, host = _api_behaviour(shared), urlsplit(address).hostname
        certificate = self._certificate(site)
        return cloudfront.Distribution(
            self,
            f"{site.capitalize()}Distribution",
            comment=self.stage_settings.named(site),
            default_root_object="index.html",
            default_behavior=_site_behaviour(bucket, shared),
            additional_behaviors=dict.fromkeys(API_PATHS, api),
            # CloudFront's own name and certificate come with a protocol floor of their own.
            minimum_protocol_version=MODERN_TLS if certificate else None,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
            certificate=certificate,
            domain_names=[host] if host and certificate else None,
        )

    def _certificate(self, site: str) -> acm.ICertificate | None:
        arn = self.stage_settings.certificate_arn
        return acm.Certificate.from_certificate_arn(self, f"{site}Name", arn) if arn else None

    def _headers(self, name: str, headers: dict[str, str]) -> cloudfront.ResponseHeadersPolicy:
        custom = [
            cloudfront.ResponseCustomHeader(header=header, value=value, override=True)
            for header, value in headers.items()
            if header not in SECURITY
        ]
        return cloudfront.ResponseHeadersPolicy(
            self,
            f"{name}Headers",
            response_headers_policy_name=self.stage_settings.named(f"{name.lower()}-headers"),
            security_headers_behavior=_security(headers, site=name == "Site"),
            custom_headers_behavior=cloudfront.ResponseCustomHeadersBehavior(custom_headers=custom),
        )


def _upload_origins(cards: s3.IBucket) -> str:
    """Both of the bucket's names: which one a presigned form carries depends on the region."""
    return f"https://{cards.bucket_regional_domain_name} https://{cards.bucket_domain_name}"


def _security(headers: dict[str, str], *, site: bool) -> cloudfront.ResponseSecurityHeadersBehavior:
    """The documentation pages of the API bring a content policy of their own, which stands."""
    return cloudfront.ResponseSecurityHeadersBehavior(
        content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
            content_security_policy=headers["Content-Security-Policy"], override=site
        ),
        strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
            access_control_max_age=Duration.seconds(site_headers.HSTS_MAX_AGE_S),
            include_subdomains=True,
            preload=True,
            override=True,
        ),
        content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
        frame_options=cloudfront.ResponseHeadersFrameOptions(
            frame_option=cloudfront.HeadersFrameOption.DENY, override=True
        ),
        referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
            referrer_policy=cloudfront.HeadersReferrerPolicy.NO_REFERRER, override=True
        ),
    )


def _site_behaviour(bucket: s3.Bucket, shared: _Shared) -> cloudfront.BehaviorOptions:
    return cloudfront.BehaviorOptions(
        origin=origins.S3BucketOrigin.with_origin_access_control(bucket),
        viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        response_headers_policy=shared.site_headers,
        compress=True,
        function_associations=[
            cloudfront.FunctionAssociation(
                function=shared.rewrite, event_type=cloudfront.FunctionEventType.VIEWER_REQUEST
            )
        ],
    )


def _api_behaviour(shared: _Shared) -> cloudfront.BehaviorOptions:
    return cloudfront.BehaviorOptions(
        origin=shared.api,
        allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
        cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
        origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
        response_headers_policy=shared.api_headers,
    )
