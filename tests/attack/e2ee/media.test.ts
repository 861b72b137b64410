import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ENVELOPES } from '../../../packages/e2ee/src/envelope/envelopes.ts';
import { OVERLAP } from '../../../packages/e2ee/src/mls/index.ts';
import { meetingOf } from './HostileService.ts';
import { type Described, Frame, Line, OPUS, VP8_DELTA, VP8_KEY } from './Line.ts';
import { Stay } from './Stay.ts';

const secret = 'a picture that nobody else may see';

/** A key frame of VP8 (RFC 6386, section 9.1) of 640 × 360, and what else an encoder makes. */
function picture(text: string): Frame {
  const head = [0x50, 0x42, 0x00, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01];
  return new Frame(VP8_KEY, Buffer.concat([Uint8Array.from(head), Buffer.from(text)]));
}
const sound = (text: string) => new Frame(OPUS, Buffer.from(text));
/** What Opus in DTX sends for silence (RFC 6716, section 2.1.9). */
const silence = Uint8Array.of(0xf8, 0xff, 0xfe);

/** What the SFU has of a frame, to forward where it likes. */
const copy = (frame: Frame, described: Described = frame.described) => new Frame(described, frame.bytes);

async function sent(stay: Stay, source: 'camera' | 'microphone' | 'screen', ...texts: string[]) {
  const line = stay.send(source);
  for (const text of texts) await line.put(source === 'microphone' ? sound(text) : picture(text));
  return [...(await line.frames(texts.length))];
}

const textOf = (frame: Frame | undefined) => frame?.bytes.toString() ?? '';

test('what passes through the media server is neither the picture nor the sound', async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const [ann, bob] = meeting.stays as [Stay, Stay];
  const frames = [
    ...(await sent(ann, 'camera', secret, secret)),
    ...(await sent(ann, 'microphone', secret, secret)),
  ];
  for (const frame of frames) expect(frame.bytes.includes(secret)).toBe(false);
  // Nor do two equal frames look equal.
  expect(frames[0]?.bytes.subarray(30).equals(frames[1]?.bytes.subarray(30) ?? Buffer.alloc(0))).toBe(false);
  const { line } = bob.receive('camera');
  for (const frame of frames.slice(0, 2)) await line.put(copy(frame));
  expect((await line.frames(2)).map((frame) => frame.bytes.includes(secret))).toEqual([true, true]);
});

test("swapping two people's streams: each frame is shown as its true sender's, or not at all", async () => {
  using meeting = await meetingOf('Ann', 'Bob', 'Cat');
  const [ann, bob, cat] = meeting.stays as [Stay, Stay, Stay];
  const [ofAnn] = await sent(ann, 'camera', 'Ann');
  const [ofBob] = await sent(bob, 'camera', 'Bob');
  if (ofAnn === undefined || ofBob === undefined) throw new Error('nothing was sent');
  const slot = cat.receive('camera');
  await slot.line.put(copy(ofAnn));
  await slot.line.frames(1);
  expect(cat.senders.get(slot.number)).toBe(ann.id);
  await slot.line.put(copy(ofBob));
  await slot.line.frames(2);
  expect(cat.senders.get(slot.number)).toBe(bob.id);
  // A line that is for one person takes nobody else's.
  const direct = cat.receive('camera', ann.id);
  const [more] = await sent(bob, 'screen', 'x');
  const [another] = [...(await sent(bob, 'camera', 'Bob again'))];
  for (const frame of [more, another]) if (frame !== undefined) await direct.line.put(copy(frame));
  expect(direct.line.out).toEqual([]);
  expect(cat.senders.has(direct.number)).toBe(false);
});

test("swapping one person's own streams: a screen is not shown as a face, nor a sound of the screen as a voice", async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const [ann, bob] = meeting.stays as [Stay, Stay];
  const [screen] = await sent(ann, 'screen', 'slides');
  const [voice] = await sent(ann, 'microphone', 'voice');
  if (screen === undefined || voice === undefined) throw new Error('nothing was sent');
  const camera = bob.receive('camera');
  const screenAudio = bob.receive('screenAudio');
  await camera.line.put(copy(screen));
  await screenAudio.line.put(copy(voice));
  expect([...camera.line.out, ...screenAudio.line.out]).toEqual([]);
  expect(bob.senders.size).toBe(0);
});

