import { FrameOpener } from '../../envelope/FrameOpener.ts';
import { FrameSealer } from '../../envelope/FrameSealer.ts';
import type { Source } from '../../envelope/frame.ts';
import { MeetingGroup } from '../../mls/index.ts';
import { addTo, groupId, seat } from '../../mls/testing/people.ts';
import { Epochs } from '../Epochs.ts';
import type { Doubt } from '../messages.ts';
import { ReceivingLine } from '../ReceivingLine.ts';
import { SendingLine } from '../SendingLine.ts';
import { FakeTransformer } from './FakeTransformer.ts';

/** A member of a real group, with its keys and its lines. */
export interface Person {
  readonly id: string;
  readonly group: MeetingGroup;
  readonly epochs: Epochs;
}

/** ms; tests move it on. */
export interface Clock {
  now: number;
}

/** So many members of one group, all in its present epoch. */
export async function members(count: number): Promise<Person[]> {
  const groups = [await MeetingGroup.found({ ...seat('Founder'), groupId })];
  for (let index = 1; index < count; index++) {
    const [founder, ...others] = groups as [MeetingGroup, ...MeetingGroup[]];
    groups.push(await addTo(founder, `Member ${index}`, others));
  }
  return await Promise.all(groups.map(personOf));
}

export async function personOf(group: MeetingGroup): Promise<Person> {
  const self = group.members().find(({ leafIndex }) => leafIndex === group.ownLeaf);
  return { id: self?.participantId ?? '', group, epochs: await Epochs.begin(group) };
}

export function sending(person: Person | null, source: Source, clock: Clock) {
  const transformer = new FakeTransformer();
  const at: { person: Person | null } = { person };
  const line = new SendingLine(source, {
    sealer: () => (at.person === null ? null : new FrameSealer(at.person.epochs.keys)),
    lists: () => at.person?.epochs ?? null,
    payloadTypes: () => new Map([[111, 'opus']]),
    now: () => clock.now,
  });
  void line.run(transformer);
  return { transformer, at };
}

export function receiving(person: Person | null, source: Source, clock: Clock, only: string | null = null) {
  const transformer = new FakeTransformer();
  const at: { person: Person | null } = { person };
  const senders: string[] = [];
  const doubts: (Doubt | null)[] = [];
  const line = new ReceivingLine(source, only, {
    opener: () => (at.person === null ? null : new FrameOpener(at.person.epochs.keys)),
    lists: () => at.person?.epochs ?? null,
    payloadTypes: () => new Map([[111, 'opus']]),
    participantAt: (epoch, leaf) => at.person?.epochs.participantAt(epoch, leaf, clock.now) ?? null,
    onSender: (id) => senders.push(id),
    onDoubt: (doubt) => doubts.push(doubt),
    now: () => clock.now,
  });
  void line.run(transformer);
  return { transformer, at, senders, doubts };
}
