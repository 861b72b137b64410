import { parsePasscode } from '@conclave/e2ee';
import { CLOSE, type RulesForClients, type View } from '@conclave/protocol';
import { MeetingConversation } from '../conversation/MeetingConversation.ts';
import { DirectLink } from '../direct/DirectLink.ts';
import { Encryption } from '../encryption/Encryption.ts';
import type { MeetingVerification } from '../encryption/Verification.ts';
import { LateMeetingFiles } from '../files/LateMeetingFiles.ts';
import type { SharedFile } from '../files/types.ts';
import { LipSyncWatch } from '../media/LipSyncWatch.ts';
import { MediaTransport } from '../media/MediaTransport.ts';
import { type Observable, State } from '../observable.ts';
import { type ServerNotice, Signal, SignalClosed } from '../signalling/Signal.ts';
import { backoffMs, waitForNetwork } from './backoff.ts';
import { Entrance, type Identity } from './Entrance.ts';
import { failureOf, mayPass, retryAfter } from './failures.ts';
import { keepUnchanged } from './keepUnchanged.ts';
import { MediaLink } from './MediaLink.ts';
import { meetingState } from './meetingState.ts';
import { Publisher } from './Publisher.ts';
import { QualityWatch } from './QualityWatch.ts';
import { tabResumeTokens } from './resumeTokens.ts';
import { apply, emptyRoster, enter, type Roster } from './roster.ts';
import { ScreenShare } from './ScreenShare.ts';
import { canTakePart } from './support.ts';
import { toView } from './toView.ts';
import type { Meeting, MeetingOptions, MeetingPhase, MeetingState, RoomView } from './types.ts';

/** For how long a lost meeting is tried to be reached again. */
const persistenceMs = 5 * 60_000;

/**
 * One stay in one meeting: IDLE → JOINING → JOINED ⇄ RECONNECTING → LEFT, or FAILED from any of them.
 * Socket and transport break and come back apart from each other.
 */
export class ConclaveMeeting implements Meeting {
  readonly state: State<MeetingState>;
  readonly conversation: MeetingConversation;
  readonly #url: string;
  readonly #options: MeetingOptions;
  readonly #encryption: Encryption;
  readonly #entrance: Entrance;
  readonly #link: MediaLink;
  readonly #publisher = new Publisher();
  readonly #screen = new ScreenShare();
  readonly #quality = new QualityWatch();
  readonly #lipSync = new LipSyncWatch();
  readonly #direct: DirectLink;
  readonly #files: LateMeetingFiles;
  readonly #closing = new AbortController();
  readonly #stops: (() => void)[] = [];
  #signal: Signal | null = null;
  #roster: Roster = emptyRoster;
  #view: View | null = null;
  #turnedOff = false;
  #phase: MeetingPhase = { name: 'idle' };

