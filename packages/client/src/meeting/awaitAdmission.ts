import type { ServerMessageOf, WaitsFor } from '@conclave/protocol';
import type { Signal } from '../signalling/Signal.ts';

/**
 * Waits at the door until somebody inside lets one in. Who is turned away hears `ended` by the meeting's own listener, and
 * the socket goes.
 * @throws SignalClosed when the socket goes first
 */
export function awaitAdmission(
  signal: Pick<Signal, 'notices' | 'closed'>,
  waits: (hostPresent: boolean, waitsFor: WaitsFor) => void,
): Promise<ServerMessageOf<'joined'>> {
  return new Promise((resolve, reject) => {
    const stops = [
      signal.notices.add((notice) => {
        if (notice.type === 'lobby') waits(notice.hostPresent, notice.waitsFor);
        if (notice.type !== 'joined') return;
        stop();
        resolve(notice);
      }),
      signal.closed.add((reason) => {
        stop();
        reject(reason);
      }),
    ];
    const stop = () => {
      for (const one of stops.splice(0)) one();
    };
  });
}
