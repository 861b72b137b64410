import type { DirectRole, DirectSignal, MediaSource, SourceSet } from '@conclave/protocol';
import type { ConnectionCipher } from '../encryption/Encryption.ts';
import type { Observable } from '../observable.ts';
import { DirectConnection } from './DirectConnection.ts';
import { readCounts } from './flow.ts';
import { type Outcome, PathSwitch, type Return } from './PathSwitch.ts';

export type Receivers = Readonly<Partial<Record<MediaSource, RTCRtpReceiver | null>>>;
/** Nobody measures levels at the server when nothing passes through it. */
export type Speaker = 'self' | 'peer';

export interface DirectCallPorts {
  readonly role: DirectRole;
  readonly peerId: string;
  readonly cipher: ConnectionCipher;
  readonly iceServers: readonly RTCIceServer[];
  tell(signal: DirectSignal): void;
  report(report: 'flowing' | 'failed'): void;
  /** What the other person has on, as the server says. */
  on(): SourceSet;
  /** Where what they send arrives through the server now. */
  throughServer(): Receivers;
  /** Loudness of one's own microphone, 0 to 1, as the level meter has it: measured while it is subscribed to. */
  readonly ownLevel: Observable<number>;
  changed(): void;
}

const everyMs = { connecting: 200, shown: 250, returning: 50 };
/** What counts as speaking: linear as `getSynchronizationSources` has it, and in decibels as the level meter does. */
const voice = { received: 0.02, own: 0.45 };

/** One direct path from offer to end: the connection, and the watch on what comes over it. */
export class DirectCall implements Disposable {
  readonly #ports: DirectCallPorts;
  readonly #direct: DirectConnection;
  readonly #switch = new PathSwitch();
  readonly #stopMeasuring: () => void;
  #met = false;
  #speakers: readonly Speaker[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

  constructor(ports: DirectCallPorts) {
    this.#ports = ports;
    this.#direct = new DirectConnection(ports.role, ports.peerId, ports.cipher, ports.iceServers);
    this.#direct.signals.add((signal) => ports.tell(signal));
    this.#direct.failed.add(() => this.#act(this.#switch.fail()));
    this.#stopMeasuring = ports.ownLevel.subscribe(() => {});
    this.#schedule();
  }

  /** Whether what the other person sends is to be seen and heard from here. */
  get shown(): boolean {
    return this.#switch.shown && !this.#disposed;
  }

  /** Whether it is of no use any more, for either of the two. */
  get failed(): boolean {
    return this.#switch.failed;
  }

  get over(): boolean {
    return this.#disposed;
  }

  get speakers(): readonly Speaker[] {
    return this.#speakers;
  }

  get connection(): RTCPeerConnection {
    return this.#direct.connection;
  }

  receive(signal: DirectSignal): void {
    this.#direct.receive(signal);
  }

  send(source: MediaSource, track: MediaStreamTrack | null): Promise<void> {
    return this.#direct.send(source, track);
  }

  trackOf(source: MediaSource): MediaStreamTrack | null {
    return this.#direct.receiver(source)?.track ?? null;
  }

  /** The path has ended: the server's pictures are waited for, and this one is kept until then. */
  return(why: Return): void {
    this.#switch.return(performance.now(), why);
    this.#schedule();
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#stopMeasuring();
    this.#direct[Symbol.dispose]();
    this.#ports.changed();
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    if (this.#disposed) return;
    this.#timer = setTimeout(() => void this.#look(), everyMs[this.#switch.phase]);
  }

  async #look(): Promise<void> {
    const { phase } = this.#switch;
    const counts = await readCounts(phase === 'returning' ? this.#ports.throughServer() : this.#receivers());
    // What was read of one path says nothing of the other.
    if (phase === this.#switch.phase && !this.#disposed) {
      const { shown } = this.#switch;
      const connected = this.connection.connectionState === 'connected';
      this.#act(this.#switch.look({ now: performance.now(), connected, on: this.#ports.on(), counts }));
      // Sound elements are made with the connection, so that they play already when they are to be heard.
      if (shown !== this.#switch.shown || connected !== this.#met) this.#ports.changed();
      this.#met = connected;
      if (this.shown) this.#listen();
    }
    this.#schedule();
  }

  #act(outcome: Outcome | null): void {
    if (outcome === 'over') this[Symbol.dispose]();
    else if (outcome !== null) this.#ports.report(outcome);
    if (outcome === 'failed') this.#ports.changed();
  }

  #listen(): void {
    const level = this.#direct.receiver('microphone')?.getSynchronizationSources()[0]?.audioLevel ?? 0;
    const speakers: Speaker[] = [];
    if (level > voice.received) speakers.push('peer');
    if (this.#ports.ownLevel.get() > voice.own) speakers.push('self');
    if (speakers.join() === this.#speakers.join()) return;
    this.#speakers = speakers;
    this.#ports.changed();
  }

  #receivers(): Receivers {
    return {
      microphone: this.#direct.receiver('microphone'),
      camera: this.#direct.receiver('camera'),
      screen: this.#direct.receiver('screen'),
    };
  }
}
