// What the group of a webinar costs: one member on stage adds an audience, as the election has it do, and removes one and
// thirty of it. `node tests/load/webinarGroup.ts --audience 1000`. Prints sizes and times; ends by itself.
import { randomBytes } from 'node:crypto';
import {
  deriveMeetingSecret,
  MeetingGroup,
  makeDeviceKey,
  makePasscode,
  PendingJoiner,
} from '@conclave/e2ee';
import { ELECTION } from '../../packages/e2ee/src/mls/election/CommitterElection.ts';
import { clock } from './clock.ts';
import { readOptions } from './options.ts';

const { audience: count } = readOptions({ audience: 1_000 });
const meetingId = 'abcde-fghjk-mnpqr-stuvw';
const groupId = 'AAAAAAAAAAAAAAAAAAAAAA';
const { psk } = await deriveMeetingSecret(meetingId, makePasscode());
const kilobytes = (bytes: number) => Math.round(bytes / 102.4) / 10;

/** The host has a name in the tree, an audience none. */
async function seat(name: string | null) {
  const device = await makeDeviceKey();
  const participantId = randomBytes(12).toString('base64url');
  const common = { participantId, notAfter: Date.now() + 2 * 86_400_000, device };
  const me =
    name === null ? ({ kind: 'unnamed', ...common } as const) : ({ kind: 'guest', name, ...common } as const);
  return { meetingId, psk, me };
}

const host = await MeetingGroup.found({ ...(await seat('Host')), groupId });
const joiners: PendingJoiner[] = [];
for (let index = 0; index < count; index++) joiners.push(await PendingJoiner.prepare(await seat(null)));
/** One of the audience, who follows. */
let follower: MeetingGroup | null = null;
const rows: {
  members: number;
  commit_kb: number;
  welcome_kb: number;
  made_ms: number;
  followed_ms: number | null;
}[] = [];
for (let from = 0; from < count; from += ELECTION.addsPerCommit) {
  const some = joiners.slice(from, from + ELECTION.addsPerCommit);
  const began = clock();
  const pending = await host.commit({ add: some.map(({ keyPackage }) => keyPackage), remove: [] });
  await host.apply(pending);
  const made = clock() - began;
  const welcome = pending.welcome ?? new Uint8Array();
  const since = clock();
  const followed = follower !== null;
  if (follower !== null) await follower.process(pending.commit, () => true);
  const took = clock() - since;
  follower ??= (await some[0]?.join(welcome, groupId)) ?? null;
  rows.push({
    members: host.members().length,
    commit_kb: kilobytes(pending.commit.length),
    welcome_kb: kilobytes(welcome.length),
    made_ms: Math.round(made),
    followed_ms: followed ? Math.round(took) : null,
  });
  // The last ones come in as late as the tree is large.
  if (from + ELECTION.addsPerCommit >= count) {
    const start = clock();
    await some.at(-1)?.join(welcome, groupId);
    console.log(`the last one joins in ${Math.round(clock() - start)} ms`);
  }
}
console.log(rows.filter((_, index) => index % 4 === 0 || index === rows.length - 1));
for (const leaving of [1, 30]) {
  const leaves = host
    .members()
    .map(({ leafIndex }) => leafIndex)
    .slice(-leaving);
  const began = clock();
  const pending = await host.commit({ add: [], remove: leaves });
  await host.apply(pending);
  const made = Math.round(clock() - began);
  const since = clock();
  await follower?.process(pending.commit, () => true);
  console.log(
    `${leaving} removed of ${host.members().length + leaving}: ${kilobytes(pending.commit.length)} kB, made in ${made} ms, followed in ${Math.round(clock() - since)} ms`,
  );
}
