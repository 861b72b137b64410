import * as z from 'zod/mini';
import { DirectEnd } from './directPath.ts';
import { ERRORS, type ErrorCode } from './errors.ts';
import { FileId } from './files.ts';
import { GroupEpoch, GroupId } from './group.ts';
import { AccountId, CallId, ContactId, InvitationId, MeetingId, ParticipantId, SessionId } from './ids.ts';
import { MediaSource } from './media.ts';
import { ModerationAction, ReportReason } from './moderation.ts';
import { LeaveReason, ParticipantRole } from './participants.ts';
import { RoleId } from './permissions.ts';
import { SettingId } from './policy/policy.ts';
import { FactorKind } from './rest/accounts.ts';
import { FactorId, OwnFactorKind } from './rest/factors.ts';
import { ProviderId } from './rest/signOnIds.ts';
import { CallEnd } from './signalling/calls.ts';
import { KnockIdentity } from './signalling/lobby.ts';

const code = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);
/** Whose doing it was; null: together with the data of the one who was invited. */
const byAccount = z.nullable(AccountId);
const invitation = { meetingId: MeetingId, invitationId: InvitationId };
const factorPurpose = z.enum(['sign-in', 'second-step', 'confirm']);
const account = { accountId: AccountId };
const participant = { meetingId: MeetingId, participantId: ParticipantId };

/** By what a session ends. `account`: the account was suspended, or has got another password. `limit`: there were too many. */
export const SessionEndReason = z.enum(['sign-out', 'revoked', 'expired', 'account', 'sign-on', 'limit']);
export type SessionEndReason = z.infer<typeof SessionEndReason>;

/**
 * The vocabulary of business events: one call for each feeds the log today, the audit log and the metrics
 * later. Ids and counts only: no names, addresses or mail addresses.
 */
