import {
  type GroupSeat,
  PROTOCOL_VERSION,
  type ServerMessage,
  type ServerMessageOf,
} from '@conclave/protocol';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import type { MadeMeeting } from './bootMeeting.ts';
import { SignalClient } from './SignalClient.ts';

/** Somebody in a meeting, whose group is made of bytes that mean nothing. */
export interface Person {
  readonly client: SignalClient;
  readonly id: string;
  readonly keyPackage: string;
  readonly joined: ServerMessageOf<'joined'>;
  readonly group: GroupSeat;
}

export async function enter(origin: string, meeting: MadeMeeting, name = 'Gwen'): Promise<Person> {
  const client = await SignalClient.open(origin);
  const entry = groupEntry();
  const { id: meetingId, proof } = meeting;
  const message = { type: 'join', version: PROTOCOL_VERSION, meetingId, proof, name, ...entry };
  const joined = await client.ask(message);
  if (joined.type !== 'joined') throw new Error(`Not joined: ${JSON.stringify(joined)}`);
  return { client, id: entry.participantId, keyPackage: entry.keyPackage, joined, group: joined.group };
}

/** As many as there are names, all of them members: the first one founds the group and adds each other one. */
export async function enterGroup(origin: string, meeting: MadeMeeting, names: readonly string[]) {
  const people: Person[] = [];
  for (const [epoch, name] of ['', ...names].slice(1).entries()) {
    const person = await enter(origin, meeting, name);
    const [founder] = people;
    if (founder !== undefined) {
      const answer = await founder.client.ask(commitOf(founder, epoch - 1, [person.id]));
      if (answer.type !== 'ok') throw new Error(JSON.stringify(answer));
      await person.client.hear(({ type }) => type === 'group-welcome');
    }
    people.push(person);
  }
  return people;
}

export function commitOf(
  { id, group }: Pick<Person, 'id' | 'group'>,
  epoch: number,
  added: readonly string[] = [],
  removed: readonly string[] = [],
) {
  return {
    type: 'group-commit',
    groupId: group.groupId,
    epoch,
    commit: Buffer.from(`commit ${epoch} of ${id}`).toString('base64url'),
    welcome: added.length > 0 ? Buffer.from(`welcome ${epoch}`).toString('base64url') : null,
    added,
    removed,
  };
}

export function resumeOf(meetingId: string, token: string, group: object) {
  return { type: 'resume', version: PROTOCOL_VERSION, meetingId, token, group };
}

export function allOf<T extends ServerMessage['type']>({ client }: Person, type: T): ServerMessageOf<T>[] {
  return client.heard.filter((message): message is ServerMessageOf<T> => message.type === type);
}

/** The `group-pending` that names exactly these. */
export function hearPending({ client }: Person, waiting: readonly string[], gone: readonly string[]) {
  return client.hear(
    (message) =>
      message.type === 'group-pending' &&
      message.waiting.map(({ participantId }) => participantId).join() === waiting.join() &&
      message.gone.join() === gone.join(),
  );
}
