import type { ChildProcess } from 'node:child_process';
import type { OfferLine } from '../src/control/media.ts';

/** How the packets are forwarded: by the whole SFU, or by a loop that does nothing else. */
export type Mode = 'sfu' | 'bare';

/** What the three processes of the benchmark say to each other, through the one that started them. */
export type Message =
  | { readonly type: 'offer'; readonly peer: string; readonly offer: string; readonly lines: OfferLine[] }
  | { readonly type: 'answer'; readonly peer: string; readonly answer: string }
  | { readonly type: 'ready' }
  | { readonly type: 'measure'; readonly milliseconds: number }
  | { readonly type: 'measured'; readonly microseconds: number; readonly packets: number };

/** The next message of a type from a child. */
export function next<T extends Message['type']>(
  child: ChildProcess,
  type: T,
): Promise<Extract<Message, { type: T }>> {
  return new Promise((resolve, reject) => {
    const listen = (message: Message): void => {
      if (message.type !== type) return;
      child.off('message', listen);
      resolve(message as Extract<Message, { type: T }>);
    };
    child.on('message', listen);
    child.once('exit', (code) => reject(new Error(`a process of the benchmark ended: ${code}`)));
  });
}

export function tell(message: Message): void {
  process.send?.(message);
}
