import type { ToWorker } from '@conclave/e2ee';
import { expect, test } from 'vitest';
import { Encryption } from './Encryption.ts';

class FakeWorker {
  readonly posted: { readonly message: ToWorker; readonly handedOver: readonly Transferable[] }[] = [];
  onmessage: ((event: { data: unknown }) => void) | null = null;
  postMessage(message: ToWorker, handedOver: readonly Transferable[]) {
    this.posted.push({ message, handedOver });
  }
  terminate() {}
}

function stay(...[breakout]: [ConstructorParameters<typeof Encryption>[3]?]) {
  const worker = new FakeWorker();
  return { worker, keys: new Encryption(worker as unknown as Worker, 'm', 'p', breakout) };
}

test('the workers of a meeting and of its room have the two ends of one channel, and the page has none', async () => {
  const meeting = stay();
  const port = meeting.keys.lend();
  const room = stay({ roomId: 'r', meeting: port });
  const [, lent] = meeting.worker.posted;
  const [opened] = room.worker.posted;
  if (lent?.message.type !== 'lend') throw new Error('nothing lent');
  expect(lent.handedOver).toEqual([lent.message.port]);
  expect(opened?.message).toMatchObject({ name: 'open', ask: { breakout: { roomId: 'r', meeting: port } } });
  expect(opened?.handedOver).toEqual([port]);
  const heard = new Promise((resolve) => {
    port.onmessage = ({ data }) => resolve(data);
  });
  lent.message.port.postMessage('who is here');
  await expect(heard).resolves.toBe('who is here');
  port.close();
});
