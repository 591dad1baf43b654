"""The one `Api` of this function, and what its routes share. Who reads the audit is audited."""

from datetime import UTC, datetime, timedelta

from pharmonico.adapters import aws
from pharmonico.adapters.identity import verifier
from pharmonico.fulfillment import audit
from pharmonico.fulfillment.audit.chain import NAME
from pharmonico.kit.clock import in_utc
from pharmonico.kit.errors import Invalid
from pharmonico.lambdas.http import Api
from pharmonico.lambdas.http.auditing import act_in, lists_shown_to

api = Api(verifier=verifier, sessions=aws.staff_sessions, tokens=aws.tokens, clock=aws.CLOCK)

TAG = "audit"
DAYS = 7
DAYS_MAX = 31


def audited(action: str, resource: str = "", /, **detail: str) -> None:
    """Sealed onto the chain of what was asked about, or onto the reader's own of the day."""
    act = act_in(
        api.call,
        action,
        resource or lists_shown_to(api.call, clock=aws.CLOCK),
        source="audit_api",
        clock=aws.CLOCK,
        detail={name: said for name, said in detail.items() if said},
    )
    audit.append(act, trail=aws.audit_trail(), fresh=True)


def must_be_names(*chains: str) -> None:
    """`Invalid` for what no patient or prescription is called, such as a store's own notes."""
    if not all(NAME.fullmatch(chain) for chain in chains if chain):
        raise Invalid("request.invalid", "There can be nothing of this name.")


def span(since: datetime | None, until: datetime | None) -> tuple[datetime, datetime]:
    """The time asked for, without an end until now, without a beginning a week."""
    try:
        end = in_utc(until).astimezone(UTC) if until else aws.CLOCK.now() + timedelta(seconds=1)
        start = in_utc(since).astimezone(UTC) if since else end - timedelta(days=DAYS)
        _ = end + timedelta(days=1)  # the hour behind it is looked through as well
    except OverflowError as error:
        raise _bad_span() from error
    if not timedelta(0) < end - start <= timedelta(days=DAYS_MAX):
        raise _bad_span()
    return start, end


def _bad_span() -> Invalid:
    return Invalid("audit.bad_span", f"Ask for some time of at most {DAYS_MAX} days.")
