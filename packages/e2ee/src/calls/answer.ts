import { deviceKeyOf } from '../device-keys/deviceKeys.ts';
import { concat, owned, utf8 } from '../mls/bytes/bytes.ts';
import { devicePublicKey } from '../mls/credential/deviceKey.ts';
import { rawKeyOf } from '../mls/crypto/x25519.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Which ring is answered, and by whom. */
export interface AnsweredCall {
  readonly callId: string;
  /** The account that answers. */
  readonly calleeId: string;
}

/** What the caller is given to seal to. */
export interface PublicAnswer {
  /** X25519, 32 bytes. */
  readonly key: Bytes;
  /** The browser's device key: Ed25519, 32 bytes. */
  readonly device: Bytes;
  /** Of the device key over the other key, the call and the account. */
  readonly signature: Bytes;
}

export interface Answer extends PublicAnswer {
  /** Non-extractable, and good for this one answer: what is recorded today is opened by nothing that is kept. */
  readonly privateKey: CryptoKey;
}

/** @param device for tests */
export async function makeAnswer(call: AnsweredCall, device?: CryptoKeyPair): Promise<Answer> {
  const pair = (await crypto.subtle.generateKey('X25519', false, ['deriveBits'])) as CryptoKeyPair;
  const signing = device ?? (await deviceKeyOf(call.calleeId));
  const key = await rawKeyOf(pair.publicKey);
  const signature = await crypto.subtle.sign('Ed25519', signing.privateKey, answerText(call, key));
  return {
    key,
    device: await devicePublicKey(signing),
    signature: new Uint8Array(signature),
    privateKey: pair.privateKey,
  };
}

/** Whether the browser with that device key has made this answer, to this call. */
export async function isSignedAnswer(call: AnsweredCall, answer: PublicAnswer): Promise<boolean> {
  try {
    const device = await crypto.subtle.importKey('raw', owned(answer.device), 'Ed25519', false, ['verify']);
    const text = answerText(call, answer.key);
    return await crypto.subtle.verify('Ed25519', device, owned(answer.signature), text);
  } catch {
    return false;
  }
}

/** Ids are UUIDs in lower case and have no line ends in them. */
function answerText({ callId, calleeId }: AnsweredCall, key: Uint8Array): Bytes {
  return concat(utf8(`conclave call answer 1\n${callId}\n${calleeId}\n`), key);
}
