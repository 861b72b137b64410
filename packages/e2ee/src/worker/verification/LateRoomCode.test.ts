import { expect, test, vi } from 'vitest';
import type { Bytes } from '../../bytes.ts';
import type { GroupMember } from '../../mls/index.ts';
import { LateRoomCode } from './LateRoomCode.ts';

const member = (leafIndex: number): GroupMember => ({
  leafIndex,
  kind: 'guest',
  participantId: `participant${leafIndex}`.padEnd(16, 'x'),
  name: `P${leafIndex}`,
  deviceKey: new Uint8Array(32),
  notAfter: 1,
});

/** Two of one group, whose messages reach each other. */
function pair() {
  const members = [member(0), member(1)];
  const codes: LateRoomCode[] = [0, 1].map(
    (own) =>
      new LateRoomCode({
        send: async (message: Bytes, epoch: number) => {
          await Promise.resolve();
          codes[1 - own]?.receive(epoch, members[own] as GroupMember, message);
        },
        changed: () => {},
        now: () => performance.now(),
        after: (ms, run) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
      }),
  );
  for (const [ownLeaf, code] of codes.entries())
    code.enter({ epoch: 3, ownLeaf, epochAuthenticator: new Uint8Array(32).fill(7), members });
  return codes;
}

test('one who looks makes both agree on a code, though neither had the script for it', async () => {
  const [one, other] = pair();
  expect(one?.view()).toEqual({ name: 'none' });
  one?.watch(true);
  await vi.waitUntil(() => one?.view().name === 'known' && other?.view().name === 'known', {
    timeout: 5_000,
  });
  expect(one?.view()).toEqual(other?.view());
  expect(one?.knownIn).toBe(3);
});

test('in no group there is none, and alone there is nobody to agree with', () => {
  const [one] = pair();
  one?.leave();
  expect(one?.view()).toEqual({ name: 'none' });
  one?.enter({ epoch: 4, ownLeaf: 0, epochAuthenticator: new Uint8Array(32), members: [member(0)] });
  expect(one?.view()).toEqual({ name: 'alone' });
});
