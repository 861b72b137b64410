import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { toBase64Url, verifierOf } from '@conclave/e2ee';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deriveMeetingKeys } from '../../packages/e2ee/src/mls/credential/MeetingKeys.ts';
import { decodeHeader } from '../../packages/e2ee/src/sframe/header.ts';
import { parseKid } from '../../packages/e2ee/src/sframe/mlsKid.ts';
import { fromEnvironment } from '../net/environment.ts';
import { spawnOn } from '../net/host.ts';
import { Call, type Member } from './harness/call.ts';
import { hear, seeMoving } from './harness/media.ts';
import { Stranger, secretsOf } from './harness/Stranger.ts';
import { leave } from './harness/steps.ts';
import { waitFor } from './harness/waitFor.ts';

// A call of two, on a server that logs all it can, with somebody who listens at the server's network and at its media.
const guestName = 'Zebedee Quartermaine';
const text = 'The password of the vault is xylophone-47';
/** Bytes: with fewer, noise itself would not look like it. */
const enoughOfPictures = 100_000;
let folder: string;
let call: Call;
let capture: ChildProcess;
let olivia: Member;
let zebedee: Member;
let stranger: Stranger;

/** Much is to be looked through. */
const cameraRate = 20;

beforeAll(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), 'conclave-leaks-'));
  call = await Call.open(
    {
      CONCLAVE_LOG_LEVEL: 'debug',
      CONCLAVE_DATA_FOLDER: joinPath(folder, 'data'),
    },
    { cameraRate },
  );
  capture = await startCapture(joinPath(folder, 'packets.pcap'));
  olivia = await call.joinAsOwner();
  zebedee = await call.joinAsGuest('chromium', { name: guestName, tone: 700, cameraRate });
  const { meetingId, secret } = await secretsOf(call.link);
  // What the media server itself has: SRTP is off, and nothing else.
  stranger = await Stranger.join(call.product.origin, meetingId, secret.proof, 'Listener', true);
}, 240_000);
afterAll(async () => {
  stranger?.[Symbol.dispose]();
  if (capture?.exitCode === null) capture.kill('SIGKILL');
  await call?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** What must be nowhere, in the forms in which it could be. */
async function secrets(): Promise<ReadonlyMap<string, Buffer>> {
  const { passcode, secret } = await secretsOf(call.link);
  const keys = await deriveMeetingKeys(secret.psk);
  const forms = new Map<string, Buffer>();
  const add = (name: string, bytes: Uint8Array) => {
    const whole = Buffer.from(bytes);
    forms.set(name, whole);
    for (const encoding of ['hex', 'base64', 'base64url'] as const)
      forms.set(`${name} in ${encoding}`, Buffer.from(whole.toString(encoding).replace(/=+$/, '')));
  };
  add('passcode', Buffer.from(passcode));
  forms.set('passcode in groups', Buffer.from((passcode.match(/.{1,4}/g) ?? []).join('-')));
  add('psk', secret.psk);
  add('external psk', keys.externalPsk);
  add('proof', secret.proof);
  forms.set('text', Buffer.from(text));
  forms.set('text in UTF-16', Buffer.from(text, 'utf16le'));
  return forms;
}

async function filesOf(path: string): Promise<readonly { readonly name: string; readonly bytes: Buffer }[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async (entry) => {
        const name = joinPath(entry.parentPath, entry.name);
        return { name, bytes: await readFile(name) };
      }),
  );
}

test('people talk and write, and the media server forwards it to whoever it likes', async () => {
  for (const { page } of [olivia, zebedee]) await seeMoving(page, 'camera', 1, { withinMs: 60_000 });
  await hear(olivia.page, [zebedee.person], { withinMs: 40_000 });
  await hear(zebedee.page, [olivia.person], { withinMs: 40_000 });
  await write(zebedee, text);
  await waitFor(
    'the text',
    () => olivia.page.evaluate((expected) => document.body.innerText.includes(expected), text),
    { withinMs: 40_000 },
  );
  await waitFor(
    'enough of both kinds',
    async () => stranger.payloads.sound.length > 200 && pictureBytes().length > enoughOfPictures,
    { withinMs: 60_000 },
  );
}, 240_000);

