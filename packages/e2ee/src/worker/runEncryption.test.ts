import { expect, test } from 'vitest';
import { groupId, meetingId, randomId } from '../mls/testing/people.ts';
import type { CallName, Calls, FromWorker, ToWorker } from './messages.ts';
import { runEncryption, type WorkerScope } from './runEncryption.ts';
import type { VerificationView } from './verification/view.ts';

const passcode = '23456789abcdefgh';
const roomId = 'abcde-fghjk-mnpqr-22222';

/** A worker as the page sees it. Here is no storage, as in a browser that keeps nothing: each device key is made once. */
class FakeWorker {
  readonly told: FromWorker[] = [];
  readonly #scope: WorkerScope;
  #nextCall = 1;

  constructor() {
    this.#scope = {
      postMessage: (message) => this.told.push(message),
      onmessage: null,
      onrtctransform: null,
    };
    runEncryption(this.#scope);
  }

  tell(message: ToWorker): void {
    this.#scope.onmessage?.({ data: message });
  }

  ask<N extends CallName>(name: N, ask: Calls[N]['ask']): number {
    const id = this.#nextCall++;
    this.tell({ type: 'call', id, name, ask });
    return id;
  }

  hasAnswered(id: number): boolean {
    return this.told.some((message) => message.type === 'reply' && message.id === id);
  }

  async answered(id: number): Promise<void> {
    await expect.poll(() => this.hasAnswered(id)).toBe(true);
  }

  found(): void {
    this.tell({ type: 'news', news: { type: 'seat', seat: { role: 'founder', groupId } } });
  }

  /** Of everybody in the group, as is shown. */
  get devices(): readonly string[] {
    const views = this.told.flatMap((message): VerificationView[] =>
      message.type === 'verification' ? [message.view] : [],
    );
    return views.at(-1)?.people.map(({ deviceKey }) => deviceKey) ?? [];
  }
}

test('in a breakout room one is the same device as in the meeting, and comes once one is in the meeting', async () => {
  const [meeting, room] = [new FakeWorker(), new FakeWorker()];
  const { port1, port2 } = new MessageChannel();
  await meeting.answered(meeting.ask('open', { meetingId, passcode, breakout: null }));
  meeting.tell({ type: 'lend', port: port1 });
  await room.answered(room.ask('open', { meetingId, passcode, breakout: { roomId, meeting: port2 } }));
  const knocks = room.ask('introduce', {
    participantId: randomId(),
    name: 'Ann',
    accountId: null,
    unnamed: false,
  });
  await meeting.answered(
    meeting.ask('introduce', { participantId: randomId(), name: 'Ann', accountId: null, unnamed: false }),
  );
  expect(room.hasAnswered(knocks)).toBe(false);
  meeting.found();
  await room.answered(knocks);
  room.found();
  await expect.poll(() => room.devices).toHaveLength(1);
  expect(room.devices).toEqual(meeting.devices);
  port1.close();
});
