import type { Bytes } from '../../bytes.ts';
import { MESSAGE_KINDS, type MemberMessage } from '../../member-messages/memberMessage.ts';
import { type GroupMember, type MeetingGroup, MlsError } from '../../mls/index.ts';
import type { Feature } from '../Feature.ts';
import type { ReceivedMessage } from '../Membership.ts';
import { LateRoomCode } from './LateRoomCode.ts';
import { People } from './People.ts';
import type { PinStore } from './PinStore.ts';
import type { PersonRef, VerificationCalls, VerificationView } from './view.ts';

type Handlers = {
  readonly [N in keyof VerificationCalls]: (
    ask: VerificationCalls[N]['ask'],
  ) => Promise<VerificationCalls[N]['reply']>;
};

export interface VerificationPorts {
  readonly pins: PinStore;
  /** In this epoch or not at all. */
  send(message: MemberMessage, epoch: number): Promise<void>;
  onView(view: VerificationView): void;
}

/** Fetched when two compare codes. */
const loadPersonCode = () => import('../../mls/verification/personCode.ts');

/** Longer than any code of ours: not even looked at. */
const longestScan = 512;

/** Who is who: the room code, the devices that people come with, and what this browser's owner says of them. */
export class Verification implements Feature {
  readonly kind = MESSAGE_KINDS.roomCode;
  readonly #people: People;
  readonly #exchange: LateRoomCode;
  readonly #ports: VerificationPorts;

  constructor(ports: VerificationPorts) {
    this.#ports = ports;
    this.#people = new People({ pins: ports.pins, wallClock: Date.now, changed: () => this.#show() });
    this.#exchange = new LateRoomCode({
      send: (body: Bytes, epoch) => ports.send({ kind: MESSAGE_KINDS.roomCode, body }, epoch),
      changed: () => this.#show(),
      now: () => performance.now(),
      after: (ms, run) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
    });
  }

  receive({ epoch, sender, body }: ReceivedMessage): void {
    this.#exchange.receive(epoch, sender, body);
  }

  enter(group: MeetingGroup): void {
    const { epoch, ownLeaf, epochAuthenticator } = group;
    const members = group.members();
    this.#people.enter({ ownLeaf, members });
    this.#exchange.enter({ epoch, ownLeaf, epochAuthenticator, members });
    this.#show();
  }

  introduced(group: MeetingGroup): void {
    this.#people.enter({ ownLeaf: group.ownLeaf, members: group.members() });
    this.#show();
  }

  leave(): void {
    this.#people.leave();
    this.#exchange.leave();
    this.#show();
  }

  readonly handlers: Handlers = {
    watchRoomCode: async ({ watching }) => {
      this.#exchange.watch(watching);
      return null;
    },
    confirmRoomCode: async ({ epoch }) => {
      if (this.#exchange.knownIn !== epoch) return false;
      this.#people.compared();
      this.#show();
      return true;
    },
    personCode: async (ask) => {
      const { own, theirs } = this.#pair(ask);
      const { personCode, personQr } = await loadPersonCode();
      const digits = await personCode(own.deviceKey, theirs.deviceKey);
      return { digits, qr: personQr(own.deviceKey, theirs.deviceKey) };
    },
    compareQr: async (ask) => {
      const { own, theirs } = this.#pair(ask);
      if (ask.scanned.length > longestScan) return 'unknown';
      const { compareQr } = await loadPersonCode();
      const outcome = compareQr(ask.scanned, own.deviceKey, theirs.deviceKey);
      if (outcome === 'match') await this.#people.verify(theirs, 'qr');
      return outcome;
    },
    judge: async (ask) => {
      const { theirs } = this.#pair(ask);
      if (ask.verdict === 'accept') await this.#people.accept(theirs);
      else await this.#people.verify(theirs, ask.verdict === 'verify' ? 'digits' : null);
      return null;
    },
  };

  /** Nothing is said of a device that has been replaced since the question was asked. */
  #pair(ref: PersonRef): { readonly own: GroupMember; readonly theirs: GroupMember } {
    const own = this.#people.self;
    const theirs = this.#people.find(ref);
    if (own === null || theirs === null) throw new MlsError('not_a_member', 'that device is here no more');
    return { own, theirs };
  }

  #show(): void {
    this.#ports.onView({
      people: this.#people.view(),
      roomCode: this.#exchange.view(),
      comparison: this.#people.comparison,
    });
  }
}
