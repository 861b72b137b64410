import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { until } from '../../testing/until.ts';
import { native } from '../native/library.ts';
import { closeSocket, openSocket } from './linuxSocket.ts';
import { WakeUps } from './WakeUps.ts';

const system = vi.hoisted(() => ({ hasDescriptors: true, refusals: 0 }));
vi.mock('./linuxSocket.ts', async (original) => {
  const real = await original<typeof import('./linuxSocket.ts')>();
  const duplicate = (descriptor: number): number => {
    if (system.hasDescriptors) return real.duplicate(descriptor);
    system.refusals += 1;
    throw new Error('fcntl failed with 24');
  };
  return { ...real, duplicate };
});

const onLinux = test.runIf(process.platform === 'linux');
let open: AsyncDisposableStack;
beforeEach(() => {
  open = new AsyncDisposableStack();
  Object.assign(system, { hasDescriptors: true, refusals: 0 });
});
afterEach(() => open.disposeAsync());

/** A socket whose datagrams are counted. */
async function counted() {
  const recv = native('long', 'recv', ['int', 'bytes', 'size', 'int']);
  const { descriptor, port } = openSocket(0, '127.0.0.1');
  open.defer(() => closeSocket(descriptor));
  const memory = Buffer.alloc(100);
  const count = { read: 0, taken: 0, looks: 0 };
  const wakeUps = new WakeUps(descriptor, 'udp4', {
    onDatagram: () => {
      count.read += 1;
    },
    takeAll: () => {
      count.looks += 1;
      let taken = 0;
      while (recv(descriptor, memory, memory.length, 0x40) >= 0) taken += 1;
      count.taken += taken;
      return taken;
    },
  });
  open.use(wakeUps);
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  open.defer(() => void socket.close());
  let sent = 0;
  /** One after the other, each when the one before it has come. */
  const send = async (times: number) => {
    for (let index = 0; index < times; index++) {
      socket.send(Buffer.alloc(10), port, '127.0.0.1');
      sent += 1;
      while (count.read + count.taken < sent) await turn();
    }
  };
  /** Until it does not look any more. */
  const quiet = async () => {
    let looks = -1;
    await until(() => {
      const before = looks;
      ({ looks } = count);
      return looks === before;
    });
  };
  return { count, wakeUps, send, quiet };
}

onLinux('is woken by each datagram while they are few, and again after a busy time', async () => {
  const { count, send, quiet } = await counted();
  await send(5);
  expect(count).toMatchObject({ read: 5, taken: 0 });
  await send(200);
  expect(count.taken).toBeGreaterThan(0);
  await quiet();
  const { read } = count;
  await send(5);
  expect(count.read).toBe(read + 5);
});

onLinux('goes on looking while the system has no descriptor to wait with', async () => {
  const { count, send, quiet } = await counted();
  system.hasDescriptors = false;
  await send(200);
  await until(() => system.refusals > 3);
  await send(200);
  system.hasDescriptors = true;
  await quiet();
  const { read } = count;
  await send(5);
  expect(count.read).toBe(read + 5);
});

onLinux('neither looks nor is woken after its end, were it told from within', async () => {
  const { count, wakeUps, send } = await counted();
  await send(200);
  wakeUps[Symbol.dispose]();
  wakeUps[Symbol.dispose]();
  const { looks } = count;
  const end = performance.now() + 60;
  await until(() => performance.now() > end);
  expect(count.looks).toBe(looks);
});
