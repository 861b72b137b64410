// How soon nobody sends under a key that somebody who left still has: 200 members of one group over the real server's
// signalling, each with the worker's own session. `npm run bench:removal -- --members 200 --rounds 20`.
//
// Members have machines of their own in life and one processor between them here. So each member's commit is held until
// all have theirs, and then they are processed one after the other: a member's time is from the word that somebody leaves
// until the commit was there, and then what that member alone takes. The last member's time counts. Only the first one is
// told what there is to commit: with one processor for all, the others would take its turn before it is done. And what
// all of them leave in the one heap that they share is collected while nobody is measured.

import { setTimeout as sleep } from 'node:timers/promises';
import { deriveMeetingSecret, makePasscode, toBase64Url, verifierOf } from '@conclave/e2ee';
import type { News } from '../../packages/e2ee/src/worker/messages.ts';
import { bootServer } from '../dev-env/bootServer.ts';
import { makeMeeting, makeMeetingId } from '../dev-env/meetings.ts';
import { setUpOwner } from '../dev-env/people.ts';
import { clock } from './clock.ts';
import { GroupMember, type Place } from './GroupMember.ts';
import { tidyUp, tidyUpMuch } from './garbage.ts';
import { readOptions } from './options.ts';
import { Turns } from './Turns.ts';

const { members: count, rounds } = readOptions({ members: 200, rounds: 20 });
const bar = 500;
const patience = 300_000;

await using server = await bootServer();
const place = await makePlace(server);
const members: GroupMember[] = [];
const turns = new Turns();
using opened = new DisposableStack();
// All at once, so that not each of them costs everybody a commit.
let founding: News | null = null;
for (let index = 0; index < count; index++) {
  const member = await join(`Person ${index}`);
  if (index === 0)
    member.hold = (news) => {
      // R17: another group is founded when nobody is let in for so long.
      if (news.type === 'seat') throw new Error('this machine was too busy for all to come at once');
      if (isPending(news)) founding = news;
      return isPending(news);
    };
}
const [founder] = members;
if (founder !== undefined) founder.hold = null;
if (founder !== undefined && founding !== null) founder.hear(founding);
await until(() => members.every(({ people }) => people === count), 'all to be in');
console.log(`${count} members in one group`);

const lasts: number[] = [];
for (let round = 0; round < rounds; round++) {
  const times = await removeOne();
  lasts.push(Math.max(...times.all));
  console.log(
    `removal ${round + 1}: commit made after ${times.committer} ms, at the last member after ${times.arrived} ms, ` +
      `processed in ${times.usual} ms, at most ${times.processing}; last sender after ${Math.round(lasts.at(-1) ?? 0)} ms`,
  );
  // As many as before for the next one.
  await join('Somebody new');
  await until(() => members.every(({ people }) => people === count), 'the new one to be in');
}
lasts.sort((one, other) => one - other);
const percentile = (share: number) => Math.round(lasts[Math.ceil(lasts.length * share) - 1] ?? Number.NaN);
console.log(JSON.stringify({ members: count, rounds, p50_ms: percentile(0.5), p95_ms: percentile(0.95) }));
if (!(percentile(0.95) <= bar)) process.exitCode = 1;

async function join(name: string): Promise<GroupMember> {
  const member = opened.use(await GroupMember.join(place, name));
  if (members.length > 0) member.hold = inTurn(member);
  members.push(member);
  return member;
}

function inTurn(member: GroupMember) {
  return (news: News): boolean => {
    if (!isPending(news)) turns.take(member, news);
    return true;
  };
}

function isPending({ type }: News): boolean {
  return type === 'pending';
}

/** The one in the middle of the tree leaves. */
async function removeOne() {
  const [leaving] = members.splice(Math.floor(members.length / 2), 1);
  if (leaving === undefined) throw new Error('nobody is here');
  const [committer, ...others] = members;
  if (committer === undefined) throw new Error('nobody is here');
  const held = new Map(others.map((member) => [member, { news: [] as News[], at: Number.NaN }]));
  await sleep(2_000); // What the last change left to do.
  for (const [member, kept] of held)
    member.hold = (news) => {
      kept.news.push(news);
      if (news.type === 'commit') kept.at = clock();
      return true;
    };
  tidyUp();
  const since = clock();
  const committed = nextEpochOf(committer);
  void leaving.leave();
  await committed;
  await until(() => [...held.values()].every(({ at }) => at > 0), 'the commit to be everywhere');
  const all = [committer.enteredAt - since];
  const took: number[] = [];
  for (const [member, { news, at }] of held) {
    member.hold = inTurn(member);
    tidyUpMuch();
    const began = clock();
    const entered = nextEpochOf(member);
    for (const one of news) member.hear(one);
    await entered;
    took.push(member.enteredAt - began);
    all.push(at - since + member.enteredAt - began);
  }
  const arrived = Math.max(...[...held.values()].map(({ at }) => at)) - since;
  leaving[Symbol.dispose]();
  took.sort((one, other) => one - other);
  return {
    all,
    committer: Math.round(committer.enteredAt - since),
    arrived: Math.round(arrived),
    usual: Math.round(took[Math.floor(took.length / 2)] ?? 0),
    processing: Math.round(took.at(-1) ?? 0),
  };
}

function nextEpochOf(member: GroupMember): Promise<void> {
  return new Promise((resolve) => {
    member.onEpoch = resolve;
  });
}

async function makePlace(booted: Parameters<typeof setUpOwner>[0]): Promise<Place> {
  const { client } = await setUpOwner(booted);
  const id = makeMeetingId();
  const secret = await deriveMeetingSecret(id, makePasscode());
  const verifier = toBase64Url(await verifierOf(secret));
  const { code } = await client.call('createMeeting', { body: makeMeeting({ id, verifier }) });
  if (code !== null) throw new Error(`no meeting: ${code}`);
  return { origin: booted.origin, meetingId: id, proof: toBase64Url(secret.proof), psk: secret.psk };
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const end = clock() + patience;
  while (!isSo()) {
    if (clock() > end) throw new Error(`waited in vain for ${what}`);
    await sleep(20);
  }
}
