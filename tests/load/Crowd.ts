import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoadOptions, PersonOptions, PersonReport } from './LoadParticipant.ts';
import type { FromPeople, ToPeople } from './people.ts';

const file = fileURLToPath(new URL('./people.ts', import.meta.url));
const turn = 5_000;

/** Synthetic people in several processes. */
export class Crowd implements Disposable {
  readonly #load: LoadOptions;
  readonly #processes: readonly ChildProcess[];
  #turns: NodeJS.Timeout | null = null;
  #turn = 0;

  constructor(load: LoadOptions, processes: number) {
    this.#load = load;
    this.#processes = Array.from({ length: processes }, () => fork(file, [], { execArgv: [] }));
  }

  /** Resolves when everybody is in the meeting and media can flow. */
  async join(people: readonly PersonOptions[]): Promise<void> {
    await Promise.all(
      this.#processes.map(async (child, place) => {
        const theirs = people.filter(({ index }) => index % this.#processes.length === place);
        const joined = answer(child, 'joined');
        tell(child, { type: 'join', load: this.#load, people: theirs });
        await joined;
      }),
    );
  }

  /** So many of these speak at a time; every few seconds one of them stops and another one begins. */
  converse(indices: readonly number[], at: number): void {
    const pass = (): void => {
      const speakers = Array.from({ length: Math.min(at, indices.length) }, (_, place) => {
        const index = indices[(this.#turn + place) % indices.length];
        return index ?? 0;
      });
      this.#turn += 1;
      for (const child of this.#processes) tell(child, { type: 'speakers', indices: speakers });
    };
    if (this.#turns !== null) clearInterval(this.#turns);
    this.#turns = setInterval(pass, turn);
    pass();
  }

  /** Since the one before. */
  async report(): Promise<PersonReport[]> {
    const reports = this.#processes.map(async (child) => {
      const report = answer(child, 'report');
      tell(child, { type: 'report' });
      return (await report).people;
    });
    return (await Promise.all(reports)).flat();
  }

  get pids(): readonly number[] {
    return this.#processes.map(({ pid = -1 }) => pid);
  }

  [Symbol.dispose](): void {
    if (this.#turns !== null) clearInterval(this.#turns);
    for (const child of this.#processes) child.removeAllListeners('exit').kill('SIGKILL');
  }
}

function tell(child: ChildProcess, message: ToPeople): void {
  child.send(message);
}

function answer<T extends 'joined' | 'report'>(
  child: ChildProcess,
  type: T,
): Promise<Extract<FromPeople, { type: T }>> {
  return new Promise((resolve, reject) => {
    const listen = (message: FromPeople): void => {
      if (message.type === 'failed') reject(new Error(message.reason));
      if (message.type !== type) return;
      child.off('message', listen);
      resolve(message as Extract<FromPeople, { type: T }>);
    };
    child.on('message', listen);
    child.once('exit', (code) => reject(new Error(`the people's process ended with ${code}`)));
  });
}
