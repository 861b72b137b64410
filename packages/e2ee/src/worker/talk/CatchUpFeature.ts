import { MESSAGE_KINDS } from '../../member-messages/memberMessage.ts';
import type { MeetingGroup } from '../../mls/index.ts';
import { Askers, amongAll } from '../Askers.ts';
import type { Feature } from '../Feature.ts';
import type { ReceivedMessage } from '../Membership.ts';
import type { TalkPorts } from './TalkPorts.ts';

/** Answers and questions of many are spread over so long, ms; answers over longer among very many. */
const spread = 1_000;
/** Between two answers of ours, whoever asks, and between two greetings, whoever comes; ms. */
const answerPause = 5_000;
const greetingPause = 2_000;

export interface CatchUpPorts extends TalkPorts {
  /** Somebody was away. */
  onAsked(): void;
  /** Somebody came. */
  onJoined(): void;
}

/**
 * The server keeps no message. So whoever was away asks the others what holds now, and whoever has something up says it
 * to those who come, both once for many and each at a moment of its own.
 */
export class CatchUpFeature implements Feature {
  readonly kind = MESSAGE_KINDS.catchUp;
  readonly #ports: CatchUpPorts;
  readonly #answer: Spread;
  readonly #greeting: Spread;
  readonly #askers: Askers;
  #members: ReadonlySet<string> | null = null;
  #wasInside = false;
  /** A question of ours waits for its moment. */
  #asking = false;

  constructor(ports: CatchUpPorts) {
    this.#ports = ports;
    const others = () => this.#members?.size ?? 0;
    this.#answer = new Spread(ports, others, answerPause, () => ports.onAsked());
    this.#greeting = new Spread(ports, others, greetingPause, () => ports.onJoined());
    this.#askers = new Askers(ports, () => this.#answer.soon());
  }

  /** We were away. */
  returned(): void {
    if (this.#asking) return;
    this.#asking = true;
    this.#ports.after(this.#ports.random() * spread, () => {
      // When another has asked since, all answer that, and we hear it too.
      if (!this.#asking) return;
      this.#asking = false;
      this.#ports.send({ kind: this.kind, body: new Uint8Array(0) }).catch(() => {});
      // Those who did not ask because we did would have no answer of ours.
      this.#answer.soon();
    });
  }

  receive({ body, sender }: ReceivedMessage): void {
    if (body.length > 0) return;
    this.#asking = false;
    this.#askers.asked(sender.participantId);
  }

  /** @returns whether we are back in a group after having been in none */
  enter(group: MeetingGroup): boolean {
    const before = this.#members;
    // A leaf that is taken again is somebody else: somebody who reloaded the page, for one.
    const stays = group
      .members()
      .filter(({ leafIndex }) => leafIndex !== group.ownLeaf)
      .map(({ leafIndex, participantId, notAfter }) => `${leafIndex}/${participantId}/${notAfter}`);
    const back = before === null && this.#wasInside;
    this.#members = new Set(stays);
    this.#wasInside = true;
    if (before === null ? back : stays.some((stay) => !before.has(stay))) this.#greeting.soon();
    return back;
  }

  leave(): void {
    this.#members = null;
  }
}

/** One answer for many questions. */
class Spread {
  readonly #ports: TalkPorts;
  readonly #others: () => number;
  readonly #pause: number;
  readonly #run: () => void;
  #pending = false;
  #ranAt = Number.NEGATIVE_INFINITY;

  constructor(ports: TalkPorts, others: () => number, pause: number, run: () => void) {
    this.#ports = ports;
    this.#others = others;
    this.#pause = pause;
    this.#run = run;
  }

  soon(): void {
    if (this.#pending) return;
    this.#pending = true;
    const { random, now } = this.#ports;
    const others = this.#others();
    const rest = this.#ranAt + amongAll(this.#pause, others) - now();
    const wait = Math.max(0, rest) + random() * amongAll(spread, others);
    this.#ports.after(wait, () => {
      this.#pending = false;
      this.#ranAt = now();
      this.#run();
    });
  }
}
