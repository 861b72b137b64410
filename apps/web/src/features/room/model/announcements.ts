/** What is read out. The parts of a room that matter to somebody who does not see it. */
export interface Heard {
  readonly joined: boolean;
  readonly reconnecting: boolean;
  readonly microphone: boolean;
  readonly camera: boolean;
  /** Which way media takes; null while that is not known. */
  readonly path: 'direct' | 'server' | null;
  /** Everybody else. */
  readonly others: readonly { readonly id: string; readonly name: string; readonly screen: boolean }[];
}

export type Announcement =
  | { readonly says: 'joined' | 'left' | 'shares' | 'sharesEnd'; readonly name: string }
  | { readonly says: 'joinedMany' | 'leftMany'; readonly count: number }
  | {
      readonly says:
        | 'microphoneOn'
        | 'microphoneOff'
        | 'cameraOn'
        | 'cameraOff'
        | 'reconnecting'
        | 'back'
        | 'pathDirect'
        | 'pathServer';
    };

/** More than this many names at once would talk over the meeting. */
const mostNames = 2;

/** What has changed between two moments, in the order in which it is worth hearing. */
export function announcements(before: Heard, after: Heard): readonly Announcement[] {
  const list: Announcement[] = [];
  if (before.microphone !== after.microphone)
    list.push({ says: after.microphone ? 'microphoneOn' : 'microphoneOff' });
  if (before.camera !== after.camera) list.push({ says: after.camera ? 'cameraOn' : 'cameraOff' });
  if (!before.reconnecting && after.reconnecting) list.push({ says: 'reconnecting' });
  if (before.reconnecting && after.joined) list.push({ says: 'back' });
  // Who was there before oneself, or through a lost connection, has not just joined.
  if (!before.joined || !after.joined) return list;

  const there = new Map(before.others.map((person) => [person.id, person]));
  const here = new Map(after.others.map((person) => [person.id, person]));
  list.push(
    ...some(
      'joined',
      after.others.filter(({ id }) => !there.has(id)),
    ),
  );
  list.push(
    ...some(
      'left',
      before.others.filter(({ id }) => !here.has(id)),
    ),
  );
  if (before.path !== null && after.path !== null && before.path !== after.path)
    list.push({ says: after.path === 'direct' ? 'pathDirect' : 'pathServer' });
  for (const { id, name, screen } of after.others) {
    const former = there.get(id)?.screen ?? false;
    if (screen !== former) list.push({ says: screen ? 'shares' : 'sharesEnd', name });
  }
  return list;
}

function some(says: 'joined' | 'left', people: readonly { readonly name: string }[]): Announcement[] {
  if (people.length > mostNames) return [{ says: `${says}Many`, count: people.length }];
  return people.map(({ name }) => ({ says, name }));
}
