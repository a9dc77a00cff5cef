"""The HTTP interface for what reviewers do besides leading a recommendation on: settle, join, redact, answer, refer, look it up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from assistant.feedback.bodies_sent import is_only_liaison
from assistant.feedback.casework import Draft, Facts
from assistant.feedback.errors import SubmissionInvalid
from assistant.feedback.linking import NewLink
from assistant.feedback.support import Standing
from assistant.interop.origins import origins_of
from bots.bodies.bodies_json import sent_json
from bots.bodies.liaison import liaison_desk
from bots.feedback.casefile_json import casefile_json, origins_json
from bots.feedback.links_json import links_json
from bots.law.answer_gate import answer_check, notes_of
from bots.web.api import NOT_FOUND, PROBLEMS, Service, admitted
from bots.web.casework_forms import (
    ApprovalForm,
    DraftForm,
    FactsForm,
    LinkForm,
    MergeForm,
    MessageForm,
    RedactionForm,
    ReferralForm,
    SplitForm,
    SupportForm,
    UnmergeForm,
)
from bots.web.forms import ClaimForm
from bots.web.problems import Problem
from bots.web.recommendations_api import CONFLICT, FORBIDDEN, Number, Staff
from bots.web.service import Json, WebService
from corpus.errors import InvalidProvisionId
from corpus.ids import ProvisionId

_MAY = {**NOT_FOUND, **CONFLICT}
casework = APIRouter(prefix="/api/v1/recommendations", dependencies=[Depends(admitted)], responses={**PROBLEMS, **FORBIDDEN})
support = APIRouter(prefix="/api/v1/published", dependencies=[Depends(admitted)], responses=PROBLEMS)


@casework.get("/{number}/file", summary="Everything that was done about it", responses=NOT_FOUND)
def file(number: Number, service: Service, actor: Staff) -> Json:
    """Steps with their notes, answers, referrals, clocks, what a machine thinks, links, where imported ones came from.

    Reading a sealed one is written down.

    Liaisons read what was sent to their bodies, as it was sent.
    """
    if is_only_liaison(actor):
        return sent_json(liaison_desk(service.feedback).open(number, actor))
    came_from = origins_of(service.feedback, number, actor)
    return {**casefile_json(service.feedback.casefiles.open(number, actor)), "origins": origins_json(came_from)}


@casework.get("/{number}/answers/check", summary="What the newest draft lacks", responses=_MAY)
def check(number: Number, service: Service, actor: Staff) -> Json:
    """The asks it was held against, and each fault with its rule, severity and place."""
    checked = answer_check(service.feedback, service.store.documents()).newest(number, actor)
    return {"asks": list(checked.asks), "findings": [asdict(one) for one in checked.findings]}


@casework.post("/{number}/facts", summary="Settle what it is", responses=_MAY)
def settle(number: Number, form: FactsForm, service: Service, actor: Staff) -> Json:
    """The new version. What a person settles judges what a machine suggested."""
    facts = Facts(**form.model_dump(exclude={"version"}))
    return {"number": number, "version": service.feedback.casework.settle(number, form.version, facts, actor)}


@casework.post("/{number}/messages", status_code=201, summary="Write to its senders", responses=_MAY)
def tell(number: Number, form: MessageForm, service: Service, actor: Staff) -> Json:
    """The new version, how many senders it is kept for, and how many of them are sent it on their channel."""
    return {"number": number, **asdict(service.feedback.messages.tell(number, form.version, form.text, actor))}


@casework.post("/{number}/merge", summary="Join it to another", responses=_MAY)
def merge(number: Number, form: MergeForm, service: Service, actor: Staff) -> Json:
    """Its new version. What was sent for it counts for the other from here on, until it is undone.

    Its senders are told what those of the other are, and at once the answer that those have had already.
    """
    service.feedback.casework.merge(number, form.version, form.into, actor)
    return _after(number, form.version)


@casework.post("/{number}/unmerge", summary="Undo a join", responses=_MAY)
def unmerge(number: Number, form: UnmergeForm, service: Service, actor: Staff) -> Json:
    """Its new version. Links that other merges made stay; its deadlines run on with the days they had left."""
    service.feedback.casework.unmerge(number, form.version, form.to, actor)
    return _after(number, form.version)


@casework.get("/{number}/links", summary="What supports it, opposes it or is near it", responses=NOT_FOUND)
def links(number: Number, service: Service, actor: Staff) -> Json:
    """Links that people made, also those undone and those of its own submissions to others; how many people stand behind it and
    against it, by how well they are known."""
    return links_json(service.feedback.linking, number, actor)


@casework.post("/{number}/links", status_code=201, summary="Link what supports it, opposes it or is near it", responses=_MAY)
def link(number: Number, form: LinkForm, service: Service, actor: Staff) -> Json:
    """Its new version and the numbers of the links: one for each submission. Its senders are told nothing."""
    new = NewLink(form.kind, form.reason, form.code, form.matter)
    return {**_after(number, form.version), "links": list(service.feedback.linking.link(number, form.version, new, actor))}


@casework.post("/{number}/links/{made}/undo", summary="Undo such a link", responses=_MAY)
def unlink(number: Number, made: Number, form: ClaimForm, service: Service, actor: Staff) -> Json:
    """Its new version."""
    return {"number": number, "version": service.feedback.linking.unlink(number, form.version, made, actor)}


@casework.post("/{number}/split", status_code=201, summary="Open recommendations for parts of a mixed message", responses=_MAY)
def split(number: Number, form: SplitForm, service: Service, actor: Staff) -> Json:
    """Its new version, and the numbers of what was opened, in the order of the parts."""
    opened = service.feedback.splitting.split(number, form.version, form.code, form.parts, actor)
    return {**_after(number, form.version), "opened": list(opened)}


@casework.post("/{number}/redaction", summary="Confirm what may be shown", responses=_MAY)
def redact(number: Number, form: RedactionForm, service: Service, actor: Staff) -> Json:
    """The new version. 409 names what personal data a machine still finds, until `despite_found` says that it may stay."""
    casework = service.feedback.casework
    version = casework.confirm_redaction(number, form.version, form.public_texts, actor, despite_found=form.despite_found)
    return {"number": number, "version": version}


@casework.post("/{number}/answers", status_code=201, summary="Draft an answer", responses=_MAY)
def draft(number: Number, form: DraftForm, service: Service, actor: Staff) -> Json:
    """The new version; another person approves."""
    draft = Draft(form.text, form.resolution, _provisions(form.provisions), form.done_by)
    service.feedback.casework.draft_answer(number, form.version, draft, actor)
    return _after(number, form.version)


@casework.post("/{number}/answers/approval", summary="Approve the newest draft", responses=_MAY)
def approve(number: Number, form: ApprovalForm, service: Service, actor: Staff) -> Json:
    """The new version; its senders are told. Where rules find faults in it, only with a `reason`, which is kept as a note."""
    desk = service.feedback
    check = answer_check(desk, service.store.documents())
    check.approve(number, form.version, actor, form.reason, desk.casework, notes_of(desk))
    return _after(number, form.version)


@casework.post("/{number}/publication", summary="Let everybody see it with its answer", responses=_MAY)
def publish(number: Number, form: ClaimForm, service: Service, actor: Staff) -> Json:
    """The new version. Needs a confirmed redaction."""
    service.feedback.casework.publish(number, form.version, actor)
    return _after(number, form.version)


@casework.post("/{number}/referrals", status_code=201, summary="Send it to the body that can act", responses=_MAY)
def refer(number: Number, form: ReferralForm, service: Service, actor: Staff) -> Json:
    """The new version."""
    service.feedback.casework.refer(number, form.version, form.body, _provisions(form.basis), form.note, actor)
    return _after(number, form.version)


async def _known_by(request: Request) -> bool:
    """Whether a channel with a key speaks for the supporter."""
    return request.state.caller is not None


@support.post("/{number}/support", summary="Support something published", responses={**NOT_FOUND, **FORBIDDEN})
def give(number: Number, form: SupportForm, service: Service, is_channel: Annotated[bool, Depends(_known_by)]) -> Json:
    """How many support it by now. Only a channel with a key says how well it knows somebody."""
    if form.standing is not Standing.ANONYMOUS and not is_channel:
        raise Problem("forbidden")
    service.feedback.casework.give_support(number, form.supporter, form.standing)
    return _counted(number, service)


def _counted(number: int, service: WebService) -> Json:
    return {"number": number, "supporters": {standing.value: n for standing, n in service.feedback.casework.supporters(number).items()}}


def _after(number: int, version: int) -> Json:
    return {"number": number, "version": version + 1}


def _provisions(texts: Sequence[str]) -> tuple[ProvisionId, ...]:
    try:
        return tuple(map(ProvisionId.parse, texts))
    except InvalidProvisionId as error:
        raise SubmissionInvalid("provisions", "not a provision") from error
