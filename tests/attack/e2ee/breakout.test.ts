import { expect, test } from 'vitest';
import { deriveBreakoutSecret } from '../../../packages/e2ee/src/meeting-secret/meetingSecret.ts';
import { devicePublicKey, type MemberIdentity } from '../../../packages/e2ee/src/mls/index.ts';
import { psk } from '../../../packages/e2ee/src/mls/testing/people.ts';
import {
  MEETING_PATIENCE,
  MeetingMembers,
} from '../../../packages/e2ee/src/worker/breakout/MeetingMembers.ts';
import { HostileService } from './HostileService.ts';
import { Stay } from './Stay.ts';

const [red, blue] = ['abcde-fghjk-mnpqr-22222', 'abcde-fghjk-mnpqr-33333'];
/** Until somebody is given up, and until the members are told of it, ms. */
const slow = 45_000;

/** A meeting and its breakout rooms, with the server in the attacker's hands. */
class Meeting implements Disposable {
  readonly service = new HostileService();
  readonly room = new HostileService();
  readonly #ports: MessagePort[] = [];
  readonly #rooms: HostileService[] = [this.room];

  async join(name: string): Promise<Stay> {
    const stay = new Stay(name, this.service);
    await this.service.admit(stay);
    return stay;
  }

  /** The way of a page: a second worker, and a port from the first one's to it. */
  async stayInRoom(inMeeting: Stay, roomId = red, service = this.room): Promise<Stay> {
    const { port1, port2 } = new MessageChannel();
    this.#ports.push(port1);
    inMeeting.lender.lendTo(port1);
    const meeting = MeetingMembers.by(port2, () => performance.now());
    return await this.#stay(inMeeting.name, { roomId, meeting }, service);
  }

  /** Somebody who has the link with its passcode and a program of their own, which takes whom it likes for members. */
  async intruder(name: string, inRoom: readonly Stay[], device?: CryptoKeyPair): Promise<Stay> {
    const meeting = new MeetingMembers(() => performance.now());
    const own = device ?? (await new Stay(name, this.service).device);
    const members = await Promise.all(inRoom.map(identityOf));
    const self = { kind: 'guest', participantId: 'AAAAAAAAAAAAAAAA', name } as const;
    members.push({ ...self, deviceKey: await devicePublicKey(own) });
    meeting.hear({ device: own, members });
    return await this.#stay(name, { roomId: red, meeting }, this.room);
  }

  otherRoom(): HostileService {
    const service = new HostileService();
    this.#rooms.push(service);
    return service;
  }