test('replaying and reordering: each frame once, in whatever order, and an old one not at all', async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const [ann, bob] = meeting.stays as [Stay, Stay];
  const frames = await sent(ann, 'microphone', '0', '1', '2', '3');
  const { line } = bob.receive('microphone');
  for (const index of [2, 0, 0, 3, 2, 1, 3, 1]) {
    const frame = frames[index];
    if (frame !== undefined) await line.put(copy(frame));
  }
  await line.frames(4);
  expect(line.out.map(textOf)).toEqual(['2', '0', '3', '1']);
  // A second line, as if somebody else sent it, is no way around the window.
  const other = bob.receive('microphone');
  for (const frame of frames) await other.line.put(copy(frame));
  expect(other.line.out).toEqual([]);
});

const injected: readonly (readonly [string, () => Frame])[] = [
  ['a plain picture', () => picture('from the server')],
  [
    'a plain picture in the envelope of encrypted ones',
    () => {
      const clear = ENVELOPES.VP8.clear('key', new Uint8Array(picture('x').data));
      return new Frame(VP8_KEY, ENVELOPES.VP8.wrap(clear, new Uint8Array(randomBytes(500))));
    },
  ],
  ['an empty picture', () => new Frame(VP8_DELTA, new Uint8Array(0))],
  [
    'a frame that says it has nothing',
    () => new Frame({ mimeType: 'video/VP8', type: 'empty' }, new Uint8Array(0)),
  ],
  [
    'a frame of a codec that nobody has',
    () => new Frame({ mimeType: 'video/x', type: 'key' }, randomBytes(50)),
  ],
];

test.each(injected)('injecting %s: it is not rendered, and told when it goes on', async (_, make) => {
  using meeting = await meetingOf('Ann', 'Bob');
  const bob = meeting.stays[1] as Stay;
  const { line, number } = bob.receive('camera');
  const feeding = setInterval(() => void line.put(make()), 50);
  try {
    await bob.until('the doubt', ({ doubtful }) => doubtful.has(number));
  } finally {
    clearInterval(feeding);
  }
  expect(line.out).toEqual([]);
});

test.each([
  ['silence', silence],
  ['nothing', new Uint8Array(0)],
  ['a word', new Uint8Array(randomBytes(80))],
])('injecting %s as sound: nobody hears it, and it is told when it goes on', async (_, bytes) => {
  using meeting = await meetingOf('Ann', 'Bob');
  const [ann, bob] = meeting.stays as [Stay, Stay];
  const [real] = await sent(ann, 'microphone', 'hello');
  const { line, number } = bob.receive('microphone');
  if (real !== undefined) await line.put(copy(real));
  const feeding = setInterval(() => void line.put(new Frame(OPUS, bytes)), 20);
  try {
    await bob.until('the doubt', ({ doubtful }) => doubtful.has(number));
  } finally {
    clearInterval(feeding);
  }
  expect(line.out.map(textOf)).toEqual(['hello']);
});

test('no changed bit of a frame passes, nor a frame of one codec as one of another', async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const [ann, bob] = meeting.stays as [Stay, Stay];
  const frames = await sent(ann, 'camera', ...Array.from({ length: 40 }, (_, index) => `picture ${index}`));
  const { line } = bob.receive('camera');
  await fc.assert(
    fc.asyncProperty(
      fc.nat(39),
      fc.nat(10_000),
      fc.integer({ min: 1, max: 255 }),
      fc.constantFrom('video/VP8', 'video/VP9', 'video/AV1', 'video/H264'),
      async (index, at, flip, mimeType) => {
        const bytes = Buffer.from(frames[index]?.bytes ?? []);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ flip;
        await line.put(new Frame({ mimeType, type: 'key' }, bytes));
        if (mimeType !== 'video/VP8' && frames[index] !== undefined)
          await line.put(copy(frames[index], { mimeType, type: 'key' }));
      },
    ),
    { numRuns: 100 },
  );
  expect(line.out).toEqual([]);
  for (const frame of frames) await line.put(copy(frame));
  expect(await line.frames(40)).toHaveLength(40);
});

