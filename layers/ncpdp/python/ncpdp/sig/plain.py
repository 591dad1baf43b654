"""A structured SIG as a sentence, in English or in Spanish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ncpdp.sig.answers import CannotTell, Reason
from ncpdp.sig.phrases import Phrases, Unknown

if TYPE_CHECKING:
    from ncpdp.script.model.drug import Sig

Language = Literal["en", "es"]
_BETWEEN = {"and": ("and", "y"), "then": ("then", "después"), "or": ("or", "o")}


def plain(sig: Sig | None, language: Language = "en") -> str | CannotTell:
    """The directions as a patient would read them.

    Without a structure, English is the text as it was sent; Spanish cannot be told from text.
    """
    if sig is None or not (sig.instructions or sig.text):
        return CannotTell("no_structure")
    if not sig.instructions:
        text = sig.text or ""
        return text if language == "en" else CannotTell("no_structure")
    phrases = Phrases(language)
    try:
        return _sentences(sig, phrases)
    except Unknown as unknown:
        reason: Reason = "free_text" if unknown.is_free_text else "word"
        return CannotTell(reason, unknown.what)


def _sentences(sig: Sig, phrases: Phrases) -> str:
    parts: list[str] = []
    for index, instruction in enumerate(sig.instructions):
        sentence = phrases.instruction(instruction)
        if index:
            between = sig.multiple_instruction_modifiers[index - 1 : index]
            known = _BETWEEN.get(between[0].strip().lower()) if between else None
            if known is None:
                raise Unknown("MultipleInstructionModifier")
            sentence = f"{phrases.pick(known)} {sentence[0].lower()}{sentence[1:]}"
        parts.append(sentence)
    text = ", ".join(parts)
    for one in sig.indications:
        text += f" {phrases.indication(one)}"
    text += "."
    for limit in (
        *(one for instruction in sig.instructions for one in instruction.maximum_doses),
        *sig.maximum_doses,
    ):
        text += f" {phrases.limit(limit)}."
    if sig.clarifying_text:
        own = phrases.free_text(sig.clarifying_text)
        text += f" {own[:1].upper()}{own[1:]}."
    return text
