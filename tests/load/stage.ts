// The stage of a webinar's load test and some of its audience, with the worker's own session of the group, in a process of
// their own. What they do is told by messages, see webinar.ts.
import { fromBase64Url } from '@conclave/e2ee';
import { clock } from './clock.ts';
import { GroupMember, type HostPass, type Place } from './GroupMember.ts';

export type ToStage =
  | {
      readonly type: 'begin';
      readonly place: Omit<Place, 'psk'> & { readonly psk: string };
      readonly host: HostPass;
    }
  | { readonly type: 'follow'; readonly members: number }
  | { readonly type: 'report' };
export type FromStage =
  | { readonly type: 'done' }
  | { readonly type: 'failed'; readonly reason: string }
  | {
      readonly type: 'report';
      /** In the group, as each of them sees it; the host first. */
      readonly people: readonly number[];
      /** Epochs that the host has seen, and when the last one began. */
      readonly epochs: number;
      readonly lastAt: number;
    };

let place: Place | null = null;
const members: GroupMember[] = [];
let epochs = 0;
let lastAt = 0;

async function begin(message: Extract<ToStage, { type: 'begin' }>): Promise<void> {
  place = { ...message.place, psk: fromBase64Url(message.place.psk) };
  const host = await GroupMember.join(place, 'Host', message.host);
  host.onEpoch = () => {
    epochs += 1;
    lastAt = clock();
  };
  members.push(host);
  await host.goLive();
}

async function follow(count: number): Promise<void> {
  if (place === null) throw new Error('nothing has begun');
  for (let index = 0; index < count; index++) members.push(await GroupMember.join(place, `Member ${index}`));
}

const say = (message: FromStage): void => void process.send?.(message);
function answer(work: Promise<void>): void {
  work.then(
    () => say({ type: 'done' }),
    (error) => say({ type: 'failed', reason: error instanceof Error ? error.message : String(error) }),
  );
}

process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToStage) => {
  switch (message.type) {
    case 'begin':
      answer(begin(message));
      return;
    case 'follow':
      answer(follow(message.members));
      return;
    case 'report':
      say({ type: 'report', people: members.map(({ people }) => people), epochs, lastAt });
  }
});
