"""What can go wrong in the recommendation database."""

from __future__ import annotations

from assistant.errors import AssistantError


class FeedbackError(AssistantError):
    """Base of every error of the recommendation database."""


class TransitionNotAllowed(FeedbackError):
    """No such step leads out of state `frm`; `allowed` are the states that the same actor may choose (a web answer 409 names them)."""

    def __init__(self, frm: str, to: str, allowed: tuple[str, ...]) -> None:
        self.frm, self.to, self.allowed = frm, to, allowed
        super().__init__(f"no step from {frm} to {to}; allowed: {', '.join(allowed) or 'none'}")


class RoleNotAllowed(FeedbackError):
    """The step from `frm` to `to` exists, but for the roles `needed` only."""

    def __init__(self, frm: str, to: str, needed: tuple[str, ...]) -> None:
        self.frm, self.to, self.needed = frm, to, needed
        super().__init__(f"the step from {frm} to {to} needs one of: {', '.join(needed)}")


class InvariantBroken(FeedbackError):
    """The step would break the rule `name` (a value of states.Invariant), which holds whatever the table allows."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"this step breaks a rule that always holds: {name}")


class RuleNotFound(FeedbackError):
    """No deadline rule `rule` is in force on `on`, an ISO day."""

    def __init__(self, rule: str, on: str) -> None:
        self.rule, self.on = rule, on
        super().__init__(f"no deadline rule {rule} on {on}")


class VariantNotFound(FeedbackError):
    """The deadline rule `rule` has no such variant; `known` are those it has."""

    def __init__(self, rule: str, variant: str, known: tuple[str, ...]) -> None:
        self.rule, self.variant, self.known = rule, variant, known
        super().__init__(f"deadline rule {rule} has no variant {variant}; known: {', '.join(known) or 'none'}")


class PauseNotAllowed(FeedbackError):
    """The deadline rule `rule` counts backwards from an event: no clock runs that could be stopped."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        super().__init__(f"deadline rule {rule} counts backwards and cannot pause")


class KeysUnusable(FeedbackError):
    """The keys of `source` cannot be used; never tells a key."""

    def __init__(self, source: str, reason: str) -> None:
        self.source, self.reason = source, reason
        super().__init__(f"keys of {source}: {reason}")


class SealBroken(FeedbackError):
    """A sealed value at `place` cannot be opened."""

    def __init__(self, place: str, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__(f"sealed value {place}: {reason}")


class CursorInvalid(FeedbackError):
    """A cursor that no list in the order `order` gave."""

    def __init__(self, order: str) -> None:
        self.order = order
        super().__init__(f"not a cursor of a list by {order}")


class SubmissionInvalid(FeedbackError):
    """A submission that cannot be taken; `what` names the part: text, consent, channel, attachment, provisions."""

    def __init__(self, what: str, reason: str) -> None:
        self.what, self.reason = what, reason
        super().__init__(f"submission refused, {what}: {reason}")


class SubmissionNotFound(FeedbackError):
    """No submission has this code, or it is not the asker's; which of both is not told."""

    def __init__(self) -> None:
        super().__init__("no such submission")


class RecommendationNotFound(FeedbackError):
    """No recommendation has this number, or the asker may not see it; which of both is not told."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"no such recommendation: {number}")


class ChangedMeanwhile(FeedbackError):
    """Somebody else changed the recommendation first; `version` is the one it has today."""

    def __init__(self, number: int, version: int) -> None:
        self.number, self.version = number, version
        super().__init__(f"recommendation {number} is at version {version}")


class AuditBroken(FeedbackError):
    """The chain of audit events does not hold from event `number` on."""

    def __init__(self, number: int, reason: str) -> None:
        self.number, self.reason = number, reason
        super().__init__(f"audit event {number}: {reason}")


class CannotJoin(FeedbackError):
    """These two recommendations cannot be followed together: one is sealed, closed or joined already, or both are the same."""

    def __init__(self, number: int, into: int) -> None:
        self.number, self.into = number, into
        super().__init__(f"recommendation {number} cannot be joined to {into}")


class CannotLink(FeedbackError):
    """Nothing can be linked to recommendation `number`: it is sealed, or followed with another."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"nothing can be linked to recommendation {number}")


class AlreadyLinked(FeedbackError):
    """Whatever was to be linked to recommendation `number` belongs or is linked to it already."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"linked to recommendation {number} already")


class MayNotLink(FeedbackError):
    """Somebody may see the recommendation but link nothing to it: that is for the roles `needed`."""

    def __init__(self, needed: tuple[str, ...]) -> None:
        self.needed = needed
        super().__init__(f"linking needs one of: {', '.join(needed)}")


class NothingToUndo(FeedbackError):
    """Recommendation `number` is joined to no other."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"recommendation {number} is joined to no other")


class NeedsItsAct(FeedbackError):
    """The step to state `to` comes with an act of its own (`Casework`): without it there would be no answer, referral or join."""

    def __init__(self, to: str) -> None:
        self.to = to
        super().__init__(f"the step to {to} comes with its act")


class NothingDrafted(FeedbackError):
    """Recommendation `number` has no answer that could be approved or published."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"recommendation {number} has no such answer")


class MayNotAct(FeedbackError):
    """The actor may see the recommendation and not do this to it; `needed` are the roles that may."""

    def __init__(self, needed: tuple[str, ...]) -> None:
        self.needed = needed
        super().__init__(f"this needs one of: {', '.join(needed)}")


class PersonalDataLeft(FeedbackError):
    """What would be shown to everybody still tells of persons; `found`: in which part (title, statement, answer, a code) of which type."""

    def __init__(self, found: tuple[tuple[str, str], ...]) -> None:
        self.found = found
        super().__init__(f"personal data left: {', '.join(f'{kind} in {part}' for part, kind in found)}")


class DenunciationInTheOpen(FeedbackError):
    """Recommendation `number` is not sealed, and a person takes it for a denunciation: it must be sealed first."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"recommendation {number} is to be sealed")


class ActInvalid(FeedbackError):
    """Something written for an act cannot be taken; `what` names it: text, body, area, code, sender, parts, purpose, reason, link…"""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"cannot be taken: {what}")


class AttachmentNotFound(FeedbackError):
    """Recommendation `number` has no file `attachment`, or none that anybody may open yet."""

    def __init__(self, number: int, attachment: str) -> None:
        self.number, self.attachment = number, attachment
        super().__init__(f"recommendation {number} has no attachment {attachment}")


class AttachmentErased(FeedbackError):
    """The sender of what `attachment` came with had it erased."""

    def __init__(self, number: int, attachment: str) -> None:
        self.number, self.attachment = number, attachment
        super().__init__(f"attachment {attachment} of recommendation {number} was erased")


class MayNotReadContact(FeedbackError):
    """Recommendation `number` may be seen, but how to reach its senders is for its owner or a unit administrator: the roles `needed`."""

    def __init__(self, number: int, needed: tuple[str, ...]) -> None:
        self.number, self.needed = number, needed
        super().__init__(f"contact details of recommendation {number} need one of: {', '.join(needed)}")


class UnknownValue(FeedbackError):
    """There is no such state, role or field; `known` are those there are."""

    def __init__(self, value: str, known: tuple[str, ...]) -> None:
        self.value, self.known = value, known
        super().__init__(f"{value!r} is none of: {', '.join(known)}")


class SealedMatterReported(FeedbackError, ValueError):
    """The matter `number` is sealed or a denunciation; no report may hold anything of it."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"matter {number} is sealed")


class MatterReportedTwice(FeedbackError, ValueError):
    """The matter `number` came more than once and would be counted so."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"matter {number} was given twice")