export const BusinessEvent = z.discriminatedUnion('event', [
  z.strictObject({ event: z.literal('service.started'), version: z.string() }),
  z.strictObject({ event: z.literal('service.stopping'), participants: z.int() }),
  z.strictObject({ event: z.literal('owner.link_made') }),
  z.strictObject({ event: z.literal('owner.created'), ...account }),
  z.strictObject({ event: z.literal('session.started'), ...account, sessionId: SessionId }),
  z.strictObject({
    event: z.literal('session.ended'),
    ...account,
    sessionId: SessionId,
    by: SessionEndReason,
  }),
  z.strictObject({ event: z.literal('signin.factor_asked'), ...account }),
  /** Somebody guesses at one account, or at many, faster than people forget. `accountId` is null for many. */
  z.strictObject({
    event: z.literal('signin.attacked'),
    accountId: z.nullable(AccountId),
    attempts: z.int(),
  }),
  z.strictObject({
    event: z.literal('password.changed'),
    ...account,
    by: z.enum(['self', 'reset', 'invitation']),
  }),
  z.strictObject({ event: z.literal('password.removed'), ...account }),
  z.strictObject({ event: z.literal('device.announced'), ...account, deviceKeyId: z.uuid() }),
  z.strictObject({ event: z.literal('device.revoked'), ...account, deviceKeyId: z.uuid() }),
  z.strictObject({ event: z.literal('password.reset_asked'), accountId: z.nullable(AccountId) }),
  z.strictObject({ event: z.literal('person.invited'), ...account, by: AccountId, role: RoleId }),
  z.strictObject({
    event: z.literal('person.changed'),
    ...account,
    by: z.nullable(AccountId),
    what: z.array(z.enum(['name', 'role', 'status', 'mail-language'])),
    role: RoleId,
    status: z.enum(['invited', 'active', 'suspended']),
  }),
  z.strictObject({
    event: z.literal('role.changed'),
    by: AccountId,
    role: RoleId,
    what: z.enum(['created', 'changed', 'deleted']),
  }),
  z.strictObject({ event: z.literal('mail.sent'), kind: z.string(), mailId: z.uuid() }),
  z.strictObject({ event: z.literal('mail.failed'), kind: z.string(), mailId: z.uuid(), attempts: z.int() }),
  z.strictObject({ event: z.literal('factor.added'), ...account, factorId: FactorId, kind: OwnFactorKind }),
  z.strictObject({
    event: z.literal('factor.removed'),
    ...account,
    factorId: FactorId,
    kind: OwnFactorKind,
    by: AccountId,
  }),
  z.strictObject({ event: z.literal('factor.used'), ...account, kind: FactorKind, purpose: factorPurpose }),
  /** `copied`: a passkey's counter went back, so there may be two of the same authenticator. */
  z.strictObject({
    event: z.literal('factor.refused'),
    accountId: z.nullable(AccountId),
    kind: FactorKind,
    purpose: factorPurpose,
    reason: z.enum(['wrong', 'replayed', 'copied']),
  }),
  z.strictObject({ event: z.literal('factor.codes_made'), ...account }),
  /** The gateway's status, `timeout` or `network`. */
  z.strictObject({ event: z.literal('sms.failed'), reason: z.string() }),
  z.strictObject({ event: z.literal('signin.refused'), accountId: z.nullable(AccountId), code }),
  z.strictObject({ event: z.literal('meeting.created'), ...account, meetingId: MeetingId }),
  z.strictObject({ event: z.literal('test_call.begun'), meetingId: MeetingId }),
  z.strictObject({
    event: z.literal('meeting.changed'),
    ...account,
    meetingId: MeetingId,
    what: z.array(z.enum(['title', 'passcode', 'choices', 'schedule', 'cohosts'])),
  }),
  z.strictObject({
    event: z.literal('invitation.made'),
    ...account,
    meetingId: MeetingId,
    invitationId: InvitationId,
  }),
  z.strictObject({ event: z.literal('invitation.revoked'), ...invitation, accountId: byAccount }),
  /** Another link took the place of the one before. */
  z.strictObject({ event: z.literal('invitation.renewed'), ...invitation, accountId: byAccount }),
  z.strictObject({ event: z.literal('invitation.deleted'), ...invitation, accountId: byAccount }),
  /** Somebody has opened its link for the first time. */
  z.strictObject({ event: z.literal('invitation.seen'), ...invitation }),
  /** Somebody has come in with it for the first time. */
  z.strictObject({ event: z.literal('invitation.used'), ...invitation }),
  z.strictObject({ event: z.literal('meeting.deleted'), ...account, meetingId: MeetingId }),
  /**
   * Somebody rings. No line says who was rung: who called whom is kept no longer than the policy keeps missed calls. `caller` is
   * null for a contact from outside.
   */
  z.strictObject({
    event: z.literal('call.rung'),
    callId: CallId,
    caller: z.nullable(AccountId),
    contactId: z.nullable(ContactId),
  }),
  z.strictObject({ event: z.literal('call.answered'), callId: CallId }),
  /** Both are told the way into the meeting. */
  z.strictObject({ event: z.literal('call.connected'), callId: CallId, meetingId: MeetingId }),
  z.strictObject({ event: z.literal('call.over'), callId: CallId, how: CallEnd }),
  /** Somebody has tried what they may not. `accountId` is null for somebody without an account. */
  z.strictObject({ event: z.literal('call.refused'), accountId: z.nullable(AccountId), code }),
  z.strictObject({
    event: z.literal('contact.changed'),
    ...account,
    contactId: ContactId,
    what: z.enum(['added', 'deleted', 'link-made', 'link-revoked']),
  }),
  z.strictObject({ event: z.literal('caller.blocked'), ...account }),
  z.strictObject({ event: z.literal('caller.unblocked'), ...account }),
  /** `changed` are the ids of settings, without their values. */
  z.strictObject({
    event: z.literal('policy.changed'),
    ...account,
    version: z.int(),
    changed: z.array(SettingId),
  }),
  z.strictObject({ event: z.literal('data.exported'), ...account, by: AccountId }),
  /** `by` is null for what the periods of retention have erased. */
  z.strictObject({
    event: z.literal('data.erased'),
    ...account,
    by: z.nullable(AccountId),
    sessions: z.int(),
    meetings: z.int(),
    mails: z.int(),
  }),
  /** What the periods of retention have taken away. */
  z.strictObject({
    event: z.literal('retention.ran'),
    meetings: z.int(),
    accounts: z.int(),
    mails: z.int(),
    devices: z.int(),
    missedCalls: z.int(),
    /** Meetings that calls were made in. */
    calls: z.int(),
  }),
  z.strictObject({ event: z.literal('join.refused'), meetingId: z.nullable(MeetingId), code }),
  z.strictObject({
    event: z.literal('participant.joined'),
    ...participant,
    role: ParticipantRole,
    accountId: z.nullable(AccountId),
  }),
  /** Waits to be let in. */
  z.strictObject({ event: z.literal('participant.waiting'), ...participant, identity: KnockIdentity }),
  z.strictObject({ event: z.literal('participant.admitted'), ...participant, by: ParticipantId }),
  z.strictObject({
    event: z.literal('participant.turned_away'),
    ...participant,
    by: ParticipantId,
    ban: z.boolean(),
  }),
  /** What a host did, to whom; nobody is named where it was done to all. */
  z.strictObject({
    event: z.literal('meeting.moderated'),
    ...participant,
    action: ModerationAction,
    subjects: z.array(ParticipantId),
  }),
  /** Somebody has tried what they may not. */
  z.strictObject({
    event: z.literal('meeting.moderation_refused'),
    ...participant,
    action: z.union([
      ModerationAction,
      z.enum(['admit', 'turn-away', 'take-stage', 'group', 'breakout-ticket', 'breakout-help']),
    ]),
    code,
  }),
  z.strictObject({
    event: z.literal('participant.reported'),
    ...participant,
    by: ParticipantId,
    reason: ReportReason,
  }),
  /** Of a webinar: they took the place that they were asked to, declined it, or went back by themselves. */
  z.strictObject({ event: z.literal('participant.stage'), ...participant, onStage: z.boolean() }),
  z.strictObject({ event: z.literal('participant.resumed'), ...participant }),
  z.strictObject({ event: z.literal('participant.left'), ...participant, reason: LeaveReason }),
  z.strictObject({
    event: z.literal('source.changed'),
    ...participant,
    source: MediaSource,
    on: z.boolean(),
  }),
  z.strictObject({ event: z.literal('transport.connected'), ...participant }),
  z.strictObject({ event: z.literal('transport.lost'), ...participant }),
  /** The media server has closed it: far too much for seconds, or far too many SSRCs. */
  z.strictObject({
    event: z.literal('transport.cut_off'),
    ...participant,
    reason: z.enum(['flood', 'sources']),
  }),
  z.strictObject({ event: z.literal('direct.consent'), ...participant, agreed: z.boolean() }),
  z.strictObject({ event: z.literal('direct.offered'), meetingId: MeetingId }),
  z.strictObject({ event: z.literal('direct.established'), meetingId: MeetingId }),
  z.strictObject({ event: z.literal('direct.ended'), meetingId: MeetingId, reason: DirectEnd }),
  z.strictObject({ event: z.literal('group.founded'), ...participant, groupId: GroupId }),
  z.strictObject({
    event: z.literal('group.committed'),
    ...participant,
    groupId: GroupId,
    /** The one that begins. */
    epoch: GroupEpoch,
    added: z.int(),
    removed: z.int(),
  }),
  z.strictObject({ event: z.literal('group.rejoined'), ...participant }),
  /** A member does not add somebody who waits. */
  z.strictObject({ event: z.literal('group.refused'), ...participant, by: ParticipantId }),
  /** Sizes are of the ciphertext. */
  z.strictObject({ event: z.literal('file.started'), ...participant, fileId: FileId, bytes: z.int() }),
  z.strictObject({ event: z.literal('file.finished'), ...participant, fileId: FileId, bytes: z.int() }),
  z.strictObject({
    event: z.literal('file.removed'),
    ...participant,
    fileId: FileId,
    bytes: z.int(),
    by: z.enum(['sender', 'departure', 'idle', 'meeting-over', 'policy']),
  }),
  z.strictObject({
    event: z.literal('sign_on.provider_changed'),
    providerId: ProviderId,
    by: AccountId,
    what: z.enum(['created', 'changed', 'deleted']),
  }),
  z.strictObject({ event: z.literal('sign_on.linked'), ...account, providerId: ProviderId }),
  z.strictObject({ event: z.literal('sign_on.unlinked'), ...account, providerId: ProviderId }),
  z.strictObject({ event: z.literal('sign_on.account_made'), ...account, providerId: ProviderId }),
  z.strictObject({ event: z.literal('sign_on.refused'), providerId: ProviderId, code }),
  /** The provider says that somebody is signed out there; so many sessions ended here. */
  z.strictObject({ event: z.literal('sign_on.logged_out'), providerId: ProviderId, sessions: z.int() }),
  z.strictObject({
    event: z.literal('scim.token_changed'),
    tokenId: z.uuid(),
    by: AccountId,
    what: z.enum(['created', 'revoked']),
  }),
  /** What a directory may give: the role without a rule, and how many groups give one. */
  z.strictObject({
    event: z.literal('scim.settings_changed'),
    by: AccountId,
    defaultRole: RoleId,
    groupRules: z.int(),
  }),
  z.strictObject({
    event: z.literal('scim.user_changed'),
    ...account,
    what: z.enum(['created', 'taken-over', 'address', 'deleted']),
  }),
  z.strictObject({
    event: z.literal('scim.group_changed'),
    groupId: z.uuid(),
    what: z.enum(['created', 'deleted']),
  }),
  z.strictObject({ event: z.literal('worker.started'), worker: z.int() }),
  z.strictObject({ event: z.literal('worker.died'), worker: z.int(), meetings: z.int() }),
  z.strictObject({ event: z.literal('request.refused'), surface: z.enum(['http', 'signal']), code }),
]);
export type BusinessEvent = z.infer<typeof BusinessEvent>;
