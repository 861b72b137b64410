import { type Bytes, concat } from '../bytes.ts';
import { decodeList } from './decodeList.ts';
import { encodeList } from './encodeList.ts';
import type { FrameFact } from './FrameFact.ts';
import { LIST_LIMITS } from './listLimits.ts';

/** Of SignWithLabel (RFC 9420, section 5.1.2): no signature of the group itself passes for one of ours, or the reverse. */
export const FRAMES_LABEL = 'Conclave frames v1';

/** Whose frames a list is about. */
export interface ListOrigin {
  readonly groupId: string;
  readonly leafIndex: number;
  /** The SFrame context: microphone, camera, screen or screen audio. */
  readonly contextId: number;
}

export type Sign = (label: string, content: Bytes) => Promise<Bytes>;
export type Verify = (label: string, content: Bytes, signature: Bytes) => Promise<boolean>;

/** The list with its signature behind it. `facts` must not be empty. */
export async function signList(facts: readonly FrameFact[], origin: ListOrigin, sign: Sign): Promise<Bytes> {
  const body = encodeList(facts);
  return concat(body, await sign(FRAMES_LABEL, signedContent(body, origin)));
}

export interface UnverifiedList {
  readonly epoch: bigint;
  readonly facts: readonly FrameFact[];
  verify(origin: ListOrigin, verify: Verify): Promise<boolean>;
}

/** Null for what is not the form of a signed list. */
export function readSignedList(bytes: Bytes): UnverifiedList | null {
  if (bytes.length > LIST_LIMITS.bytes) return null;
  const list = decodeList(bytes);
  if (list === null) return null;
  const { least, most } = LIST_LIMITS.signature;
  const signature = bytes.slice(list.length);
  if (signature.length < least || signature.length > most) return null;
  const body = bytes.subarray(0, list.length);
  return {
    epoch: list.epoch,
    facts: list.facts,
    verify: (origin, verify) => verify(FRAMES_LABEL, signedContent(body, origin), signature),
  };
}

/** The group id with its length (1 byte), the leaf (4), the context (1), and the body, which begins with the epoch. */
function signedContent(body: Bytes, { groupId, leafIndex, contextId }: ListOrigin): Bytes {
  const group = new TextEncoder().encode(groupId);
  const head = new DataView(new ArrayBuffer(5));
  head.setUint32(0, leafIndex);
  head.setUint8(4, contextId);
  return concat(Uint8Array.of(group.length), group, new Uint8Array(head.buffer), body);
}
