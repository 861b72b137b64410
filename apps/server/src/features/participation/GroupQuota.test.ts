import { ConclaveError, LIMITS } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { GROUP_QUOTAS, socketBufferBytes } from '../../policy/group.ts';
import { GroupQuota } from './GroupQuota.ts';

type Take = (quota: GroupQuota, characters: number, now: number) => void;
const message: Take = (quota, characters, now) => quota.takeMessage(characters, now);
const commit: Take = (quota, characters, now) => quota.takeCommit(characters, 1, now);
const welcome: Take = (quota, characters, now) => quota.takeCommit(1, characters, now);

/** How many are taken at once of this size. */
function taken(quota: GroupQuota, take: Take, characters: number, now: number): number {
  for (let count = 0; count < 1_000; count++) {
    try {
      take(quota, characters, now);
    } catch (refusal) {
      expect(refusal).toBeInstanceOf(ConclaveError);
      expect(refusal).toMatchObject({ code: 'group.rate', retryAfterMs: expect.any(Number) });
      return count;
    }
  }
  throw new Error('There is no limit.');
}

test.each([
  ['message', message, GROUP_QUOTAS.messages, GROUP_QUOTAS.messageChars],
  ['commit', commit, GROUP_QUOTAS.commits, GROUP_QUOTAS.commitChars],
  ['Welcome', welcome, GROUP_QUOTAS.commits, GROUP_QUOTAS.welcomeChars],
])('a %s is refused beyond a number, and beyond a size', (_, take, count, size) => {
  const quota = new GroupQuota(0);
  expect(taken(quota, take, 1, 0)).toBe(count.burst);
  expect(taken(quota, take, 1, 2_000)).toBe(2 * count.perSecond);
  const large = new GroupQuota(0);
  expect(taken(large, take, size.burst / 4, 0)).toBe(4);
  expect(taken(large, take, size.perSecond, 1_000)).toBe(1);
});

test('messages leave room for commits', () => {
  const quota = new GroupQuota(0);
  taken(quota, message, 1, 0);
  expect(taken(quota, commit, 1, 0)).toBe(GROUP_QUOTAS.commits.burst);
});

test('one member lets in 300 who come within three seconds', () => {
  const quota = new GroupQuota(0);
  for (let count = 1; count <= 10; count++) {
    const [adds, members] = [32, Math.min(300, count * 32)];
    quota.takeCommit(adds * 1_100, members * 770, count * 300);
  }
});

test('what one member may send at once lets go of nobody who takes it slowly', () => {
  const largestWelcome = Math.ceil((LIMITS.groupWelcomeBytes * 4) / 3);
  const atOnce = GROUP_QUOTAS.messageChars.burst + GROUP_QUOTAS.commitChars.burst + largestWelcome;
  expect(atOnce).toBeLessThan(socketBufferBytes / 2);
});
