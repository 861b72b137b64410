import { beforeEach, describe, expect, test } from 'vitest';
import { FrameSealer } from '../envelope/FrameSealer.ts';
import { MlsSframeKeys } from '../sframe/MlsSframeKeys.ts';
import { attach } from '../source-authentication/attachment.ts';
import { copyOf, pictureFrame, soundFrame } from './testing/FakeTransformer.ts';
import { members, type Person, receiving, sending } from './testing/people.ts';
import type { EncodedFrame } from './transformer.ts';

let olivia: Person;
let bob: Person;
let mallory: Person;

beforeEach(async () => {
  [olivia, bob, mallory] = (await members(3)) as [Person, Person, Person];
});

/** Mallory's frames under Olivia's name: all members have the base key, and so everybody's keys. */
async function asOlivia(): Promise<FrameSealer> {
  const keys = new MlsSframeKeys('AES_256_GCM_SHA512_128');
  const baseKey = await mallory.group.exporter('SFrame 1.0 Base Key', new Uint8Array(0), 32);
  const epoch = BigInt(mallory.group.epoch);
  await keys.addEpoch({ epoch, baseKey, members: [0, 1, 2], ownLeaf: olivia.group.ownLeaf });
  keys.sendIn(epoch);
  return new FrameSealer(keys);
}

const bytesOf = (frame: EncodedFrame | null) => [...new Uint8Array(frame?.data ?? new ArrayBuffer(0))];

/** What one says comes to the other, 20 ms apart. `meddle` stands between them; null: it gets lost. */
async function talk(
  from: ReturnType<typeof sending>,
  to: ReturnType<typeof receiving>,
  clock: { now: number },
  frames: number,
  meddle: (frame: EncodedFrame, index: number) => Promise<EncodedFrame | null> = async (frame) => frame,
): Promise<number> {
  let heard = 0;
  for (let index = 0; index < frames; index++) {
    clock.now += 20;
    const sent = await from.transformer.put(soundFrame([1, 2, index & 0xff]));
    const arrived = sent === null ? null : await meddle(sent, index);
    if (arrived !== null && (await to.transformer.put(copyOf(arrived))) !== null) heard += 1;
  }
  return heard;
}

