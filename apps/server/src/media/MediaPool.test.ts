import { MeetingId, NO_SOURCES, ParticipantId } from '@conclave/protocol';
import { SfuError, type WorkerEvent } from '@conclave/sfu';
import { expect, test } from 'vitest';
import { MediaPool } from './MediaPool.ts';
import type { ConnectRequest, MediaEvent } from './MediaPort.ts';
import type { Worker } from './WorkerPlace.ts';

const room = MeetingId.parse('abcde-fghjk-mnpqr-stuvw');
const otherRoom = MeetingId.parse('abcde-fghjk-mnpqr-stuvx');
const ada = ParticipantId.parse('ada-0123456789ab');
const ben = ParticipantId.parse('ben-0123456789ab');
const request: ConnectRequest = {
  offer: 'v=0',
  lines: [],
  allowed: NO_SOURCES,
  sources: NO_SOURCES,
  sends: ['VP8'],
  view: null,
};

/** A worker without a process: it notes what it is told and dies when the test says so. */
class ScriptedWorker implements Worker {
  readonly calls: string[] = [];
  readonly index: number;
  readonly closed: Promise<{ code: number | null; signal: string | null }>;
  die: () => void = () => {};
  refuseOffers: SfuError | null = null;
  #listener: (event: WorkerEvent) => void = () => {};

  constructor(index: number) {
    this.index = index;
    this.closed = new Promise((resolve) => {
      this.die = () => resolve({ code: null, signal: 'SIGKILL' });
    });
  }

  onEvent(listener: (event: WorkerEvent) => void) {
    this.#listener = listener;
    return () => {};
  }

  say(event: WorkerEvent) {
    this.#listener(event);
  }

  async connect({ room: id, peer }: { room: string; peer: string }) {
    if (this.refuseOffers !== null) throw this.refuseOffers;
    this.calls.push(`connect ${id} ${peer}`);
    return { answer: `answer of ${this.index}` };
  }

  openRoom = async (id: string) => void this.calls.push(`open ${id}`);
  closeRoom = async (id: string) => void this.calls.push(`close ${id}`);
  disconnect = async (id: string, peer: string) => void this.calls.push(`disconnect ${id} ${peer}`);
  setAllowed = async () => void this.calls.push('allowed');
  setSources = async () => void this.calls.push('sources');
  setView = async () => void this.calls.push('view');
  [Symbol.asyncDispose] = async () => this.die();
}

async function makePool(workers: number) {
  const started: ScriptedWorker[] = [];
  const names: string[] = [];
  const pool = new MediaPool({
    workers,
    start: async (index) => {
      const worker = new ScriptedWorker(index);
      started.push(worker);
      return worker;
    },
    emit: ({ event }) => names.push(event),
    onFault: (fault) => {
      throw fault;
    },
  });
  const events: MediaEvent[] = [];
  pool.listen((event) => events.push(event));
  await pool.ready();
  return { pool, started, events, names };
}

test('everybody of a meeting is in the same worker, another meeting goes where there is more space', async () => {
  const { pool } = await makePool(2);
  await using _ = pool;
  const answers = [await pool.connect(room, ada, request), await pool.connect(room, ben, request)];
  expect(new Set(answers).size).toBe(1);
  expect(answers).not.toContain(await pool.connect(otherRoom, ada, request));
});

test('when a worker dies its participants hear it, and whoever connects next is served by a successor', async () => {
  const { pool, started, events, names } = await makePool(1);
  await using _ = pool;
  await pool.connect(room, ada, request);
  await pool.connect(room, ben, request);
  const lost = new Promise<void>((resolve) => pool.listen(({ type }) => type === 'lost' && resolve()));
  started[0]?.die();
  await lost;
  expect(events).toEqual([
    { type: 'lost', room, peer: ada },
    { type: 'lost', room, peer: ben },
  ]);
  await pool.connect(room, ada, request);
  expect(started[1]?.calls).toEqual([`open ${room}`, `connect ${room} ${ada}`]);
  expect(names).toEqual(['worker.started', 'worker.died', 'worker.started']);
});

