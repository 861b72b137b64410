import { Allowance } from './Allowance.ts';

/** Of one member: a network that comes and goes is answered at once, whoever goes on asking once a minute. */
const answered = { burst: 3, perSecond: 1 / 60 };
const minute = 60_000;
/** Of all members together, for a question: about ten answers a second. */
const msForEach = 100;

/** What is spread over so long (ms) among few is spread over longer among many: one short question costs n answers. */
export function amongAll(ms: number, others: number): number {
  return Math.max(ms, others * msForEach);
}

/** Those who ask what they have missed. Nobody's question is lost: what comes too often is answered later, once for all. */
export class Askers {
  readonly #ports: { now(): number; after(ms: number, run: () => void): void };
  readonly #answer: () => void;
  readonly #allowance = new Allowance(answered);
  #isLate = false;

  constructor(ports: { now(): number; after(ms: number, run: () => void): void }, answer: () => void) {
    this.#ports = ports;
    this.#answer = answer;
  }

  asked(who: string): void {
    if (this.#allowance.take(who, this.#ports.now())) {
      this.#answer();
      return;
    }
    if (this.#isLate) return;
    this.#isLate = true;
    this.#ports.after(minute, () => {
      this.#isLate = false;
      this.#answer();
    });
  }
}