describe('fails closed', () => {
  const clock = { now: 0 };

  test('an honest frame comes out as it went in, and its sender is told once', async () => {
    const [from, to] = [sending(olivia, 'microphone', clock), receiving(bob, 'microphone', clock)];
    for (const value of [5, 6]) {
      const sent = await from.transformer.put(soundFrame([1, value]));
      expect(sent === null ? null : bytesOf(await to.transformer.put(copyOf(sent)))).toEqual([1, value]);
    }
    expect(to.senders).toEqual([olivia.id]);
    expect(to.doubts).toEqual([]);
  });

  test('plaintext, garbage and silence from the network are dropped', async () => {
    const to = receiving(bob, 'microphone', clock);
    for (const bytes of [[], [0xf8, 0xff, 0xfe], [1, 2, 3], Array.from({ length: 100 }, () => 0)])
      expect(await to.transformer.put(soundFrame(bytes))).toBeNull();
    const picture = receiving(bob, 'camera', clock);
    expect(
      await picture.transformer.put(pictureFrame('key', [0x10, 0, 0, 0x9d, 1, 0x2a, 8, 0, 8, 0])),
    ).toBeNull();
    expect([...to.senders, ...picture.senders]).toEqual([]);
  });

  test('without keys nothing passes', async () => {
    const [from, to] = [sending(olivia, 'microphone', clock), receiving(null, 'microphone', clock)];
    expect(await talk(from, to, clock, 5)).toBe(0);
    to.at.person = bob;
    expect(await talk(from, to, clock, 5)).toBe(5);
    to.at.person = null;
    expect(await talk(from, to, clock, 200)).toBe(0);
    // That we have no keys says nothing against those who send.
    expect(to.doubts).toEqual([]);
  });

  test('a frame of another source than belongs on the line is dropped', async () => {
    const [screen, camera] = [sending(olivia, 'screen', clock), receiving(bob, 'camera', clock)];
    const sent = await screen.transformer.put(pictureFrame('key', [1, 2, 3]));
    expect(sent === null ? null : await camera.transformer.put(copyOf(sent))).toBeNull();
    const sound = sending(olivia, 'screenAudio', clock);
    expect(await talk(sound, receiving(bob, 'microphone', clock), clock, 3)).toBe(0);
  });

  test('on a line of one person nobody else is heard', async () => {
    const to = receiving(bob, 'microphone', clock, olivia.id);
    expect(await talk(sending(mallory, 'microphone', clock), to, clock, 5)).toBe(0);
    expect(to.senders).toEqual([]);
    expect(await talk(sending(olivia, 'microphone', clock), to, clock, 5)).toBe(5);
  });

  test('our own frames never come back, and nothing comes twice', async () => {
    const from = sending(olivia, 'microphone', clock);
    expect(await talk(from, receiving(olivia, 'microphone', clock), clock, 3)).toBe(0);
    const sent = await from.transformer.put(soundFrame([1]));
    const to = receiving(bob, 'microphone', clock);
    if (sent === null) throw new Error('dropped');
    expect(await to.transformer.put(copyOf(sent))).not.toBeNull();
    expect(await to.transformer.put(copyOf(sent))).toBeNull();
  });

  test('a frame without the word whether a list is attached is dropped', async () => {
    const data = await (await asOlivia()).seal({
      source: 'screenAudio',
      codec: 'opus',
      type: null,
      data: Uint8Array.of(1, 2, 3),
    });
    const to = receiving(bob, 'screenAudio', clock);
    expect(await to.transformer.put(soundFrame([...data]))).toBeNull();
  });

  test('after a gap a key frame is asked for, once', async () => {
    const [from, to] = [sending(olivia, 'camera', clock), receiving(bob, 'camera', clock)];
    const pass = async (type: 'key' | 'delta') => {
      const sent = await from.transformer.put(pictureFrame(type, [1, 2]));
      return sent === null ? null : await to.transformer.put(copyOf(sent));
    };
    await pass('key');
    await pass('delta');
    expect(to.transformer.keyFramesAsked).toBe(0);
    await to.transformer.put(pictureFrame('delta', [1, 2]));
    await pass('delta');
    await pass('delta');
    expect(to.transformer.keyFramesAsked).toBe(1);
    await to.transformer.put(pictureFrame('delta', [1, 2]));
    await pass('key');
    expect(to.transformer.keyFramesAsked).toBe(1);
  });
});

