import { CLOSE, type LeaveReason, type WaitsFor } from '@conclave/protocol';
import type { Breakouts } from '../breakout/Breakouts.ts';
import type { MeetingConversation } from '../conversation/MeetingConversation.ts';
import { borrowDevices } from '../devices/borrowDevices.ts';
import type { MeetingVerification } from '../encryption/Verification.ts';
import type { EncryptionFailed } from '../encryption/WorkerLink.ts';
import type { SharedFile } from '../files/types.ts';
import { type Observable, State } from '../observable.ts';
import { Signal, SignalClosed } from '../signalling/Signal.ts';
import type { Entered, Identity } from './Entrance.ts';
import { failureOf, mayPass } from './failures.ts';
import { keepUnchanged } from './keepUnchanged.ts';
import { meetingState } from './meetingState.ts';
import type { MeetingModeration } from './moderating.ts';
import { Reconnection } from './Reconnection.ts';
import { RoomFollower } from './RoomFollower.ts';
import { type BreakoutWay, StayParts } from './StayParts.ts';
import { canTakePart } from './support.ts';
import { toView } from './toView.ts';
import type { Meeting, MeetingOptions, MeetingPhase, MeetingState, RoomView } from './types.ts';

/**
 * One stay in one meeting, or in a breakout room of it: IDLE → JOINING (→ WAITING) → JOINED ⇄ RECONNECTING → LEFT, or FAILED from any of them.
 * Socket and transport break and come back apart from each other. At the door there is a socket and nothing else.
 */
export class ConclaveMeeting implements Meeting {
  readonly state: State<MeetingState>;
  readonly #url: string;
  readonly #options: MeetingOptions;
  readonly #parts: StayParts;
  readonly #room: RoomFollower;
  readonly #reconnection: Reconnection;
  readonly #closing = new AbortController();
  /** The socket of whoever is on the way in, or waits. */
  #entering: Signal | null = null;
  #phase: MeetingPhase = { name: 'idle' };

