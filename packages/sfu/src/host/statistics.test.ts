import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { WorkerEvent } from '../control/events.ts';
import { Meeting } from '../testing/Meeting.ts';
import { vp8Packet } from '../testing/mediaPackets.ts';

type EventOf<T extends WorkerEvent['type']> = Extract<WorkerEvent, { type: T }>;

const room = 'room';

it('says each second what a worker and its rooms do, and whose connection is not good', async () => {
  await using meeting = await Meeting.open();
  const sender = await meeting.join('sender');
  await meeting.join('viewer');
  const done = new AbortController();
  const sending = (async () => {
    // Every third packet does not come, and what comes is still enough for a picture.
    for (let sequence = 0; !done.signal.aborted; sequence++) {
      if (sequence % 3 > 0)
        sender.send(vp8Packet({ mid: '1', rid: 'h', ssrc: 7, sequence, keyFrame: sequence % 30 === 1 }));
      await sleep(10);
    }
  })();
  const { statistics } = await meeting.event<EventOf<'statistics'>>(
    (event) => event.type === 'statistics' && event.statistics.packetsOut > 10,
  );
  expect(statistics.peers).toBe(2);
  expect(statistics.packetsIn).toBeGreaterThan(10);
  expect(statistics.load).toBeGreaterThan(0);
  expect(statistics.memory).toBeGreaterThan(10_000_000);
  expect(statistics.rooms).toEqual([expect.objectContaining({ room, peers: 2 })]);
  const told = await meeting.event<EventOf<'quality'>>((event) => event.type === 'quality');
  expect(told.qualities).toContainEqual({ peer: 'sender', up: 'poor', down: 'good' });
  const since = meeting.events.length;
  await meeting.join('newcomer');
  const again = await meeting.event<EventOf<'quality'>>((event) => event.type === 'quality', since);
  expect(again.qualities).toContainEqual({ peer: 'sender', up: 'poor', down: 'good' });
  done.abort();
  await sending;
}, 30_000);
