import { constants, setPriority } from 'node:os';
import type { WorkerMessage } from '../control/events.ts';
import { Request } from '../control/requests.ts';
import { SfuError } from '../control/SfuError.ts';
import { EventQueue } from './EventQueue.ts';
import { MediaServer } from './MediaServer.ts';

// To a sender, feedback that comes late because other processes had the processor looks like a path that is full.
// It takes a privilege that not everybody has; without it, all is as before.
try {
  setPriority(constants.priority.PRIORITY_ABOVE_NORMAL);
} catch {}

const write = (message: WorkerMessage): void => {
  // A parent that ends breaks the channel before we are told: that is no fault, and `disconnect` follows.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
};

const events = new EventQueue((happened) => write({ kind: 'events', events: happened }));
const send = (message: WorkerMessage): void => {
  events.flush();
  write(message);
};

const server = new MediaServer({
  emit: (event) => events.add(event),
  log: (record) => send({ kind: 'log', record }),
});

process.on('message', async (raw: unknown) => {
  const parsed = Request.safeParse(raw);
  if (!parsed.success) {
    const id = typeof raw === 'object' && raw !== null && 'id' in raw ? Number(raw.id) : Number.NaN;
    if (Number.isSafeInteger(id))
      send({ kind: 'failure', id, code: 'request_invalid', message: 'The request does not fit its schema.' });
    return;
  }
  const { id } = parsed.data;
  try {
    send({ kind: 'result', id, result: await server.handle(parsed.data) });
  } catch (error) {
    const known = error instanceof SfuError;
    if (!known) {
      const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
      send({ kind: 'log', record: { level: 'error', message: 'media request failed', error: stack } });
    }
    const code = known ? error.code : 'internal';
    send({ kind: 'failure', id, code, message: known ? error.message : 'A fault in the media worker.' });
  }
});

// The parent closes the channel to end us, and its death closes it too: nobody is left to serve.
process.on('disconnect', () => {
  server[Symbol.dispose]();
  process.exit(0);
});
// Ctrl-C reaches the whole process group; the parent decides when we end.
process.on('SIGINT', () => {});