describe('says what cannot be verified', () => {
  test('undecryptable: when for two seconds nothing could be opened, until something can', async () => {
    const clock = { now: 0 };
    const to = receiving(bob, 'microphone', clock);
    const spoiled = sending(olivia, 'microphone', clock);
    for (let index = 0; index < 120; index++) {
      clock.now += 20;
      const sent = await spoiled.transformer.put(soundFrame([1, 2, 3]));
      if (sent === null) throw new Error('dropped');
      const bytes = bytesOf(sent);
      await to.transformer.put(soundFrame([...bytes.slice(0, -1), (bytes.at(-1) ?? 0) ^ 1]));
      expect(to.doubts).toEqual(clock.now > 2_020 ? ['undecryptable'] : []);
    }
    await talk(sending(olivia, 'microphone', clock), to, clock, 1);
    expect(to.doubts).toEqual(['undecryptable', null]);
  });

  test('undecryptable: frames of an epoch that we have no key of, after six seconds', async () => {
    const clock = { now: 0 };
    const [founder, guest] = (await members(2)) as [Person, Person];
    const [from, to] = [sending(founder, 'microphone', clock), receiving(guest, 'microphone', clock)];
    await founder.group.apply(await founder.group.commit({}));
    await founder.epochs.enter(founder.group, [], clock.now);
    founder.epochs.settle(founder.group.epoch, clock.now);
    expect(await talk(from, to, clock, 299)).toBe(0);
    expect(to.doubts).toEqual([]);
    expect(await talk(from, to, clock, 5)).toBe(0);
    expect(to.doubts).toEqual(['undecryptable']);
  });

  test('nothing, of somebody honest, for a long time and over a change of keys', async () => {
    const clock = { now: 0 };
    const [founder, guest] = (await members(2)) as [Person, Person];
    const [from, to] = [sending(founder, 'microphone', clock), receiving(guest, 'microphone', clock)];
    expect(await talk(from, to, clock, 110)).toBe(110);
    const made = await founder.group.commit({});
    await founder.group.apply(made);
    await guest.group.process(made.commit);
    for (const { epochs, group } of [founder, guest]) {
      await epochs.enter(group, [], clock.now);
      epochs.settle(group.epoch, clock.now);
    }
    // The next list is of both epochs.
    expect(await talk(from, to, clock, 500)).toBe(500);
    expect(to.doubts).toEqual([]);
  });

  test('forged: as soon as the true sender has listed something else; then nothing is shown for some seconds', async () => {
    const clock = { now: 0 };
    const [from, to] = [sending(olivia, 'microphone', clock), receiving(bob, 'microphone', clock)];
    const forger = await asOlivia();
    await talk(from, to, clock, 20);
    // The frame that Olivia sends next is replaced by one of Mallory's with the same number.
    await from.transformer.put(soundFrame([1]));
    const frame = { source: 'microphone', codec: 'opus', type: null } as const;
    for (let counter = 0; counter < 20; counter++)
      await forger.seal({ ...frame, data: attach(Uint8Array.of(0), null) });
    const forged = soundFrame([
      ...(await forger.seal({ ...frame, data: attach(Uint8Array.of(6, 6, 6), null) })),
    ]);
    // It passes at first: nobody has said anything about this frame yet.
    expect(bytesOf(await to.transformer.put(forged))).toEqual([6, 6, 6]);
    expect(to.doubts).toEqual([]);
    const heard = await talk(from, to, clock, 30);
    expect(to.doubts).toEqual(['forged']);
    expect(heard).toBeLessThan(30);
    expect(await talk(from, to, clock, 100)).toBe(0);
    expect(await talk(from, to, clock, 300)).toBeGreaterThan(100);
    expect(to.doubts).toEqual(['forged', null]);
  });

  test('forged: a list that somebody else has signed', async () => {
    const clock = { now: 0 };
    const to = receiving(bob, 'screenAudio', clock);
    const forger = await asOlivia();
    const seal = async (list: Uint8Array<ArrayBuffer> | null) =>
      await forger.sealListed({
        source: 'screenAudio',
        codec: 'opus',
        type: null,
        data: attach(Uint8Array.of(6), list),
      });
    const { data, fact } = await seal(null);
    expect(await to.transformer.put(soundFrame([...data]))).not.toBeNull();
    const list = await mallory.epochs.sign(3, [fact]);
    expect(await to.transformer.put(soundFrame([...(await seal(list)).data]))).toBeNull();
    expect(to.doubts).toEqual(['forged']);
  });

  test('unsigned: when lists do not come', async () => {
    const clock = { now: 0 };
    const to = receiving(bob, 'microphone', clock);
    const forger = await asOlivia();
    for (let index = 0; index < 300; index++) {
      clock.now += 20;
      const data = attach(Uint8Array.of(6), null);
      const sealed = await forger.seal({ source: 'microphone', codec: 'opus', type: null, data });
      await to.transformer.put(soundFrame([...sealed]));
    }
    expect(to.doubts).toEqual(['unsigned']);
  });

  test('of one who is forged, and not of another who speaks on the same line', async () => {
    const clock = { now: 0 };
    const [to, from] = [receiving(bob, 'screenAudio', clock), sending(mallory, 'screenAudio', clock)];
    const forger = await asOlivia();
    const list = await mallory.epochs.sign(3, [
      { epoch: BigInt(mallory.group.epoch), counter: 1n, hash: 1n },
    ]);
    const frame = { source: 'screenAudio', codec: 'opus', type: null } as const;
    await to.transformer.put(
      soundFrame([...(await forger.seal({ ...frame, data: attach(Uint8Array.of(6), list) }))]),
    );
    expect(to.doubts).toEqual(['forged']);
    expect(await talk(from, to, clock, 50)).toBe(50);
    expect(to.doubts).toEqual(['forged', null]);
  });
});
