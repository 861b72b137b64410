/** Who comes straight in, as the meeting's rules say. Each one includes those behind it. */
export type StraightIn = 'everybody' | 'organisation' | 'invited' | 'nobody';

/** How somebody has come into the meeting, as the server says. */
export type Entry = 'host' | 'account' | 'invited' | 'passcode' | 'admitted';

/** What the server says of the door now. */
export interface DoorRules {
  /** The audience of a webinar comes in unnamed, and nobody else does. */
  readonly form: 'meeting' | 'webinar';
  readonly straightIn: StraightIn;
  /** Participant ids of those who may let people in. */
  readonly admitters: readonly string[];
}

/** The first one opens the widest. */
const widest: readonly StraightIn[] = ['everybody', 'organisation', 'invited', 'nobody'];

/** What was the rule so short a time ago counts still, ms: people and commits are on their way while rules change. */
export const GRACE = {
  /** For whoever adds somebody. */
  adding: 60_000,
  /** For whoever follows another's commit: longer, so that nobody is split off whose server is a moment slower. */
  added: 120_000,
} as const;
export type Strictness = keyof typeof GRACE;

interface Past {
  readonly rules: DoorRules;
  /** ms, monotonic. */
  readonly until: number;
}

/** Changes within the grace that are remembered: a server that changes its word without end fills no memory. */
const mostPast = 100;

function isSame(one: DoorRules, other: DoorRules): boolean {
  const admitters = new Set(one.admitters);
  return (
    one.form === other.form &&
    one.straightIn === other.straightIn &&
    one.admitters.length === other.admitters.length &&
    other.admitters.every((id) => admitters.has(id))
  );
}

/** The rules of the door, and what they were a moment ago. Before anything was said it is shut and nobody opens it. */
export class Door {
  #rules: DoorRules = { form: 'meeting', straightIn: 'nobody', admitters: [] };
  #past: readonly Past[] = [];

  /** @param now ms, monotonic, as everywhere here */
  set(rules: DoorRules, now: number): void {
    if (isSame(rules, this.#rules)) return;
    const kept = this.#past.filter(({ until }) => until + GRACE.added > now);
    this.#past = [...kept, { rules: this.#rules, until: now }].slice(-mostPast);
    this.#rules = rules;
  }

  get isOfWebinar(): boolean {
    return this.#rules.form === 'webinar';
  }

  /** Whether these come straight in, or did a moment ago. */
  isOpenTo(who: Exclude<StraightIn, 'nobody'>, strictness: Strictness, now: number): boolean {
    return this.#within(strictness, now).some(
      ({ straightIn }) => widest.indexOf(straightIn) <= widest.indexOf(who),
    );
  }

  mayAdmit(participantId: string, strictness: Strictness, now: number): boolean {
    return this.#within(strictness, now).some(({ admitters }) => admitters.includes(participantId));
  }

  #within(strictness: Strictness, now: number): DoorRules[] {
    const recent = this.#past.filter(({ until }) => now - until <= GRACE[strictness]);
    return [this.#rules, ...recent.map(({ rules }) => rules)];
  }
}
