"""Sessions end by themselves, follow the pool's roles, and are worth nothing to who reads them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pharmonico.fulfillment.access import Role
from pharmonico.fulfillment.staff.ports import Proof
from pharmonico.fulfillment.staff.sessions import (
    ABSOLUTE_S,
    IDLE_S,
    StaffSessions,
    end_session,
    find_session,
    open_session,
    renew_session,
)
from pharmonico.kit.errors import Forbidden, Unauthenticated, Unavailable
from pharmonico.kit.ids import fingerprint

if TYPE_CHECKING:
    from pharmonico.adapters.memory.tokens import MemoryTokens
    from pharmonico.adapters.sealing import FernetSealer
    from pharmonico.kit.clock import FixedClock

    from tests.unit.staff.conftest import Pool


@pytest.fixture
def needs(
    pool: Pool, tokens: MemoryTokens, sealer: FernetSealer, clock: FixedClock
) -> dict[str, Any]:
    return {"verifier": pool, "sealer": sealer, "tokens": tokens, "clock": clock}


@pytest.fixture
def reference(needs: dict[str, Any]) -> str:
    proof = Proof(access_token="ops/1", refresh_token="refresh/ops")
    return open_session(proof, "ops", **needs)[0]


def test_a_session_names_its_caller(
    reference: str, tokens: MemoryTokens, clock: FixedClock
) -> None:
    sessions = StaffSessions(tokens=tokens, clock=clock)
    caller = sessions.caller(reference)
    assert caller is not None
    assert (caller.id, caller.roles) == ("usr_ops", frozenset({Role.OPS}))
    assert sessions.caller("another") is None
    assert sessions.caller("") is None


def test_what_is_stored_names_neither_reference_nor_token(
    reference: str, tokens: MemoryTokens
) -> None:
    stored = tokens.get(f"staff_session#{fingerprint(reference)}") or ""
    assert "usr_ops" in stored
    assert reference not in stored
    assert "refresh/ops" not in stored


def test_half_an_hour_without_renewal_ends_it(
    reference: str, tokens: MemoryTokens, clock: FixedClock
) -> None:
    clock.advance(timedelta(seconds=IDLE_S - 1))
    assert find_session(reference, tokens=tokens, clock=clock)
    clock.advance(timedelta(seconds=1))
    assert find_session(reference, tokens=tokens, clock=clock) is None


def test_renewal_goes_on_until_the_day_is_over(
    reference: str, pool: Pool, needs: dict[str, Any], clock: FixedClock
) -> None:
    for _ in range(ABSOLUTE_S // (IDLE_S - 60)):
        clock.advance(timedelta(seconds=IDLE_S - 60))
        session = renew_session(reference, provider=pool, **needs)
        assert session.idle_left_s(clock.now()) <= session.absolute_left_s(clock.now())
    clock.advance(timedelta(seconds=IDLE_S - 60))
    with pytest.raises(Unauthenticated):
        renew_session(reference, provider=pool, **needs)


def test_whoever_is_locked_out_at_the_pool_is_out(
    reference: str, pool: Pool, needs: dict[str, Any], tokens: MemoryTokens, clock: FixedClock
) -> None:
    pool.locked.add("ops")
    with pytest.raises(Unauthenticated, match="ended"):
        renew_session(reference, provider=pool, **needs)
    assert find_session(reference, tokens=tokens, clock=clock) is None


def test_a_role_taken_away_is_gone_at_the_next_renewal(
    reference: str, pool: Pool, needs: dict[str, Any]
) -> None:
    pool.roles["ops"] = frozenset({Role.AUDITOR})
    assert renew_session(reference, provider=pool, **needs).roles == {Role.AUDITOR}
    pool.roles["ops"] = frozenset()
    with pytest.raises(Unauthenticated):
        renew_session(reference, provider=pool, **needs)


def test_a_pool_that_is_down_ends_nothing(
    reference: str, pool: Pool, needs: dict[str, Any], tokens: MemoryTokens, clock: FixedClock
) -> None:
    pool.is_down = True
    with pytest.raises(Unavailable):
        renew_session(reference, provider=pool, **needs)
    assert find_session(reference, tokens=tokens, clock=clock)


def test_signing_out_ends_it_here_and_at_the_pool_and_twice_does_nothing(
    reference: str, pool: Pool, sealer: FernetSealer, tokens: MemoryTokens, clock: FixedClock
) -> None:
    needs: Any = {"provider": pool, "sealer": sealer, "tokens": tokens, "clock": clock}
    assert end_session(reference, **needs)
    assert pool.ended == ["refresh/ops"]
    assert find_session(reference, tokens=tokens, clock=clock) is None
    assert end_session(reference, **needs) is None


def test_who_signs_out_while_a_renewal_is_under_way_is_out(
    reference: str, pool: Pool, needs: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    renew = pool.renew
    kept = {name: needs[name] for name in ("tokens", "clock")}

    def slowly(refresh_token: str) -> str:
        fresh = renew(refresh_token)
        assert end_session(reference, provider=pool, sealer=needs["sealer"], **kept)
        return fresh

    monkeypatch.setattr(pool, "renew", slowly)
    with pytest.raises(Unauthenticated, match="ended"):
        renew_session(reference, provider=pool, **needs)
    assert find_session(reference, **kept) is None


def test_somebody_without_a_role_gets_no_session(needs: dict[str, Any]) -> None:
    proof = Proof(access_token="nobody/1", refresh_token="refresh/nobody")
    with pytest.raises(Forbidden, match="no role"):
        open_session(proof, "nobody", **needs)


def test_a_seal_opens_for_its_own_key_alone(sealer: FernetSealer) -> None:
    sealed = sealer.seal("a token", key="one")
    assert sealer.unseal(sealed, key="one") == "a token"
    assert sealer.unseal(sealed, key="two") is None
    assert sealer.unseal(sealed[:-2] + "xx", key="one") is None
