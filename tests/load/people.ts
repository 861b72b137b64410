// Some of the people of a load test, in a process of their own. What they do is told by messages, see Crowd.ts.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type LoadOptions,
  LoadParticipant,
  type PersonOptions,
  type PersonReport,
} from './LoadParticipant.ts';

export type ToPeople =
  | { readonly type: 'join'; readonly load: LoadOptions; readonly people: readonly PersonOptions[] }
  /** Who speaks from now on, by index. */
  | { readonly type: 'speakers'; readonly indices: readonly number[] }
  | { readonly type: 'report' };
export type FromPeople =
  | { readonly type: 'joined' }
  | { readonly type: 'failed'; readonly reason: string }
  | { readonly type: 'report'; readonly people: readonly PersonReport[] };

/** Joins that are under way at the same time. */
const together = 4;
const soundFrame = 20;
const people = new Map<number, LoadParticipant>();
let speaking: ReadonlySet<number> = new Set();

const say = (message: FromPeople): void => void process.send?.(message);

async function joinAll(load: LoadOptions, newcomers: readonly PersonOptions[]): Promise<void> {
  const waiting = [...newcomers];
  const joinSome = async (): Promise<void> => {
    for (let person = waiting.shift(); person !== undefined; person = waiting.shift())
      people.set(person.index, await joinPatiently(load, person));
  };
  await Promise.all(Array.from({ length: together }, joinSome));
}

/** A worker at its limit takes nobody for a while, and on a busy machine a transport may not come about at once. */
async function joinPatiently(load: LoadOptions, person: PersonOptions): Promise<LoadParticipant> {
  for (let refused = 0; ; refused++) {
    try {
      return await LoadParticipant.join(load, person);
    } catch (error) {
      const mayPass =
        error instanceof Error && /^media\.|^meeting\.full|^the transport is/.test(error.message);
      if (!mayPass || refused === 10) throw error;
      await sleep(2_000);
    }
  }
}

/** Calls for each period that has passed, also when the timer was late. */
function every(period: number, call: (count: number) => void): void {
  const began = performance.now();
  let done = 0;
  setInterval(() => {
    const due = Math.floor((performance.now() - began) / period);
    // After a long stop the missed ones are not sent all at once.
    done = Math.max(done, due - 5);
    while (done < due) call(done++);
  }, period / 2);
}

let began = false;
function begin({ framesPerSecond }: LoadOptions): void {
  if (began) return;
  began = true;
  every(soundFrame, () => {
    for (const [index, person] of people) person.speak(speaking.has(index));
  });
  // One after the other within the period of a frame, as independent cameras are.
  const period = 1_000 / framesPerSecond;
  const slices = 10;
  every(period / slices, (count) => {
    const timestamp = Math.round(Math.floor(count / slices) * period * 90) >>> 0;
    for (const [index, person] of people) if (index % slices === count % slices) person.show(timestamp);
  });
}

process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToPeople) => {
  switch (message.type) {
    case 'join':
      begin(message.load);
      joinAll(message.load, message.people).then(
        () => say({ type: 'joined' }),
        (error) => say({ type: 'failed', reason: error instanceof Error ? error.message : String(error) }),
      );
      return;
    case 'speakers':
      speaking = new Set(message.indices);
      return;
    case 'report':
      say({ type: 'report', people: [...people.values()].map((person) => person.take()) });
  }
});
