import { expect, test } from 'vitest';
import { Media } from './Media.ts';
import type { Doubt } from './messages.ts';
import { copyOf, FakeTransformer, soundFrame } from './testing/FakeTransformer.ts';
import { members, type Person } from './testing/people.ts';

function mediaOf(person: Person) {
  const told: { senders: [number, string][]; doubts: [number, Doubt | null][] } = { senders: [], doubts: [] };
  const media = new Media({
    participantAt: (epoch, leaf) => person.epochs.participantAt(epoch, leaf, 0),
    onSender: (line, id) => told.senders.push([line, id]),
    onDoubt: (line, doubt) => told.doubts.push([line, doubt]),
  });
  const line = (options: Parameters<Media['protect']>[0]) => {
    const transformer = new FakeTransformer();
    media.protect(options, transformer);
    return transformer;
  };
  return { media, told, line };
}

const sends = { role: 'send', source: 'microphone' } as const;
const receives = { role: 'receive', source: 'microphone', only: null } as const;

test('lines outlive a group: without keys nothing passes, with the next ones it does', async () => {
  const [olivia, bob] = (await members(2)) as [Person, Person];
  const [hers, his] = [mediaOf(olivia), mediaOf(bob)];
  const from = hers.line({ ...sends, connection: 1, line: 1 });
  const to = his.line({ ...receives, connection: 1, line: 7 });
  expect(await from.put(soundFrame([1]))).toBeNull();
  hers.media.useKeys(olivia.epochs.keys, olivia.epochs);
  const sent = await from.put(soundFrame([1, 2]));
  if (sent === null) throw new Error('dropped');
  expect(await to.put(copyOf(sent))).toBeNull();
  his.media.useKeys(bob.epochs.keys, bob.epochs);
  expect(await to.put(copyOf(sent))).not.toBeNull();
  expect(his.told.senders).toEqual([[7, olivia.id]]);
  hers.media.useKeys(null, null);
  his.media.useKeys(null, null);
  expect(await from.put(soundFrame([1]))).toBeNull();
  expect(his.told.doubts).toEqual([]);
});

test('payload types are each connection’s own, and gone with it', async () => {
  const [olivia] = (await members(1)) as [Person];
  const { media, line } = mediaOf(olivia);
  media.useKeys(olivia.epochs.keys, olivia.epochs);
  media.setPayloadTypes(1, [[111, 'opus']]);
  const [one, other] = [
    line({ ...sends, connection: 1, line: 1 }),
    line({ ...sends, connection: 2, line: 2 }),
  ];
  const frame = () => ({ data: new ArrayBuffer(3), getMetadata: () => ({ payloadType: 111 }) });
  expect(await one.put(frame())).not.toBeNull();
  expect(await other.put(frame())).toBeNull();
  media.closeConnection(1);
  expect(await one.put(frame())).toBeNull();
});

test('two lines of one source never use a number twice', async () => {
  const [olivia, bob] = (await members(2)) as [Person, Person];
  const [hers, his] = [mediaOf(olivia), mediaOf(bob)];
  hers.media.useKeys(olivia.epochs.keys, olivia.epochs);
  his.media.useKeys(bob.epochs.keys, bob.epochs);
  const lines = [1, 2].map((line) => hers.line({ ...sends, connection: line, line }));
  const to = his.line({ ...receives, connection: 1, line: 7 });
  for (let index = 0; index < 10; index++) {
    const sent = await lines[index % 2]?.put(soundFrame([index]));
    // A number that was used before would be refused as a replay.
    expect(sent ? await to.put(copyOf(sent)) : null).not.toBeNull();
  }
});
