import type { ServerMessage } from '@conclave/protocol';

/** All that goes out to somebody who waits, whatever else is meant for them. */
export const AT_THE_DOOR: ReadonlySet<ServerMessage['type']> = new Set([
  'waiting',
  'lobby',
  'ended',
  'ok',
  'error',
]);

/**
 * Stands between a socket and what is said in the meeting. Closed for whoever waits, or was let in and has not been told
 * so yet: whatever happened until then is told with that.
 */
export class Door {
  #isClosed = false;

  close(): void {
    this.#isClosed = true;
  }

  open(): void {
    this.#isClosed = false;
  }

  lets({ type }: Pick<ServerMessage, 'type'>): boolean {
    return !this.#isClosed || AT_THE_DOOR.has(type);
  }

  /** What is for many is never for somebody at the door. */
  get letsWritten(): boolean {
    return !this.#isClosed;
  }
}
