import { CLOSE, LIMITS, ParticipantId, type View } from '@conclave/protocol';
import type { MediaTransport } from '../media/MediaTransport.ts';
import { State } from '../observable.ts';
import { type ServerNotice, Signal, SignalClosed } from '../signalling/Signal.ts';
import { backoffMs, waitForNetwork } from './backoff.ts';
import { Entrance } from './Entrance.ts';
import { failureOf, mayPass, retryAfter } from './failures.ts';
import { MediaLink } from './MediaLink.ts';
import { Publisher } from './Publisher.ts';
import { participantStates } from './participantStates.ts';
import { QualityWatch } from './QualityWatch.ts';
import { tabResumeTokens } from './resumeTokens.ts';
import { apply, emptyRoster, enter, type Roster } from './roster.ts';
import { ScreenShare } from './ScreenShare.ts';
import type { Meeting, MeetingOptions, MeetingPhase, MeetingState, RoomView } from './types.ts';

/** For how long a lost meeting is tried to be reached again. */
const persistenceMs = 5 * 60_000;

/**
 * One stay in one meeting: IDLE → JOINING → JOINED ⇄ RECONNECTING → LEFT, or FAILED from any of them.
 * Socket and transport break and come back apart from each other.
 */
export class ConclaveMeeting implements Meeting {
  readonly state: State<MeetingState>;
  readonly #url: string;
  readonly #options: MeetingOptions;
  readonly #entrance: Entrance;
  readonly #link: MediaLink;
  readonly #publisher = new Publisher();
  readonly #screen = new ScreenShare();
  readonly #quality = new QualityWatch();
  readonly #closing = new AbortController();
  readonly #stops: (() => void)[] = [];
  #signal: Signal | null = null;
  #roster: Roster = emptyRoster;
  #view: View | null = null;
  #phase: MeetingPhase = { name: 'idle' };

