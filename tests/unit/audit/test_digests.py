"""Digests close the hours one after the other, and what they have seen cannot be taken back."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pharmonico.adapters.memory.audit import MemoryAuditTrail
from pharmonico.adapters.memory.vault import MemorySigner, MemoryVault
from pharmonico.events.envelope import SYSTEM
from pharmonico.fulfillment.audit import Act, Entry, append, seal
from pharmonico.fulfillment.audit.checking import Fault, Finding
from pharmonico.fulfillment.audit.digests import Digest, DigestForged, make_digest, opened
from pharmonico.fulfillment.audit.proving import DigestFault, DigestFinding, Proof, prove
from pharmonico.fulfillment.audit.signing import canonical, signed, unsigned

from tests.builders import a_clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from pharmonico.kit.clock import FixedClock

HOUR = timedelta(hours=1)
CHAINS = ("rx_1", "rx_2", "rx_3")


@dataclass
class Archive:
    """A trail, its vault, and a clock that both go by."""

    clock: FixedClock = field(default_factory=a_clock)
    vault: MemoryVault = field(default_factory=MemoryVault)
    signer: MemorySigner = field(default_factory=MemorySigner)

    def __post_init__(self) -> None:
        self.trail = MemoryAuditTrail(clock=self.clock)
        self._acts = 0

    def writes(self, *chains: str) -> None:
        for chain in chains:
            self._acts += 1
            act = Act(
                act_id=f"act_{self._acts}",
                at=self.clock.now(),
                actor=SYSTEM,
                action="read",
                resource=chain,
            )
            append(act, trail=self.trail)

    def closes(self, *, after: timedelta = HOUR, early: bool = False) -> Digest | None:
        self.clock.advance(after)
        return make_digest(
            trail=self.trail, vault=self.vault, signer=self.signer, clock=self.clock, early=early
        )

    def proof(self, **limits: int) -> Proof:
        return prove(trail=self.trail, vault=self.vault, signer=self.signer, **limits)

    @property
    def found(self) -> list[Finding | DigestFinding]:
        return self.proof().findings

    def sealed_anew(self, chain: str, place: int) -> None:
        """All links from the place on, with another outcome and seals that fit."""
        texts = self.trail.texts[chain]
        previous = json.loads(texts[place])["previous_hash"]
        for at in range(place, len(texts) + 1):
            entry = Entry.model_validate_json(texts[at])
            act = entry.act.model_copy(update={"outcome": "denied"})
            hashed = seal(at, act.model_dump(mode="json"), previous)
            texts[at] = Entry(
                sequence=at, act=act, previous_hash=previous, hash=hashed
            ).model_dump_json()
            previous = hashed


@pytest.fixture
def archive() -> Archive:
    """Three chains of four links, over three hours, sealed."""
    archive = Archive()
    archive.writes(*CHAINS, *CHAINS)
    archive.closes(after=HOUR + timedelta(minutes=6))
    archive.writes(*CHAINS)
    archive.closes()
    archive.writes(*CHAINS)
    archive.closes()
    assert len(archive.vault.files) == 3
    return archive


def test_an_hour_is_closed_once_and_some_minutes_after_its_end() -> None:
    archive = Archive()
    archive.writes("rx_1")
    first = archive.closes(after=timedelta(minutes=6))
    assert first is not None
    assert first.heads == ()  # noon has only just begun; the hours before saw nothing
    assert archive.closes(after=timedelta(minutes=50)) is None
    second = archive.closes(after=timedelta(minutes=12))
    assert second is not None
    assert [(head.chain, head.place) for head in second.heads] == [("rx_1", 1)]
    assert archive.closes(after=timedelta(0)) is None


def test_digests_follow_each_other_without_a_gap(archive: Archive) -> None:
    digests = [opened(kept) for kept in archive.vault.kept("digests/")]
    assert [digest.number for digest in digests if digest] == [1, 2, 3]
    assert [len(digest.heads) for digest in digests if digest] == [3, 3, 3]
    assert archive.proof().sealed_until == digests[-1].until if digests[-1] else None
    assert archive.found == []


def test_a_digest_of_an_hour_without_entries_is_one_too(archive: Archive) -> None:
    digest = archive.closes(after=3 * HOUR)
    assert digest is not None
    assert (digest.number, digest.heads) == (4, ())
    assert archive.found == []


def test_an_early_digest_sees_the_running_hour_and_the_next_sees_its_rest() -> None:
    archive = Archive()
    archive.writes("rx_1")
    early = archive.closes(after=timedelta(minutes=10), early=True)
    assert early is not None
    assert [head.place for head in early.heads] == [1]
    archive.writes("rx_1")
    late = archive.closes(after=HOUR)
    assert late is not None
    assert [head.place for head in late.heads] == [2]
    assert late.since == early.until


@pytest.mark.parametrize("left", range(4))
@pytest.mark.parametrize("chain", CHAINS)
def test_a_dropped_tail_is_found(archive: Archive, chain: str, left: int) -> None:
    for place in range(left + 1, 5):
        del archive.trail.texts[chain][place]
    assert archive.found == [Finding(chain, left + 1, Fault.CUT)]


@pytest.mark.parametrize("place", range(1, 5))
def test_a_chain_sealed_anew_is_found_at_the_first_place_a_digest_saw(
    archive: Archive, place: int
) -> None:
    archive.sealed_anew("rx_2", place)
    seen = [each for each in (2, 3, 4) if each >= place]
    assert archive.found == [Finding("rx_2", each, Fault.REWRITTEN) for each in seen]


@pytest.mark.parametrize("place", range(1, 5))
@pytest.mark.parametrize(
    "harm",
    [
        lambda texts, place: texts.update({place: texts[place].replace("read", "x")}),
        lambda texts, place: texts.update({place: texts[place % 4 + 1]}),
        lambda texts, place: texts.update({place: ""}),
    ],
    ids=["changed", "replaced", "emptied"],
)
def test_harm_at_any_place_is_found_there(
    archive: Archive, place: int, harm: Callable[[dict[int, str], int], None]
) -> None:
    harm(archive.trail.texts["rx_3"], place)
    (finding,) = archive.found
    assert isinstance(finding, Finding)
    assert (finding.chain, finding.place) == ("rx_3", place)


def test_chains_that_were_exchanged_whole_are_found(archive: Archive) -> None:
    texts = archive.trail.texts
    texts["rx_1"], texts["rx_2"] = texts["rx_2"], texts["rx_1"]
    assert archive.found == [Finding(chain, 1, Fault.FOREIGN) for chain in ("rx_1", "rx_2")]


def test_harm_within_the_hour_is_told_by_the_digest_itself(archive: Archive) -> None:
    archive.writes("rx_1")
    del archive.trail.texts["rx_1"][2]
    digest = archive.closes()
    assert digest is not None
    (broken,) = digest.broken
    assert (broken.chain, broken.place, broken.fault) == ("rx_1", 2, "misplaced")


def test_a_rewriting_since_the_last_digest_is_told_by_the_next(archive: Archive) -> None:
    archive.sealed_anew("rx_1", 1)
    archive.writes("rx_1")
    digest = archive.closes()
    assert digest is not None
    assert [(each.place, each.fault) for each in digest.broken] == [(4, "rewritten")]


@pytest.mark.parametrize("dropped", [0, 1])
def test_a_digest_left_out_is_found(archive: Archive, dropped: int) -> None:
    keys = sorted(archive.vault.files)
    del archive.vault.files[keys[dropped]]
    assert archive.found == [DigestFinding(keys[dropped + 1], DigestFault.MISSING)]


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize(
    ("forge", "fault"),
    [
        (lambda data, _: data.replace(b'"place":', b'"place":1'), DigestFault.FORGED),
        (lambda data, _: data[:-20] + b"\n", DigestFault.FORGED),
        (lambda data, _: unsigned(data), DigestFault.UNREADABLE),
        (lambda _data, _: b"", DigestFault.UNREADABLE),
        (
            lambda data, _: signed(unsigned(data), signer=MemorySigner(b"other")),
            DigestFault.FORGED,
        ),
        (
            lambda data, signer: signed(
                canonical(json.loads(unsigned(data)) | {"previous": "f" * 64}), signer=signer
            ),
            DigestFault.UNLINKED,
        ),
    ],
    ids=["changed", "cut", "unsigned", "empty", "signed by another", "linked elsewhere"],
)
def test_a_forged_digest_is_found(
    archive: Archive,
    number: int,
    forge: Callable[[bytes, MemorySigner], bytes],
    fault: DigestFault,
) -> None:
    key = sorted(archive.vault.files)[number]
    (genuine,) = archive.vault.files[key]
    assert genuine is not None
    archive.vault.files[key] = [forge(genuine, archive.signer)]
    assert archive.found[0] == DigestFinding(key, fault)


@pytest.mark.parametrize("laid_over", [None, b"{}\n"])
def test_what_is_laid_over_a_digest_is_told_and_not_believed(
    archive: Archive, laid_over: bytes | None
) -> None:
    key = sorted(archive.vault.files)[1]
    archive.vault.files[key].append(laid_over)
    proof = archive.proof()
    assert proof.findings == [DigestFinding(key, DigestFault.COVERED)]
    assert (proof.digests, proof.chains) == (3, 9)


def test_nothing_is_built_upon_a_forged_digest(archive: Archive) -> None:
    key = max(archive.vault.files)
    archive.vault.files[key] = [b"{}\n{}\n"]
    with pytest.raises(DigestForged):
        archive.closes()


@pytest.mark.parametrize("chains_max", range(1, 10))
@pytest.mark.parametrize("digests_max", [1, 2, 3])
def test_pages_together_prove_what_one_page_does(
    archive: Archive, chains_max: int, digests_max: int
) -> None:
    archive.trail.texts["rx_2"].pop(4)
    archive.vault.files[sorted(archive.vault.files)[1]].append(None)
    whole, pages = archive.proof(), [archive.proof(chains_max=chains_max, digests_max=digests_max)]
    while pages[-1].after is not None:
        pages.append(
            prove(
                trail=archive.trail,
                vault=archive.vault,
                signer=archive.signer,
                after=pages[-1].after,
                chains_max=chains_max,
                digests_max=digests_max,
            )
        )
        assert len(pages) < 20
    assert sum(page.chains for page in pages) == whole.chains == 9
    assert sum(page.digests for page in pages) == whole.digests == 3
    assert {str(each) for page in pages for each in page.findings} == {
        str(each) for each in whole.findings
    }


def test_without_a_digest_nothing_is_proven() -> None:
    proof = Archive().proof()
    assert (proof.digests, proof.findings, proof.sealed_until) == (0, [], None)
