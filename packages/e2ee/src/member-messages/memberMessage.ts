import { type Bytes, concat } from '../bytes.ts';

/**
 * What members tell each other in MLS application messages (RFC 9420, section 15): one byte that says what it is, then a
 * body that each kind defines. A kind that is not known is ignored: an older page is no reason to lose a newer one.
 */
export const MESSAGE_KINDS = {
  /** `RoomCodeRound`'s messages. */
  roomCode: 1,
  chat: 2,
  reaction: 3,
  hand: 4,
  file: 6,
  /** What a host asks of all. */
  command: 7,
  /** Somebody was away: who has something that still holds says it again. The body is empty. */
  catchUp: 8,
  /** Asked, voted, closed. */
  poll: 9,
  /** Asked by an audience, and answered by those on stage. */
  question: 10,
} as const;

export type MessageKind = (typeof MESSAGE_KINDS)[keyof typeof MESSAGE_KINDS];

export interface MemberMessage {
  readonly kind: MessageKind;
  readonly body: Bytes;
}

export function encodeMemberMessage({ kind, body }: MemberMessage): Bytes {
  return concat(Uint8Array.of(kind), body);
}

/** Null for what is not known. */
export function decodeMemberMessage(bytes: Bytes): MemberMessage | null {
  const kind = Object.values(MESSAGE_KINDS).find((one) => one === bytes[0]);
  return kind === undefined ? null : { kind, body: bytes.slice(1) };
}
