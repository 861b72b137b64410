import { fromBase64Url, toBase64Url } from '@conclave/e2ee';
import { isStrangeDevice, makeAnswer, openCallSecret, sealCallSecret } from '@conclave/e2ee/calls';
import type { CallAnswer, SealedSecret } from '@conclave/protocol';

/** An answer to a ring, and the only key to what the caller seals to it. */
export interface OwnAnswer {
  readonly answer: CallAnswer;
  /** @returns the passcode @throws Error when it was not sealed to this answer */
  open(meetingId: string, sealed: SealedSecret): Promise<string>;
}

/** @param accountId one's own */
export async function answerCall(callId: string, accountId: string): Promise<OwnAnswer> {
  const call = { callId, calleeId: accountId };
  const made = await makeAnswer(call);
  return {
    answer: {
      key: toBase64Url(made.key),
      device: toBase64Url(made.device),
      signature: toBase64Url(made.signature),
    },
    open: (meetingId, { enc, ciphertext }) =>
      openCallSecret({ ...call, meetingId }, made, {
        enc: fromBase64Url(enc),
        ct: fromBase64Url(ciphertext),
      }),
  };
}

/** Whether this browser knows the account that was rung by other devices alone, and asks before it goes on. */
export function isStrangeAnswer(
  callee: { readonly accountId: string; readonly name: string },
  { device }: CallAnswer,
): Promise<boolean> {
  return isStrangeDevice(callee, fromBase64Url(device));
}

/**
 * Seals the passcode of a meeting to whoever has answered.
 * @param by the account that was rung @throws Error when the answer is not signed by the device that it names
 */
export async function sealToAnswer(
  call: { readonly callId: string; readonly by: string; readonly meetingId: string },
  { key, device, signature }: CallAnswer,
  passcode: string,
): Promise<SealedSecret> {
  const { enc, ct } = await sealCallSecret(
    { callId: call.callId, calleeId: call.by, meetingId: call.meetingId },
    { key: fromBase64Url(key), device: fromBase64Url(device), signature: fromBase64Url(signature) },
    passcode,
  );
  return { enc: toBase64Url(enc), ciphertext: toBase64Url(ct) };
}
