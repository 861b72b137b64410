import { toBase64Url } from '@conclave/e2ee';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GroupMember, type Place } from '../load/GroupMember.ts';
import { Call, type Member } from './harness/call.ts';
import { inspect, textAppears } from './harness/inspect.ts';
import { secretsOf } from './harness/Stranger.ts';
import { waitFor } from './harness/waitFor.ts';

// One browser, and many real members of the group without media: what the pages are like when many are there. The tests
// follow each other as the people would come.
const names = [
  'Bartholomew Featherstonehaugh-Cholmondeley of Ravensworth',
  'عبد الرحمن بن محمد الخوارزمي',
  '🦊 Fox 🦊',
  'נועה בן־דוד',
  '山田 太郎',
  'Zoë',
];
const nameOf = (index: number) => names[index] ?? `Guest ${index}`;
let call: Call;
let olivia: Member;
let place: Place;
const crowd: GroupMember[] = [];

beforeAll(async () => {
  call = await Call.open({ CONCLAVE_MEETINGS_STRAIGHT_IN: 'organisation' });
  const { meetingId, secret } = await secretsOf(call.link);
  const proof = toBase64Url(new Uint8Array(secret.proof));
  place = { origin: call.product.origin, meetingId, proof, psk: secret.psk, rejectUnauthorized: false };
  olivia = await call.joinAsOwner({ camera: false, microphone: false });
}, 240_000);

afterAll(async () => {
  for (const member of crowd) member[Symbol.dispose]();
  await call?.[Symbol.asyncDispose]();
});

async function knock(people: number): Promise<void> {
  const first = crowd.length;
  for (let index = first; index < first + people; index++)
    crowd.push(await GroupMember.knock(place, nameOf(index)));
}

test('nobody else is there yet', async () => {
  expect(await inspect(olivia.page, 'people-1')).toEqual([]);
});

test.each([2, 5, 9, 16, 49])(
  '%i people are let in together, and the pages are as they should be',
  async (people) => {
    const { page } = olivia;
    const missing = people - 1 - crowd.length;
    await knock(missing);
    await textAppears(
      page,
      missing === 1 ? `${nameOf(0)} is at the door.` : `${missing} people are at the door.`,
    );
    await page.click('button', 'Look');
    await page.click('button', missing === 1 ? `Admit ${nameOf(0)}` : `Admit all ${missing}`);
    await waitFor('everybody in one group', async () => crowd.every((member) => member.people === people), {
      withinMs: 60_000,
    });
    await textAppears(page, nameOf(people - 2));
    expect(await inspect(page, `people-${people}-list`)).toEqual([]);
    await page.click('button', 'People');
    expect(await inspect(page, `people-${people}`)).toEqual([]);
  },
  150_000,
);

test('two hundred knock at once, and the host finds one of them and lets them in', async () => {
  const { page } = olivia;
  const inside = crowd.length + 1;
  const knockers = Array.from({ length: 200 }, (_, index) =>
    GroupMember.knock(place, index === 120 ? 'Wilhelmina' : `Knocker ${index}`),
  );
  crowd.push(...(await Promise.all(knockers)));
  await textAppears(page, '200 people are at the door.');
  await page.click('button', 'Look');
  await textAppears(page, '150 more wait. Search to find them.');
  await page.fill('Find somebody who waits', 'wilh');
  await page.click('button', 'Admit Wilhelmina');
  await waitFor('her in the group', async () => crowd[inside - 1 + 120]?.people === inside + 1, {
    withinMs: 30_000,
  });
  await textAppears(page, '199 people wait');
  expect(await inspect(page, 'lobby-200')).toEqual([]);
}, 200_000);

test('no page complained', () => {
  expect(olivia.page.complaints()).toEqual([]);
});
