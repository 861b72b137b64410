import type { BusinessEvent } from '@conclave/protocol';
import type { Log } from './log.ts';

/** The one call for everything that the service does for people. Today it feeds the log. */
export type Emit = (event: BusinessEvent) => void;

/** What hears of business events: the log now; the audit log and the metrics join here. */
export type EventSink = (event: BusinessEvent) => void;

/** Sinks are independent: one that fails is reported, and the others still hear. */
export function createEmit(log: Log, sinks: readonly EventSink[]): Emit {
  return (event) => {
    for (const sink of sinks) {
      try {
        sink(event);
      } catch (fault) {
        log.error({ fault, event: event.event }, 'a sink of business events failed');
      }
    }
  };
}

const WARNINGS: ReadonlySet<BusinessEvent['event']> = new Set(['worker.died']);
/** Anybody on the network can cause these as often as they like: kept out of the log at its usual level. */
const CHATTER: ReadonlySet<BusinessEvent['event']> = new Set([
  'request.refused',
  'source.changed',
  'group.committed',
  'group.rejoined',
]);

export function logSink(log: Log): EventSink {
  return (event) => {
    const level = WARNINGS.has(event.event) ? 'warn' : CHATTER.has(event.event) ? 'debug' : 'info';
    log[level](event, event.event);
  };
}