test('downgrading: without a group, without a codec that is known, nothing is sent at all', async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const { service } = meeting;
  const [ann, bob] = meeting.stays as [Stay, Stay];
  const line = ann.send('camera');
  await line.put(picture('before'));
  await line.frames(1);
  await line.put(new Frame({ mimeType: 'video/plain', type: 'key' }, Buffer.from(secret)));
  // The server takes the group away.
  service.answer = () => ({ ok: false, code: 'group.not_member' });
  ann.hear({ type: 'seat', seat: { role: 'behind', groupId: service.groupId } });
  await ann.until('the loss', ({ view }) => view.phase === 'forming');
  for (let count = 0; count < 5; count++) await line.put(picture(secret));
  expect(line.out).toHaveLength(1);
  // And Bob, whose group has not changed, is told nothing else either.
  expect(bob.view.phase).toBe('secured');
});

test('a ghost in the server, with every packet and every message of the group, opens nothing', async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const { service } = meeting;
  const ann = meeting.stays[0] as Stay;
  // Its own group by the same id, in which it is as many as it likes, and the commits of the true one.
  using theirs = await meetingOf('Ghost', 'Helper');
  const ghost = theirs.stays[0] as Stay;
  const frames = [...(await sent(ann, 'camera', secret)), ...(await sent(ann, 'microphone', secret))];
  for (const accepted of service.commits) ghost.hear({ type: 'commit', groupId: service.groupId, accepted });
  const lines = [ghost.receive('camera').line, ghost.receive('microphone').line];
  for (const [index, frame] of frames.entries()) await lines[index]?.put(copy(frame));
  expect(lines.flatMap(({ out }) => out)).toEqual([]);
});

test(
  'keeping a removed member: no frame after the removal opens for them, and none of theirs opens for others',
  async () => {
    using meeting = await meetingOf('Ann', 'Bob', 'Cat');
    const { service } = meeting;
    const [ann, bob, cat] = meeting.stays as [Stay, Stay, Stay];
    const camera = ann.send('camera');
    const theirs = cat.send('camera');
    const [atBob, atCat] = [bob.receive('camera'), cat.receive('camera')];
    const forward = async (frame: Frame | undefined) => {
      if (frame === undefined) throw new Error('nothing was sent');
      for (const { line } of [atBob, atCat]) await line.put(copy(frame));
    };
    await camera.put(picture('with Cat'));
    await forward((await camera.frames(1))[0]);
    await atCat.line.frames(1);
    // Cat is removed, and keeps all keys, since the server does not say so to them; the SFU forwards everything.
    service.remove(cat);
    for (const stay of [ann, bob]) await stay.until('the removal', ({ names }) => names.length === 2);
    for (let count = 2; count < 12; count++) {
      await camera.put(picture(secret));
      await forward((await camera.frames(count))[count - 1]);
    }
    await atBob.line.frames(11);
    expect(atCat.line.out).toHaveLength(1);
    // Cat's own, by keys of an epoch that Bob still has for what is under way.
    await theirs.put(picture('from Cat'));
    await atBob.line.put(copy((await theirs.frames(1))[0] as Frame));
    expect(atBob.line.out).toHaveLength(11);
    expect(bob.senders.get(atBob.number)).toBe(ann.id);
  },
  OVERLAP.removalReceiveMs + 20_000,
);

test('a joiner opens no frame of before, whatever the media server kept for them', async () => {
  using meeting = await meetingOf('Ann', 'Bob');
  const { service } = meeting;
  const ann = meeting.stays[0] as Stay;
  const before = await sent(ann, 'camera', secret, secret);
  const cat = new Stay('Cat', service);
  await service.admit(cat);
  const { line } = cat.receive('camera');
  for (const frame of before) await line.put(copy(frame));
  expect(line.out).toEqual([]);
});

test('the lines of this test do what they are for', async () => {
  const line = new Line();
  void line.transformer.readable.pipeTo(line.transformer.writable);
  await line.put(picture('through'));
  expect((await line.frames(1))[0]?.bytes.includes('through')).toBe(true);
});