  constructor(url: string, options: MeetingOptions) {
    this.#url = url;
    this.#options = options;
    this.#entrance = new Entrance(options.meetingId, options.passcode, options.name, tabResumeTokens);
    this.#link = new MediaLink(options.videoSlots);
    this.state = new State<MeetingState>(this.#snapshot());
    this.#stops.push(
      this.#link.changed.add((transport) => this.#transportChanged(transport)),
      options.devices.state.subscribe(() => this.#tracksChanged()),
      this.#screen.state.subscribe(() => this.#tracksChanged()),
      this.#quality.state.subscribe(() => this.#show()),
    );
    this.#tracksChanged();
    if (typeof RTCPeerConnection !== 'undefined') this.#link.prepare();
  }

  setName(name: string): void {
    this.#entrance.name = name;
  }

  async join(): Promise<void> {
    if (this.#phase.name !== 'idle' && this.#phase.name !== 'failed') return;
    this.#setPhase({ name: 'joining' });
    try {
      await this.#enter();
    } catch (error) {
      if (!this.#isOver) this.#setPhase(failureOf(error));
    }
  }

  async leave(): Promise<void> {
    if (this.#isOver) return;
    // Tracks first: whatever the network does now, nothing more is captured or sent.
    this.#stopSending();
    this.#setPhase({ name: 'left', reason: 'left' });
    const signal = this.#signal;
    this.#entrance.forget();
    if (signal !== null)
      await Promise.race([signal.request({ type: 'leave' }).catch(() => {}), delay(1_000)]);
    this.#dismantle();
  }

  setView(view: RoomView): void {
    this.#view = toView(view);
    this.#sendView();
  }

  shareScreen(): Promise<void> {
    return this.#screen.start();
  }

  stopSharing(): void {
    this.#screen.stop();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
    this.#dismantle();
  }

  get #isOver(): boolean {
    return this.#phase.name === 'left' || this.#closing.signal.aborted;
  }

  async #enter(): Promise<void> {
    await this.#entrance.ready();
    const signal = await Signal.open(this.#url);
    try {
      const stops = [signal.notices.add((notice) => this.#receive(notice))];
      const joined = await this.#entrance.enter(signal);
      if (this.#isOver) throw new Error('Left while joining.');
      signal.closed.add((reason) => {
        for (const stop of stops) stop();
        this.#socketLost(signal, reason);
      });
      this.#signal = signal;
      this.#roster = enter(this.#roster, joined);
      this.#publisher.setAllowed(joined.allowed);
      this.#publisher.setSignal(signal);
      this.#sendView();
      await this.#link.useSignal(signal, joined.transportKept);
      if (!signal.isOpen) throw new SignalClosed(1006); // Went away while the transport was made.
    } catch (error) {
      signal[Symbol.dispose]();
      throw error;
    }
    this.#setPhase({ name: 'joined' });
  }

  #socketLost(signal: Signal, reason: SignalClosed): void {
    if (this.#signal !== signal) return;
    this.#signal = null;
    this.#publisher.setSignal(null);
    if (this.#isOver || reason.code === CLOSE.ended) return;
    if (this.#phase.name !== 'joined') return; // Whoever is entering hears of it by its own call.
    this.#setPhase({ name: 'reconnecting' });
    void this.#reconnect();
  }

  async #reconnect(): Promise<void> {
    const giveUpAt = Date.now() + persistenceMs;
    let wait = 0;
    for (let attempt = 0; !this.#isOver; attempt++) {
      await waitForNetwork(Math.max(wait, backoffMs(attempt, Math.random())), this.#closing.signal);
      if (this.#isOver) return;
      try {
        await this.#enter();
        return;
      } catch (error) {
        if (this.#isOver) return;
        if (!mayPass(error) || Date.now() > giveUpAt) {
          this.#fail(error);
          return;
        }
        wait = retryAfter(error);
      }
    }
  }

  #receive(notice: ServerNotice): void {
    switch (notice.type) {
      case 'ended':
        this.#ended(notice.reason);
        return;
      case 'wanted':
        this.#link.setWanted(notice.wanted);
        return;
      case 'transport-lost':
        void this.#link.renew().catch((error) => this.#fail(error));
        return;
      default:
        this.#roster = apply(this.#roster, notice);
        if (notice.type === 'allowed') this.#allowedChanged();
        this.#show();
    }
  }

  #ended(reason: Extract<MeetingPhase, { name: 'left' }>['reason']): void {
    if (this.#isOver) return;
    this.#stopSending();
    if (reason !== 'replaced') this.#entrance.forget();
    this.#setPhase({ name: 'left', reason });
    this.#dismantle();
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#stopSending();
    this.#setPhase(failureOf(error));
    this.#dismantle();
  }

  #allowedChanged(): void {
    const { allowed } = this.#roster;
    this.#publisher.setAllowed(allowed);
    // What may not be sent is not captured either.
    if (!allowed.microphone) this.#options.devices.turnOffMicrophone();
    if (!allowed.camera) this.#options.devices.turnOffCamera();
    if (!allowed.screen) this.#screen.stop();
  }

  #transportChanged(transport: MediaTransport | null): void {
    this.#publisher.setTransport(transport);
    this.#quality.watch(transport?.connection ?? null);
    if (transport === null && this.#phase.name === 'joined') this.#quality.lost();
    this.#show();
  }

  #tracksChanged(): void {
    const { camera, microphone } = this.#options.devices.state.get();
    const { capture } = this.#screen.state.get();
    this.#publisher.setTracks({
      camera: camera.track,
      microphone: microphone.track,
      screen: capture?.video ?? null,
      'screen-audio': capture?.audio ?? null,
    });
    this.#show();
  }

  #sendView(): void {
    if (this.#view === null || this.#signal === null) return;
    const here = new Set<string>(this.#roster.participants.map(({ id }) => id));
    const view: View = {
      ...this.#view,
      pinned: this.#view.pinned.filter((id) => here.has(id)),
      sizes: this.#view.sizes.filter(({ participantId }) => here.has(participantId)),
    };
    this.#signal.request({ type: 'view', view }).catch(() => {}); // Sent again on the next socket.
  }

  #stopSending(): void {
    this.#options.devices.stopAll();
    this.#screen[Symbol.dispose]();
  }

  #dismantle(): void {
    this.#closing.abort();
    for (const stop of this.#stops.splice(0)) stop();
    this.#signal?.[Symbol.dispose]();
    this.#signal = null;
    this.#publisher.setTransport(null);
    this.#publisher.setSignal(null);
    this.#link[Symbol.dispose]();
    this.#quality[Symbol.dispose]();
    this.#roster = emptyRoster;
    this.#show();
  }

  #setPhase(phase: MeetingPhase): void {
    this.#phase = phase;
    this.#show();
  }

  #show(): void {
    this.state.set(this.#snapshot());
  }

  #snapshot(): MeetingState {
    const { camera } = this.#options.devices.state.get();
    const { capture, problem } = this.#screen.state.get();
    const transport = this.#link.transport;
    const local = { camera: camera.track, screen: capture?.video ?? null };
    return {
      phase: this.#phase,
      meeting: this.#roster.meeting,
      selfId: this.#roster.self,
      participants: participantStates(this.#roster, local, (mid) => transport?.trackOf(mid) ?? null),
      speakers: this.#roster.speakers,
      allowed: this.#roster.allowed,
      audioTracks: transport?.audioTracks() ?? [],
      screenProblem: problem,
      connection: this.#quality.state.get(),
    };
  }
}

function toView(view: RoomView): View {
  return {
    tiles: view.tiles,
    tile: view.tile,
    pinned: view.pinned.slice(0, LIMITS.pinned).map((id) => ParticipantId.parse(id)),
    sizes: [...view.sizes].map(([id, size]) => ({ participantId: ParticipantId.parse(id), size })),
    screen: view.screen,
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