  constructor(url: string, options: MeetingOptions) {
    this.#url = url;
    this.#options = options;
    const { meetingId, identity, videoSlots } = options;
    const keys = new Encryption(options.openWorker(), meetingId, parsePasscode(options.passcode));
    this.#encryption = keys;
    this.#entrance = new Entrance(identity, { meetingId, tokens: tabResumeTokens, keys });
    this.#link = new MediaLink((relays) => new MediaTransport(videoSlots, keys.open(), relays));
    this.#direct = new DirectLink({
      roster: () => this.#roster,
      transport: () => this.#link.transport,
      openCipher: () => keys.open(),
      ownLevel: options.devices.level,
    });
    this.conversation = new MeetingConversation({
      ask: (ask) => keys.say(ask),
      participants: () => this.#roster.participants,
      self: () => this.#member(),
      mayChat: () => this.#roster.rules.chat === 'everybody',
      now: () => Date.now(),
    });
    this.#files = new LateMeetingFiles({
      origin: new URL(url.replace(/^ws/, 'http')).origin,
      call: (name, ask) => keys.callFile(name, ask),
    });
    this.state = new State<MeetingState>(this.#snapshot());
    this.#stops.push(
      this.#link.changed.add((transport) => this.#transportChanged(transport)),
      options.devices.state.subscribe(() => this.#tracksChanged()),
      this.#screen.state.subscribe(() => this.#tracksChanged()),
      this.#quality.state.subscribe(() => this.#show()),
      keys.group.subscribe(() => this.#groupChanged()),
      keys.talk.add((events) => this.conversation.receive(events)),
      keys.linesChanged.add(() => this.#show()),
      keys.verification.state.subscribe(() => this.#show()),
      keys.fileNews.add((news) => this.#files.hear(news)),
      this.#direct.changed.add(() => this.#directChanged()),
      this.#quality.reports.add((report) => this.#learn(report)),
    );
    this.#tracksChanged();
    if (canTakePart()) this.#link.prepare();
  }

  get verification(): MeetingVerification {
    return this.#encryption.verification;
  }

  introduce(identity: Identity): void {
    this.#entrance.identity = identity;
  }

  async join(): Promise<void> {
    if (this.#phase.name !== 'idle' && this.#phase.name !== 'failed') return;
    this.#setPhase({ name: 'joining' });
    try {
      if (!canTakePart()) throw new TypeError('There is no WebRTC here, or none that can be encrypted.');
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

  agreeToDirectPath(agreed: boolean): void {
    this.#direct.agree(agreed);
  }

  get files(): Observable<readonly SharedFile[]> {
    return this.#files.files;
  }

  sendFile(file: File): void {
    this.#files.send(file);
  }

  cancelFile(id: string): void {
    this.#files.cancel(id);
  }

  downloadFile(id: string): Promise<Blob | null> {
    return this.#files.download(id);
  }

  withdrawFile(id: string): void {
    this.#files.withdraw(id);
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
      const { joined, anew } = await this.#entrance.enter(signal);
      if (this.#isOver) throw new Error('Left while joining.');
      signal.closed.add((reason) => {
        for (const stop of stops) stop();
        this.#socketLost(signal, reason);
      });
      this.#signal = signal;
      this.#roster = enter(this.#roster, joined);
      this.#encryption.setSignal(signal);
      this.#encryption.enter(joined.group);
      this.#tellConnected();
      if (anew) this.#beginOff(joined.rules);
      this.#publisher.setAllowed(joined.allowed);
      this.#publisher.setSignal(signal);
      this.#direct.setSignal(signal);
      this.#files.setSignal(signal);
      this.#direct.enter(joined);
      this.#sendView();
      await this.#link.useSignal(signal, joined.transportKept);
      if (!signal.isOpen) throw new SignalClosed(1006); // Went away while the transport was made.
    } catch (error) {
      signal[Symbol.dispose]();
      throw error;
    }
    this.#setPhase({ name: 'joined' });
  }

  /** Before anything of what is on is told: the server takes a device for on only after it was told that it is off. */
  #beginOff({ microphoneAtStart, cameraAtStart }: RulesForClients): void {
    const { devices } = this.#options;
    const { microphone, camera } = devices.state.get();
    const off = {
      microphone: microphoneAtStart === 'off' && (microphone.on || microphone.starting),
      camera: cameraAtStart === 'off' && (camera.on || camera.starting),
    };
    if (off.microphone) devices.turnOffMicrophone();
    if (off.camera) devices.turnOffCamera();
    this.#turnedOff = off.microphone || off.camera;
  }

  #socketLost(signal: Signal, reason: SignalClosed): void {
    if (this.#signal !== signal) return;
    this.#signal = null;
    this.#encryption.setSignal(null);
    this.#publisher.setSignal(null);
    this.#direct.setSignal(null);
    this.#files.setSignal(null);
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
    if (this.#encryption.receive(notice)) return;
    switch (notice.type) {
      case 'ended':
        this.#ended(notice.reason);
        return;
      case 'wanted':
        this.#link.setWanted(notice.wanted);
        return;
      case 'direct-path':
        this.#direct.follow(notice.direct);
        return;
      case 'direct-signal':
        this.#direct.receive(notice);
        return;
      case 'transport-lost':
        void this.#link.renew().catch((error) => this.#fail(error));
        return;
      default:
        this.#roster = apply(this.#roster, notice);
        if (notice.type === 'allowed') this.#allowedChanged();
        if (notice.type.startsWith('participant-')) this.#tellConnected();
        this.#show();
    }
  }

  #tellConnected(): void {
    const connected = this.#roster.participants.filter((participant) => participant.connected);
    this.#encryption.setConnected(connected.map(({ id }) => id));
  }

  #groupChanged(): void {
    this.conversation.setMembers(this.#encryption.group.get().people.map((person) => person.participantId));
    this.#show();
  }

  /** Oneself as the others know one; before the group has formed, as one has introduced oneself. */
  #member() {
    const { self } = this.#roster;
    if (self === null) return null;
    const person = this.#encryption.group.get().people.find((one) => one.self);
    return person ?? { ...this.#entrance.identity, participantId: self };
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
    this.#watchQuality();
    if (transport === null && this.#phase.name === 'joined' && this.#direct.shown === null)
      this.#quality.lost();
    this.#show();
  }

  #directChanged(): void {
    this.#publisher.setDirect(this.#direct.call, this.#direct.serverIdle);
    this.#watchQuality();
    this.#show();
  }

  /** Of the connection that is shown. */
  #watchQuality(): void {
    const { call } = this.#direct;
    if (call?.shown === true) this.#quality.watch(call.connection, 'direct');
    else this.#quality.watch(this.#link.transport?.connection ?? null);
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
    this.#direct[Symbol.dispose]();
    this.#files[Symbol.dispose]();
    this.#link[Symbol.dispose]();
    this.#encryption[Symbol.dispose]();
    this.conversation[Symbol.dispose]();
    this.#quality[Symbol.dispose]();
    this.#roster = emptyRoster;
    this.#show();
  }

  #learn(report: RTCStatsReport): void {
    // These are of the direct path then, whose one stream the browser keeps in step.
    if (this.#direct.shown) return;
    const { transport } = this.#link;
    transport?.observe(report);
    this.#lipSync.update(report, this.#roster.slots, (mid) => transport?.receiverOf(mid) ?? null);
  }

  #setPhase(phase: MeetingPhase): void {
    this.#phase = phase;
    this.#show();
  }

  #show(): void {
    this.#direct.gateSound();
    this.state.set(keepUnchanged(this.state.get(), this.#snapshot()));
  }

  #snapshot(): MeetingState {
    const { capture, problem } = this.#screen.state.get();
    return meetingState({
      phase: this.#phase,
      roster: this.#roster,
      encryption: this.#encryption,
      transport: this.#link.transport,
      direct: this.#direct,
      camera: this.#options.devices.state.get().camera.track,
      screen: { track: capture?.video ?? null, problem },
      connection: this.#quality.state.get(),
      turnedOff: this.#turnedOff,
    });
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
