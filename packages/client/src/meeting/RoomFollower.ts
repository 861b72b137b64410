import { NO_SOURCES, type ServerMessageOf, type SourceSet, type View } from '@conclave/protocol';
import type { ServerNotice, Signal } from '../signalling/Signal.ts';
import type { Entered } from './Entrance.ts';
import { apply, enter, ownStage } from './roster.ts';
import type { StayParts } from './StayParts.ts';

const everySource: SourceSet = { microphone: true, camera: true, screen: true, screenAudio: true };

export interface FollowerPorts {
  ended(notice: ServerMessageOf<'ended'>): void;
  /** It cannot go on. */
  failed(error: unknown): void;
  /** There is something else to show. */
  changed(): void;
}

/** Carries what the server says of the room to every part that goes by it: the group, the media, the door, the devices. */
export class RoomFollower {
  readonly #parts: StayParts;
  readonly #ports: FollowerPorts;
  #signal: Signal | null = null;
  #view: View | null = null;
  #turnedOff = false;
  /** Since this page was loaded. */
  #hasBeenIn = false;

  constructor(parts: StayParts, ports: FollowerPorts) {
    this.#parts = parts;
    this.#ports = ports;
  }

  /** The socket of whoever is inside. */
  get signal(): Signal | null {
    return this.#signal;
  }

  /** A device was on and has been turned off on the way in, because the rules say so. */
  get turnedOff(): boolean {
    return this.#turnedOff;
  }

  /** Resolves when there is a transport. */
  async goIn(signal: Signal, { joined, anew }: Entered): Promise<void> {
    const parts = this.#parts;
    this.#signal = signal;
    parts.roster = enter(parts.roster, joined);
    this.#goAway();
    parts.encryption.setSignal(signal);
    this.#tellDoor();
    this.#tellStage();
    parts.encryption.setIntroductions(joined.participants);
    parts.encryption.enter(joined.group);
    this.#tellConnected();
    if (anew) this.#turnedOff = parts.media.beginOff(joined.rules);
    // A page that was loaded anew has told nothing yet: what it has on, the former one had told.
    else
      parts.media.stopWhatWasStopped(
        this.#hasBeenIn ? parts.publisher.told : everySource,
        ownSources(joined),
      );
    this.#hasBeenIn = true;
    parts.media.keepWithin(joined.allowed);
    parts.publisher.setAllowed(joined.allowed);
    parts.publisher.setSignal(signal);
    parts.direct.setSignal(signal);
    parts.files.setSignal(signal);
    parts.host.setSignal(signal);
    parts.breakouts?.setSignal(signal);
    parts.lobby.setKnocks(parts.roster.knocks);
    parts.direct.enter(joined);
    this.#sendView();
    await parts.link.useSignal(signal, joined.transportKept);
    this.#followBreakouts();
  }

  /** @returns whether it was the socket of whoever is inside */
  lose(signal: Signal): boolean {
    if (this.#signal !== signal) return false;
    const { encryption, publisher, direct, files, host, breakouts } = this.#parts;
    this.#signal = null;
    for (const part of [encryption, publisher, direct, files, host, breakouts]) part?.setSignal(null);
    return true;
  }

  receive(notice: ServerNotice): void {
    const { encryption, link, direct } = this.#parts;
    if (encryption.receive(notice)) return;
    switch (notice.type) {
      case 'ended':
        this.#ports.ended(notice);
        return;
      case 'joined':
      case 'lobby':
        return; // Of the way in.
      case 'wanted':
        link.setWanted(notice.wanted);
        return;
      case 'direct-path':
        direct.follow(notice.direct);
        return;
      case 'direct-signal':
        direct.receive(notice);
        return;
      case 'transport-lost':
        void link.renew().catch((error) => this.#ports.failed(error));
        return;
      default:
        this.#learnOf(notice);
    }
  }

  /** What the room shows, from now on and on every socket to come. */
  setView(view: View): void {
    this.#view = view;
    this.#sendView();
  }

  #learnOf(notice: ServerNotice): void {
    const { encryption, media, publisher, lobby, host, roster: before } = this.#parts;
    this.#parts.roster = apply(before, notice);
    this.#goAway();
    const { allowed, participants, rules, knocks } = this.#parts.roster;
    if (notice.type === 'moderated' && (notice.what === 'stopped' || notice.what === 'held'))
      media.turnOff(notice.sources);
    if (allowed !== before.allowed) {
      publisher.setAllowed(allowed);
      media.keepWithin(allowed);
    }
    if (participants !== before.participants || rules !== before.rules) this.#tellDoor();
    if (participants !== before.participants) {
      encryption.setIntroductions(participants);
      this.#tellConnected();
      this.#tellStage();
    }
    lobby.setKnocks(knocks);
    host.hear(notice, before);
    this.#followBreakouts();
    this.#ports.changed();
  }

  /** The room that the server has us in. */
  get #inRoom(): string | null {
    const { participants, self } = this.#parts.roster;
    return participants.find(({ id }) => id === self)?.breakoutRoom ?? null;
  }

  /** While one is in a breakout room, the devices are that stay's, and there is no media here. */
  #goAway(): void {
    const away = this.#inRoom !== null;
    this.#parts.media.lend(away);
    this.#parts.link.pause(away);
  }

  #followBreakouts(): void {
    this.#parts.breakouts?.follow({ rooms: this.#parts.roster.breakout, inRoom: this.#inRoom });
  }

  /** Who may let people in, and who need not be let in: whom the group takes is checked against it. */
  #tellDoor(): void {
    const { participants, rules } = this.#parts.roster;
    const admitters = participants.filter(({ controls }) => controls.includes('admit')).map(({ id }) => id);
    const { form, straightIn } = rules;
    this.#parts.encryption.setDoor({ form, straightIn, admitters });
  }

  #tellConnected(): void {
    const connected = this.#parts.roster.participants.filter((participant) => participant.connected);
    this.#parts.encryption.setConnected(connected.map(({ id }) => id));
  }

  #tellStage(): void {
    this.#parts.encryption.setAudience(ownStage(this.#parts.roster) !== 'on');
  }

  #sendView(): void {
    if (this.#view === null || this.#signal === null) return;
    const here = new Set<string>(this.#parts.roster.participants.map(({ id }) => id));
    const view: View = {
      ...this.#view,
      pinned: this.#view.pinned.filter((id) => here.has(id)),
      sizes: this.#view.sizes.filter(({ participantId }) => here.has(participantId)),
    };
    this.#signal.request({ type: 'view', view }).catch(() => {}); // Sent again on the next socket.
  }
}

/** As the server has it. */
function ownSources({ self, participants }: ServerMessageOf<'joined'>): SourceSet {
  return participants.find(({ id }) => id === self)?.sources ?? NO_SOURCES;
}
