import { utf8 } from '../mls/bytes/bytes.ts';
import { openBase } from '../mls/crypto/openBase.ts';
import { type Sealed, sealBase } from '../mls/crypto/sealBase.ts';
import { importPublicKey } from '../mls/crypto/x25519.ts';
import { type Answer, type AnsweredCall, isSignedAnswer, type PublicAnswer } from './answer.ts';

export interface CallMeeting extends AnsweredCall {
  readonly meetingId: string;
}

const info = utf8('conclave call secret 1');
/** All are sealed in as many bytes: the server does not learn how long a passcode is. */
const paddedBytes = 64;

/**
 * Seals a meeting's passcode to the browser that has answered: HPKE in base mode (RFC 9180 section 6.1), bound to the call, the
 * account and the meeting.
 * @throws Error when the answer was not signed by its device, or its key is of small order
 */
export async function sealCallSecret(
  meeting: CallMeeting,
  answer: PublicAnswer,
  passcode: string,
): Promise<Sealed> {
  if (!(await isSignedAnswer(meeting, answer))) throw new Error('The answer is not signed.');
  const text = utf8(passcode);
  if (text.length >= paddedBytes) throw new RangeError('That passcode is too long.');
  const padded = new Uint8Array(paddedBytes);
  padded[0] = text.length;
  padded.set(text, 1);
  return sealBase(await importPublicKey(answer.key), padded, info, boundTo(meeting));
}

/** @returns the passcode @throws Error when it was not sealed to this answer, for this meeting */
export async function openCallSecret(
  meeting: CallMeeting,
  answer: Pick<Answer, 'privateKey'>,
  { enc, ct }: Sealed,
): Promise<string> {
  const padded = await openBase(answer.privateKey, enc, ct, info, boundTo(meeting));
  const length = padded[0] ?? 0;
  if (padded.length !== paddedBytes || length >= paddedBytes) throw new Error('That is no passcode.');
  return new TextDecoder('utf-8', { fatal: true }).decode(padded.subarray(1, 1 + length));
}

function boundTo({ callId, calleeId, meetingId }: CallMeeting): Uint8Array<ArrayBuffer> {
  return utf8(`${callId}\n${calleeId}\n${meetingId}`);
}