test('what the media server has is SFrame and cannot be told from noise', async () => {
  const { sound, picture } = stranger.payloads;
  // Sound is SFrame alone: of a leaf and an epoch that there are, numbered on, and of another length than its content.
  const counters = new Map<bigint, Set<bigint>>();
  for (const payload of sound) {
    const { kid, counter } = decodeHeader(payload);
    const { leafIndex, contextId } = parseKid(kid);
    expect(leafIndex).toBeLessThan(4);
    expect(contextId).toBe(0);
    counters.set(kid, (counters.get(kid) ?? new Set()).add(counter));
  }
  expect([...counters.values()].reduce((sum, { size }) => sum + size, 0)).toBeGreaterThan(sound.length * 0.9);
  const behindHeaders = Buffer.concat(sound.map((payload) => payload.subarray(8)));
  expect(entropy(behindHeaders)).toBeGreaterThan(7.9);
  const behindDescriptors = pictureBytes();
  expect(entropy(behindDescriptors)).toBeGreaterThan(7.99);
  const all = Buffer.concat([...sound, ...picture]);
  for (const [name, secret] of await secrets()) expect(all.includes(secret), name).toBe(false);
  for (const name of [guestName, 'Olivia Owner']) expect(all.includes(name), name).toBe(false);
});

test('nothing that is said of a meeting over signalling has a text or a secret in it', async () => {
  const told = Buffer.from(JSON.stringify(stranger.told));
  for (const [name, secret] of await secrets()) expect(told.includes(secret), name).toBe(false);
});

test('database, logs at level debug and packets hold no passcode, no key and no text', async () => {
  await zebedee.page.click('button', 'Leave');
  await leave(olivia.page);
  capture.kill('SIGINT');
  if (capture.exitCode === null) await once(capture, 'exit');
  const { secret } = await secretsOf(call.link);
  const files = await filesOf(folder);
  const packets = files.find(({ name }) => name.endsWith('.pcap'));
  const stored = files.filter(({ name }) => name.includes('/data/'));
  // The search finds what is there: the database has the hash of the proof, the capture has a call in it.
  expect(packets?.bytes.length).toBeGreaterThan(500_000);
  const verifier = await verifierOf(secret);
  const isStored = stored.some(
    ({ bytes }) =>
      bytes.includes(Buffer.from(verifier)) ||
      bytes.includes(toBase64Url(verifier)) ||
      bytes.includes(Buffer.from(verifier).toString('hex')),
  );
  expect(isStored).toBe(true);
  const output = Buffer.from(call.product.output());
  expect(output.includes('debug') || output.includes('"level":20')).toBe(true);
  const places = [...files, { name: 'what the server printed', bytes: output }];
  for (const [name, needle] of await secrets())
    for (const place of places) expect(place.bytes.includes(needle), `${name} in ${place.name}`).toBe(false);
  // Nor do logs say who somebody is.
  for (const name of [guestName, 'Olivia Owner', 'owner@example.org'])
    expect(output.includes(name), `${name} in the log`).toBe(false);
  for (const { name, bytes } of stored) expect(bytes.includes(guestName), `the guest in ${name}`).toBe(false);
}, 60_000);

/** What the media server has of pictures, behind the payload descriptor and the envelope. */
function pictureBytes(): Buffer {
  return Buffer.concat(stranger.payloads.picture.map((payload) => payload.subarray(32)));
}

/** Bits for each byte. */
function entropy(bytes: Buffer): number {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  return [...counts].reduce((sum, count) => {
    const share = count / bytes.length;
    return count === 0 ? sum : sum - share * Math.log2(share);
  }, 0);
}

/** Every packet that the server's host sends and gets, whole. */
async function startCapture(file: string): Promise<ChildProcess> {
  const { server } = fromEnvironment();
  const child = spawnOn(server, 'tcpdump', ['-i', 'any', '-s', '0', '-U', '-Z', 'root', '-w', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  // Read to the end: a program whose messages nobody takes any more is ended by the next one.
  child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    said += part;
  });
  await waitFor('the capture', async () => said.includes('snapshot length') || child.exitCode !== null, {
    withinMs: 20_000,
  });
  if (child.exitCode !== null) throw new Error(`no capture: ${said}`);
  return child;
}

/** By the chat of the room. */
async function write({ page }: Member, message: string): Promise<void> {
  await page.click('button', 'Chat');
  await page.fill('Message', message);
  await page.press('Enter');
}
