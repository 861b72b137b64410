import type { ToWorker } from '@conclave/e2ee';
import { ParticipantId } from '@conclave/protocol';
import { expect, test, vi } from 'vitest';
import { Encryption } from './Encryption.ts';

class FakeWorker {
  readonly calls: Extract<ToWorker, { type: 'call' }>[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  postMessage(message: ToWorker) {
    if (message.type === 'call') this.calls.push(message);
  }
  terminate() {}
}

const gus = ParticipantId.parse('gus0123456789abc');
const introduced = (introduction: string | null) => [{ id: gus, name: 'Gus', introduction }];

test('the worker is told once of each introduction, and somebody is unjudged until it has answered for the first time', async () => {
  const worker = new FakeWorker();
  const keys = new Encryption(worker as unknown as Worker, 'm', 'p');
  const asked = () => worker.calls.filter(({ name }) => name === 'learn');
  const changed = vi.fn();
  keys.linesChanged.add(changed);
  keys.setIntroductions(introduced(null));
  expect(asked()).toEqual([]);
  for (let times = 0; times < 3; times++) keys.setIntroductions(introduced('AAAA'));
  expect(asked()).toMatchObject([
    { ask: [{ participantId: gus, name: 'Gus', introduction: new Uint8Array(3) }] },
  ]);
  expect([...keys.unjudged]).toEqual([gus]);
  worker.onmessage?.({ data: { type: 'reply', id: asked()[0]?.id, reply: null } });
  await vi.waitFor(() => expect(changed).toHaveBeenCalled());
  expect([...keys.unjudged]).toEqual([]);
  // Of another leaf: they stay in sight.
  keys.setIntroductions(introduced('BBBB'));
  expect(asked()).toHaveLength(2);
  expect([...keys.unjudged]).toEqual([]);
});