test('a refused offer and a worker that is gone are told apart', async () => {
  const { pool, started } = await makePool(1);
  await using _ = pool;
  const [worker] = started;
  if (worker === undefined) throw new Error('It has started.');
  worker.refuseOffers = new SfuError('offer_invalid', 'No.');
  await expect(pool.connect(room, ada, request)).rejects.toMatchObject({ code: 'media.offer_invalid' });
  worker.refuseOffers = new SfuError('barred', 'No.');
  const barred = { code: 'request.rate', retryAfterMs: 10_000 };
  await expect(pool.connect(room, ada, request)).rejects.toMatchObject(barred);
  worker.refuseOffers = new SfuError('limit', 'No.');
  await expect(pool.connect(room, ada, request)).rejects.toMatchObject({ code: 'request.rate' });
  worker.refuseOffers = new SfuError('worker_gone', 'Gone.');
  await expect(pool.connect(room, ada, request)).rejects.toMatchObject({ code: 'media.unavailable' });
});

test('whether somebody is connected follows the transport', async () => {
  const { pool, started, events } = await makePool(1);
  await using _ = pool;
  await pool.connect(room, ada, request);
  expect(pool.isConnected(room, ada)).toBe(false);
  started[0]?.say({ type: 'transport', room, peer: ada, state: 'connected' });
  expect(pool.isConnected(room, ada)).toBe(true);
  started[0]?.say({ type: 'transport', room, peer: ada, state: 'failed' });
  expect(pool.isConnected(room, ada)).toBe(false);
  started[0]?.say({ type: 'transport', room, peer: ada, state: 'closed', reason: 'flood' });
  expect(events).toEqual([
    { type: 'connected', room, peer: ada },
    { type: 'lost', room, peer: ada },
    { type: 'lost', room, peer: ada, abuse: 'flood' },
  ]);
});

test('somebody who has no transport is not spoken of to the worker', async () => {
  const { pool, started } = await makePool(1);
  await using _ = pool;
  await pool.connect(room, ada, request);
  pool.setSources(room, ben, NO_SOURCES);
  pool.disconnect(room, ben);
  pool.disconnect(room, ada);
  pool.setSources(room, ada, NO_SOURCES);
  pool.closeRoom(room);
  expect(started[0]?.calls.slice(2)).toEqual([`disconnect ${room} ${ada}`, `close ${room}`]);
});

function busy(load: number): WorkerEvent {
  const statistics = { load, cpu: load, lag: 1, memory: 1, peers: 9, packetsIn: 0, packetsOut: 0, rooms: [] };
  return { type: 'statistics', statistics };
}

test('a new meeting goes to the worker that has the least to do', async () => {
  const { pool, started } = await makePool(2);
  await using _ = pool;
  for (let second = 0; second < 10; second++) started[0]?.say(busy(0.4));
  expect(await pool.connect(room, ada, request)).toBe('answer of 1');
  expect(await pool.connect(otherRoom, ada, request)).toBe('answer of 1');
});

test('at its limit a worker refuses a new meeting, and still takes who joins one that it has', async () => {
  const { pool, started } = await makePool(1);
  await using _ = pool;
  await pool.connect(room, ada, request);
  for (let second = 0; second < 20; second++) started[0]?.say(busy(0.85));
  expect(() => pool.admit(otherRoom)).toThrow(expect.objectContaining({ code: 'media.full' }));
  const refused = { code: 'media.full', retryAfterMs: 20_000 };
  await expect(pool.connect(otherRoom, ada, request)).rejects.toMatchObject(refused);
  expect(() => pool.admit(room)).not.toThrow();
  await pool.connect(room, ben, request);
  for (let second = 0; second < 20; second++) started[0]?.say(busy(1));
  expect(() => pool.admit(room)).toThrow(expect.objectContaining({ code: 'media.full' }));
});

test('a meeting whose worker died is no new one: a busy worker takes it over', async () => {
  const { pool, started } = await makePool(2);
  await using _ = pool;
  expect(await pool.connect(room, ada, request)).toBe('answer of 0');
  for (const worker of started) for (let second = 0; second < 20; second++) worker.say(busy(0.8));
  started[0]?.die();
  await started[0]?.closed;
  expect(() => pool.admit(room)).not.toThrow();
  await pool.connect(room, ada, request);
});

test('statistics say what each worker and each meeting does', async () => {
  const { pool, started } = await makePool(2);
  await using _ = pool;
  const traffic = { peers: 3, packetsIn: 1, packetsOut: 2, bitrateIn: 3, bitrateOut: 4 };
  const event = busy(0.5);
  if (event.type === 'statistics') event.statistics.rooms.push({ room, ...traffic });
  started[1]?.say(event);
  const { workers, meetings } = pool.statistics();
  expect(workers).toEqual([null, expect.objectContaining({ load: 0.5, meetings: 1 })]);
  expect(meetings).toEqual([{ meetingId: room, worker: 1, ...traffic }]);
});
