import * as z from 'zod/mini';
import { AccountId, CallId, ContactId, Instant, MeetingId, Token256 } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { DevicePublicKey } from '../rest/deviceKeys.ts';
import { DisplayName } from '../text.ts';

/**
 * The channel of an account: a WebSocket of each page on which somebody is signed in. The server alone speaks on it; what the
 * page wants, it says over REST. A page that sends anything is cut off.
 */
export const CALL_CHANNEL_PATH = '/api/v1/calls/channel';

/** A ring ends: the callee said no, the caller gave up, nobody came, or the two browsers did not get together. */
export const CallEnd = z.enum(['declined', 'cancelled', 'missed', 'failed', 'connected']);
export type CallEnd = z.infer<typeof CallEnd>;

/** Who rings: somebody with an account here, or a contact from outside under the name that the callee has given them. */
export const CallParty = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('member'), accountId: AccountId, name: DisplayName }),
  z.strictObject({ kind: z.literal('contact'), contactId: ContactId, name: DisplayName }),
]);
export type CallParty = z.infer<typeof CallParty>;

/** An X25519 public key (RFC 7748), 32 bytes, base64url: made for one answer, and gone with it. */
export const CallPublicKey = Token256;
/** An Ed25519 signature, 64 bytes, base64url. */
export const CallSignature = z.string().check(z.regex(/^[A-Za-z0-9_-]{85}[AQgw]$/));

/**
 * What whoever answers gives the caller to seal to. The signature is that of the browser's device key over the key, the call and
 * the account (docs/e2ee.md).
 */
export const CallAnswer = z.strictObject({
  key: CallPublicKey,
  device: DevicePublicKey,
  signature: CallSignature,
});
export type CallAnswer = z.infer<typeof CallAnswer>;

/** HPKE (RFC 9180) in base mode to the key of the answer: the server passes it on and cannot open it. */
export const SealedSecret = z.strictObject({
  enc: CallPublicKey,
  ciphertext: z
    .string()
    .check(z.regex(/^[A-Za-z0-9_-]+$/), z.maxLength(Math.ceil((LIMITS.callSecretBytes * 4) / 3))),
});
export type SealedSecret = z.infer<typeof SealedSecret>;

export const IncomingCall = z.strictObject({ callId: CallId, caller: CallParty, endsAt: Instant });
export type IncomingCall = z.infer<typeof IncomingCall>;

/** No calls until then; null: until it is turned off by hand. */
export const QuietTime = z.nullable(z.strictObject({ until: z.nullable(Instant) }));
export type QuietTime = z.infer<typeof QuietTime>;

export const CallChannelMessage = z.discriminatedUnion('type', [
  /** All that holds now; once more when something of it changes. */
  z.strictObject({
    type: z.literal('state'),
    calls: z.enum(['contacts', 'organisation', 'off']),
    quiet: QuietTime,
    /** Missed calls that the person has not looked at. */
    missed: z.int(),
    incoming: z.array(IncomingCall),
  }),
  /** A ring that was heard here is over. `here`: by this session. */
  z.strictObject({
    type: z.literal('over'),
    callId: CallId,
    how: z.enum([...CallEnd.options, 'answered']),
    here: z.boolean(),
  }),
  /** To the caller: somebody has answered; the secret is asked for. */
  z.strictObject({ type: z.literal('answered'), callId: CallId, by: AccountId, answer: CallAnswer }),
  /** To the caller: that was all. `missed` whatever the reason: away, not to be disturbed, or unwilling. */
  z.strictObject({ type: z.literal('ended'), callId: CallId, how: CallEnd }),
  /** To the session that has answered: the way in. */
  z.strictObject({
    type: z.literal('secret'),
    callId: CallId,
    meetingId: MeetingId,
    sealed: SealedSecret,
  }),
  z.strictObject({ type: z.literal('ping') }),
]);
export type CallChannelMessage = z.infer<typeof CallChannelMessage>;