  /** @param way null: into the meeting itself */
  constructor(url: string, options: MeetingOptions, way: BreakoutWay | null = null) {
    this.#url = url;
    this.#options = options;
    this.#parts = new StayParts(url, options, way, {
      phase: () => this.#phase.name,
      nameOf: (id) => this.state.get().participants.find((one) => one.id === id)?.name ?? '',
      makeStay: (into) => this.#makeStay(into),
      changed: () => this.#show(),
      broken: (error) => this.#encryptionBroke(error),
    });
    this.#room = new RoomFollower(this.#parts, {
      ended: ({ reason, by }) => this.#ended(reason, by),
      failed: (error) => this.#fail(error),
      changed: () => this.#show(),
    });
    this.#reconnection = new Reconnection({
      enter: () => this.#enter(),
      failed: (error) => this.#fail(error),
      isOver: () => this.#isOver,
      closing: this.#closing.signal,
      now: () => Date.now(),
    });
    this.state = new State<MeetingState>(this.#snapshot());
    this.#parts.begin();
  }

  get conversation(): MeetingConversation {
    return this.#parts.conversation;
  }

  get breakouts(): Breakouts | null {
    return this.#parts.breakouts;
  }

  get verification(): MeetingVerification {
    return this.#parts.encryption.verification;
  }

  get moderation(): MeetingModeration {
    return this.#parts.host;
  }

  introduce(identity: Identity): void {
    this.#parts.entrance.identity = identity;
  }

  async join(): Promise<void> {
    if (this.#phase.name !== 'idle' && this.#phase.name !== 'failed') return;
    this.#setPhase({ name: 'joining' });
    try {
      if (!canTakePart()) throw new TypeError('There is no WebRTC here, or none that can be encrypted.');
      await this.#enter();
    } catch (error) {
      if (this.#isOver) return;
      // Whoever has waited already knocks again.
      if (this.#isWaiting && mayPass(error)) await this.#reconnection.run(error);
      else this.#setPhase(failureOf(error));
    }
  }

  async leave(): Promise<void> {
    if (this.#isOver) return;
    // Tracks first: whatever the network does now, nothing more is captured or sent.
    this.#parts.media.stopAll();
    this.#parts.breakouts?.[Symbol.dispose]();
    this.#setPhase({ name: 'left', reason: 'left', by: null });
    const signal = this.#room.signal ?? this.#entering;
    this.#giveUpPlace();
    if (signal !== null)
      await Promise.race([signal.request({ type: 'leave' }).catch(() => {}), delay(1_000)]);
    this.#dismantle();
  }

  setView(view: RoomView): void {
    this.#room.setView(toView(view));
  }

  takeStage(onStage: boolean): Promise<void> {
    return this.#parts.host.takeStage(onStage);
  }

  shareScreen(): Promise<void> {
    return this.#parts.screen.start();
  }

  stopSharing(): void {
    this.#parts.screen.stop();
  }

  agreeToDirectPath(agreed: boolean): void {
    this.#parts.direct.agree(agreed);
  }

  get files(): Observable<readonly SharedFile[]> {
    return this.#parts.files.files;
  }

  sendFile(file: File): void {
    this.#parts.files.send(file);
  }

  cancelFile(id: string): void {
    this.#parts.files.cancel(id);
  }

  downloadFile(id: string): Promise<Blob | null> {
    return this.#parts.files.download(id);
  }

  withdrawFile(id: string): void {
    this.#parts.files.withdraw(id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
    this.#dismantle();
  }

  get #isWaiting(): boolean {
    return this.#phase.name === 'waiting';
  }

  get #isOver(): boolean {
    return this.#phase.name === 'left' || this.#closing.signal.aborted;
  }

  /** Another stay beside this one, by the same devices and the same passcode. */
  #makeStay(way: BreakoutWay): ConclaveMeeting {
    const devices = borrowDevices(this.#options.devices);
    const { identity } = this.#parts.entrance;
    const stay = new ConclaveMeeting(
      this.#url,
      { ...this.#options, identity, devices, invitation: null },
      way,
    );
    // What hosts say to all rooms is said in the meeting's own group.
    const { broadcast } = this.conversation;
    const stop = broadcast.subscribe(() => {
      const said = broadcast.get();
      if (said !== null) stay.conversation.hearBroadcast(said);
    });
    stay.#parts.stopWith(stop);
    return stay;
  }

  async #enter(): Promise<void> {
    const { entrance } = this.#parts;
    await entrance.ready();
    const signal = await Signal.open(this.#url);
    this.#entering = signal;
    try {
      const stops = [signal.notices.add((notice) => this.#room.receive(notice))];
      if (this.#isOver) throw new Error('Left while joining.');
      const entered = await entrance.enter(signal, (hostPresent, waitsFor) =>
        this.#waits(hostPresent, waitsFor),
      );
      if (this.#isOver) throw new Error('Left while joining.');
      signal.closed.add((reason) => {
        for (const stop of stops) stop();
        this.#socketLost(signal, reason);
      });
      await this.#goIn(signal, entered);
      if (!signal.isOpen) throw new SignalClosed(1006); // Went away while the transport was made.
    } catch (error) {
      signal[Symbol.dispose]();
      if (this.#phase.name === 'waiting') {
        // Until now one was heard at the door, for however long that was.
        if (!this.#phase.interrupted) this.#reconnection.reached();
        this.#setPhase({ ...this.#phase, interrupted: true });
      }
      throw error;
    } finally {
      this.#entering = null;
    }
    this.#setPhase({ name: 'joined' });
  }

  #waits(hostPresent: boolean, waitsFor: WaitsFor): void {
    this.#reconnection.reached();
    if (!this.#isOver) this.#setPhase({ name: 'waiting', hostPresent, waitsFor, interrupted: false });
  }

  async #goIn(signal: Signal, entered: Entered): Promise<void> {
    // Let in: from here on it is as if one had not waited.
    if (this.#isWaiting) this.#setPhase({ name: 'joining' });
    await this.#room.goIn(signal, entered);
  }

  #socketLost(signal: Signal, reason: SignalClosed): void {
    if (!this.#room.lose(signal)) return;
    if (this.#isOver || reason.code === CLOSE.ended) return;
    if (this.#phase.name !== 'joined') return; // Whoever is entering hears of it by its own call.
    this.#setPhase({ name: 'reconnecting' });
    void this.#reconnection.run();
  }

  #ended(reason: LeaveReason, by: string | null): void {
    if (this.#isOver) return;
    this.#parts.media.stopAll();
    if (reason !== 'replaced') this.#giveUpPlace();
    this.#setPhase({ name: 'left', reason, by });
    this.#dismantle();
  }

  /** Nobody comes back to this stay. */
  #giveUpPlace(): void {
    this.#parts.entrance.forget();
    this.#parts.encryption.endStay();
  }

  /** Whoever has not joined yet is told when they do. */
  #encryptionBroke(error: EncryptionFailed): void {
    if (this.#phase.name !== 'idle' && this.#phase.name !== 'failed') this.#fail(error);
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.#parts.media.stopAll();
    this.#setPhase(failureOf(error));
    this.#dismantle();
  }

  #dismantle(): void {
    this.#closing.abort();
    this.#parts.unwatch();
    this.#room.signal?.[Symbol.dispose]();
    this.#entering?.[Symbol.dispose]();
    this.#parts[Symbol.dispose]();
    this.#show();
  }

  #setPhase(phase: MeetingPhase): void {
    this.#phase = phase;
    this.#show();
  }

  #show(): void {
    this.#parts.direct.gateSound();
    this.state.set(keepUnchanged(this.state.get(), this.#snapshot()));
  }

  #snapshot(): MeetingState {
    const { roster, encryption, link, direct, devices, screen, quality, lobby } = this.#parts;
    const { capture, problem } = screen.state.get();
    return meetingState({
      phase: this.#phase,
      roster,
      encryption,
      transport: link.transport,
      direct,
      camera: devices.state.get().camera.track,
      screen: { track: capture?.video ?? null, problem },
      connection: quality.state.get(),
      turnedOff: this.#room.turnedOff,
      lobby: lobby.knocks,
    });
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