  async #stay(
    name: string,
    room: NonNullable<ConstructorParameters<typeof Stay>[4]>,
    service: HostileService,
  ): Promise<Stay> {
    const secret = await deriveBreakoutSecret({ proof: new Uint8Array(32), psk }, room.roomId);
    return new Stay(name, service, secret.psk, null, room);
  }

  [Symbol.dispose](): void {
    for (const room of this.#rooms) room[Symbol.dispose]();
    this.service[Symbol.dispose]();
    for (const port of this.#ports) port.close();
  }
}

async function identityOf({ id, name, device }: Stay): Promise<MemberIdentity> {
  return { kind: 'guest', participantId: id, name, deviceKey: await devicePublicKey(await device) };
}

/** Ann and Bob are in the meeting and in a room of it; Gus is in the meeting. */
async function rooms() {
  const meeting = new Meeting();
  const [ann, bob, gus] = [await meeting.join('Ann'), await meeting.join('Bob'), await meeting.join('Gus')];
  const inside = [await meeting.stayInRoom(ann), await meeting.stayInRoom(bob)] as const;
  for (const stay of inside) await meeting.room.admit(stay);
  return { meeting, ann, bob, gus, inside, [Symbol.dispose]: () => meeting[Symbol.dispose]() };
}

async function areToldOf(refused: Stay, by: readonly Stay[]): Promise<void> {
  for (const stay of by)
    await stay.until('the refusal', ({ view }) =>
      view.refused.some(({ participantId }) => participantId === refused.id),
    );
}

test(
  'a link holder whose KeyPackage the server hands to a breakout room: nobody adds them, and they see nothing',
  async () => {
    using all = await rooms();
    const { meeting, inside } = all;
    const eve = await meeting.intruder('Eve', inside);
    const commits = meeting.room.commits.length;
    const begun = performance.now();
    await meeting.room.enter(eve);
    await areToldOf(eve, inside);
    // Somebody who is slow to show up in the meeting is no intruder.
    expect(performance.now() - begun).toBeGreaterThan(MEETING_PATIENCE - 100);
    // What is said goes to her too, and the server gives her whatever Welcome it has.
    meeting.room.members.add(eve);
    await inside[0].say('among ourselves');
    await inside[1].until('the text', ({ texts }) => texts.includes('among ourselves'));
    for (const welcome of meeting.room.welcomes)
      eve.hear({ type: 'welcome', groupId: meeting.room.groupId, epoch: 1, welcome });
    await eve.settled();
    expect(meeting.room.commits).toHaveLength(commits);
    for (const stay of inside) expect(stay.names).toEqual(['Ann', 'Bob']);
    expect([eve.group, eve.texts, eve.names]).toEqual([null, [], []]);
  },
  slow,
);

test(
  'somebody who was removed from the meeting does not come back into a room of it, by any way',
  async () => {
    using all = await rooms();
    const { meeting, ann, bob, gus, inside } = all;
    const device = await gus.device;
    const inRoom = await meeting.stayInRoom(gus);
    await meeting.room.admit(inRoom);
    meeting.service.remove(gus);
    for (const stay of [ann, bob]) await stay.until('the removal', ({ names }) => !names.includes('Gus'));
    meeting.room.remove(inRoom);
    for (const stay of inside) await stay.until('the removal', ({ names }) => !names.includes('Gus'));
    const again = await meeting.intruder('Gus', inside, device);
    await meeting.room.enter(again);
    await areToldOf(again, inside);
    for (const stay of inside) expect(stay.names).toEqual(['Ann', 'Bob']);
    expect(again.group).toBeNull();
  },
  slow,
);

test(
  'a link holder whom the server lets found the room’s group stays alone in it, and those who came are told',
  async () => {
    using meeting = new Meeting();
    const ann = await meeting.join('Ann');
    const inRoom = await meeting.stayInRoom(ann);
    const eve = await meeting.intruder('Eve', [inRoom]);
    await meeting.room.enter(eve);
    await meeting.room.enter(inRoom);
    await eve.until('Ann', ({ names }) => names.includes('Ann'));
    await inRoom.until('being told', ({ view }) => view.trouble === 'waiting');
    expect(inRoom.group).toBeNull();
    expect(inRoom.views.every(({ people }) => people.length === 0)).toBe(true);
    await expect(inRoom.say('to whom?')).rejects.toMatchObject({ code: 'closed' });
  },
  slow,
);

test(
  'a member who means ill adds a link holder to a room: the others do not follow',
  async () => {
    using all = await rooms();
    const { meeting, bob, inside } = all;
    const eve = await meeting.intruder('Eve', inside);
    // Bob has a program of his own: his stay in the room hears of a meeting in which Eve is.
    const { port1, port2 } = new MessageChannel();
    bob.lender.lendTo(port1);
    const liar = await meeting.intruder('Bob', [...inside, eve], await bob.device);
    meeting.room.remove(inside[1]);
    await inside[0].until('the removal', ({ names }) => !names.includes('Bob'));
    await meeting.room.enter(liar);
    await liar.until('coming in', ({ names }) => names.includes('Ann'));
    meeting.room.tamper = (news, to) => (news.type === 'pending' && to !== liar ? [] : [news]);
    await meeting.room.enter(eve);
    await liar.until('Eve', ({ names }) => names.includes('Eve'));
    await inside[0].until('the loss', ({ view }) => view.phase === 'forming');
    expect(inside[0].views.every(({ people }) => people.every(({ name }) => name !== 'Eve'))).toBe(true);
    for (const port of [port1, port2]) port.close();
  },
  slow,
);

test.each([
  ['for another room', blue, 'Gus'],
  ['under another name than in the meeting', red, 'Gustav'],
])(
  'a statement of a member’s device %s is of no use',
  async (_, roomId, name) => {
    using all = await rooms();
    const { meeting, gus, inside } = all;
    const theirs = name === gus.name ? await meeting.stayInRoom(gus, roomId, meeting.otherRoom()) : null;
    const stay = theirs ?? (await meeting.intruder(name, inside, await gus.device));
    meeting.room.stays.push(stay);
    meeting.room.waiting.set(stay, await stay.introduce());
    meeting.room.tellPending();
    await areToldOf(stay, inside);
    for (const one of inside) expect(one.names).toEqual(['Ann', 'Bob']);
  },
  slow,
);

test('whoever is in the meeting comes in, also before the others have heard that they are', async () => {
  using all = await rooms();
  const { meeting, inside } = all;
  // The news of Hal's coming reaches Bob late.
  const held: (() => void)[] = [];
  meeting.service.tamper = (news, to) => {
    if (news.type !== 'commit' || to !== all.bob) return [news];
    held.push(() => to.hear(news));
    return [];
  };
  const hal = new Stay('Hal', meeting.service);
  await meeting.service.enter(hal);
  await hal.until('coming in', ({ names }) => names.includes('Ann'));
  const inRoom = await meeting.stayInRoom(hal);
  await meeting.room.enter(inRoom);
  await inside[0].until('Hal', ({ names }) => names.includes('Hal'));
  expect(inside[1].names).toEqual(['Ann', 'Bob']);
  for (const arrive of held) arrive();
  for (const stay of [...inside, inRoom])
    await stay.until('all of them', ({ names }) => names.join() === 'Ann,Bob,Hal');
  for (const { views } of inside) expect(views.every(({ refused }) => refused.length === 0)).toBe(true);
});
