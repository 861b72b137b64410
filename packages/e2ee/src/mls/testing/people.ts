import { toBase64Url } from '../../base64url.ts';
import { makeDeviceKey } from '../credential/deviceKey.ts';
import type { Joiner } from '../credential/issueCredential.ts';
import type { MeetingGroup } from '../group/MeetingGroup.ts';
import { PendingJoiner } from '../group/PendingJoiner.ts';
import type { SeatOptions } from '../group/Seat.ts';

export const meetingId = 'abcde-fghjk-mnpqr-stuvw';
export const groupId = 'group-1';
export const psk = new Uint8Array(32).fill(7);

// One for all: making keys is slow, and which device it is matters to few tests.
const device = await makeDeviceKey();

export function randomId(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(12)));
}

export function guest(name: string, over: Partial<Joiner> = {}): Joiner {
  const base = { participantId: randomId(), name, notAfter: Date.now() + 2 * 86_400_000, device };
  return { kind: 'guest', ...base, ...over } as Joiner;
}

export function seat(name: string, over: Partial<SeatOptions> = {}): SeatOptions {
  return { meetingId, psk, me: guest(name), ...over };
}

export async function joiner(name: string, over: Partial<SeatOptions> = {}): Promise<PendingJoiner> {
  return await PendingJoiner.prepare(seat(name, over));
}

/** Adds somebody by the group given, and takes the others along. */
export async function addTo(
  committer: MeetingGroup,
  name: string,
  others: readonly MeetingGroup[] = [],
): Promise<MeetingGroup> {
  const pending = await joiner(name);
  const made = await committer.commit({ add: [pending.keyPackage] });
  await committer.apply(made);
  for (const other of others) await other.process(made.commit);
  return await pending.join(made.welcome ?? new Uint8Array(), committer.groupId);
}

export async function remove(
  committer: MeetingGroup,
  leaf: number,
  others: readonly MeetingGroup[] = [],
): Promise<Uint8Array> {
  const made = await committer.commit({ remove: [leaf] });
  await committer.apply(made);
  for (const other of others) await other.process(made.commit);
  return made.commit;
}
