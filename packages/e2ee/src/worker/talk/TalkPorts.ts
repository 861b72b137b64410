import type { MemberMessage } from '../../member-messages/memberMessage.ts';
import type { TalkEvent } from './talkMessages.ts';

export interface TalkPorts {
  /**
   * To all other members.
   * @param epoch in which it makes sense; in another one it is not sent
   * @throws an Error with a code, `stale_epoch` among them.
   */
  send(message: MemberMessage, epoch?: number): Promise<void>;
  tell(event: TalkEvent): void;
  /** ms, monotonic. */
  now(): number;
  /** ms since 1970. */
  clock(): number;
  /** 0 to 1. */
  random(): number;
  after(ms: number, run: () => void): void;
}

/** Whether what was to be sent can be sent later: there is no socket, or no group, for a while. */
export function mayPass(error: unknown): 'when-back' | 'soon' | 'never' {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'group.rate' || code === 'stale_epoch') return 'soon';
  return code === 'network.unreachable' || code === 'closed' || code === 'group.not_member'
    ? 'when-back'
    : 'never';
}
