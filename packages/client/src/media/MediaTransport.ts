import type { MediaSource, OfferLine, Relay, VideoCodec, Wanted } from '@conclave/protocol';
import type { ConnectionCipher } from '../encryption/Encryption.ts';
import { Listeners } from '../listeners.ts';
import { addTransceivers, describeLines, lineUses, protectLines } from './lines.ts';
import { offerSoundNack } from './offerSoundNack.ts';
import { SenderLayers } from './SenderLayers.ts';
import { receivedBytes, Silence, type Verdict } from './Silence.ts';
import { canChangeCodecs, sendableCodecs } from './sendableCodecs.ts';

/**
 * How long a transport may be `disconnected` (RFC 7675 consent missing) before another is made; and how long at most where
 * something still comes: until consent has expired. Where nothing of ours reaches the server, it stops sending sooner.
 */
const patienceMs = 2_500;
const lookAgainMs = 250;
const longestPatienceMs = 30_000;

/**
 * How long a transport may take to connect before it is called slow. Over UDP and TCP it takes a few round trips,
 * so this is long for the other side of the world, and yet two attempts fit into a short wait.
 */
const slowMs = 1_500;

/** What the server is told of a transport. */
export interface MediaOffer {
  readonly sdp: string;
  readonly lines: OfferLine[];
  /** The codecs of pictures that this browser sends well. */
  readonly sends: VideoCodec[];
}

/**
 * One RTCPeerConnection to the SFU: one offer, one answer, fixed lines. When it breaks, it is thrown away and
 * another is made; nothing is restarted in place.
 */
export class MediaTransport implements Disposable {
  /** The transport is broken for good. */
  readonly lost = new Listeners<void>();
  /** Nothing comes any more: it may be a moment, and it may be another network. */
  readonly silent = new Listeners<void>();
  /** It has not connected in the time that it usually takes: something on the way may let nothing through. */
  readonly slow = new Listeners<void>();
  readonly connection: RTCPeerConnection;
  readonly #lines: ReturnType<typeof addTransceivers>;
  readonly #layers: SenderLayers;
  readonly #cipher: ConnectionCipher;
  /** By transceiver, of those that receive. */
  readonly #cipherLines: ReadonlyMap<RTCRtpTransceiver, number>;
  readonly #silence = new Silence();
  #offer: Promise<MediaOffer> | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  #looking: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

  constructor(videoSlots: number, cipher: ConnectionCipher, relays: readonly Relay[] = []) {
    this.#cipher = cipher;
    this.connection = new RTCPeerConnection({
      bundlePolicy: 'max-bundle',
      rtcpMuxPolicy: 'require',
      iceServers: [...relays],
    });
    this.#lines = addTransceivers(this.connection, lineUses(videoSlots));
    this.#cipherLines = protectLines(this.#lines, cipher);
    this.#layers = new SenderLayers(this.#sender('camera'), this.#sender('screen'), canChangeCodecs());
    this.connection.onconnectionstatechange = () => this.#watch();
  }

  /** The offer, made once. May be asked for before joining, so that it is ready when Join is pressed. */
  offer(): Promise<MediaOffer> {
    this.#offer ??= this.#makeOffer();
    return this.#offer;
  }

  /** @throws DOMException when the browser does not understand the answer. */
  async accept(answer: string): Promise<void> {
    this.#cipher.learn(answer);
    await this.connection.setRemoteDescription({ type: 'answer', sdp: answer });
    this.#layers.negotiated();
    if (!this.#disposed && !this.usable) this.#slowTimer = setTimeout(() => this.slow.emit(), slowMs);
  }

  /** Puts a track on the line of a source; null stops sending there and then. */
  async send(source: MediaSource, track: MediaStreamTrack | null): Promise<void> {
    if (this.#disposed) return;
    const sender = this.#sender(source);
    if (sender.track !== track) await sender.replaceTrack(track);
  }

  /** Learns from the connection's statistics, about once a second, whether anything still comes. In doubt it looks more often. */
  observe(report: RTCStatsReport): void {
    const verdict = this.#judge(report);
    if (verdict !== 'alive') this.silent.emit();
    this.#conclude(verdict);
  }

  /** The server has answered by another way: it is not the network that is silent. */
  serverAnswered(): void {
    this.#silence.answered(performance.now());
  }

  /** Pauses the layers that nobody watches. */
  setWanted(wanted: Wanted): void {
    this.#layers.set(wanted);
  }

  /** The track that arrives in a slot. It is the same for as long as this transport lives. */
  trackOf(mid: string): MediaStreamTrack | null {
    return this.receiverOf(mid)?.track ?? null;
  }

  receiverOf(mid: string): RTCRtpReceiver | null {
    return this.#lines.find(({ transceiver }) => transceiver.mid === mid)?.transceiver.receiver ?? null;
  }

  /** The line of the encryption that a slot's media goes through. */
  cipherLineOf(mid: string): number | null {
    const line = this.#lines.find(({ transceiver }) => transceiver.mid === mid);
    return line === undefined ? null : (this.#cipherLines.get(line.transceiver) ?? null);
  }

  audioTracks(): MediaStreamTrack[] {
    return this.#lines
      .filter(({ use }) => use === 'audio-slot' || use === 'screen-audio-slot')
      .map(({ transceiver }) => transceiver.receiver.track);
  }

  get usable(): boolean {
    return !this.#disposed && this.connection.connectionState === 'connected';
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    clearTimeout(this.#patience);
    this.#patience = undefined;
    clearTimeout(this.#slowTimer);
    clearTimeout(this.#looking);
    this.connection.onconnectionstatechange = null;
    this.lost.clear();
    this.silent.clear();
    this.slow.clear();
    this.connection.close();
    this.#cipher[Symbol.dispose]();
  }

  #judge(report: RTCStatsReport): Verdict {
    const bytes = this.#isOpen ? receivedBytes(report) : null;
    return bytes === null ? 'alive' : this.#silence.observe(bytes, performance.now());
  }

  #conclude(verdict: Verdict): void {
    if (verdict === 'dead') this.lost.emit();
    if (verdict !== 'doubtful' || this.#looking !== undefined) return;
    this.#looking = setTimeout(async () => {
      const report = await this.connection.getStats().catch(() => null);
      this.#looking = undefined;
      if (report !== null && !this.#disposed) this.#conclude(this.#judge(report));
    }, lookAgainMs);
  }

  async #makeOffer(): Promise<MediaOffer> {
    const sends = await sendableCodecs();
    const offered = await this.connection.createOffer();
    await this.connection.setLocalDescription({ ...offered, sdp: offerSoundNack(offered.sdp ?? '') });
    const sdp = this.connection.localDescription?.sdp ?? '';
    this.#cipher.learn(sdp);
    // The server learns our addresses from the connectivity checks, so nothing waits for gathering.
    return { sdp, lines: describeLines(this.#lines), sends };
  }

  #sender(source: MediaSource): RTCRtpSender {
    const line = this.#lines.find(({ use }) => use === source);
    if (line === undefined) throw new Error(`There is no line for ${source}.`);
    return line.transceiver.sender;
  }

  #watch(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
    const state = this.connection.connectionState;
    if (state === 'connected' || state === 'failed') clearTimeout(this.#slowTimer);
    if (state === 'failed') this.lost.emit();
    if (state !== 'disconnected') return;
    this.#wait();
    this.silent.emit();
  }

  /**
   * One check that gets lost makes Firefox call it disconnected until the next one, five seconds later; on a path that
   * loses a fifth both ways that is every third.
   */
  #wait(waited = 0): void {
    const timer = setTimeout(async () => {
      const isHeard = await this.#isHeard();
      if (timer !== this.#patience) return; // It is another state by now, or over.
      if (isHeard && waited < longestPatienceMs) this.#wait(waited + patienceMs);
      else this.lost.emit();
    }, patienceMs);
    this.#patience = timer;
  }

  /** Whether anything has come since it was looked last: nobody else looks while there is no connection. */
  async #isHeard(): Promise<boolean> {
    const report = await this.connection.getStats().catch(() => null);
    const bytes = report === null ? null : receivedBytes(report);
    if (bytes !== null) this.#silence.observe(bytes, performance.now());
    return this.#silence.heardWithin(patienceMs, performance.now());
  }

  get #isOpen(): boolean {
    const { connectionState } = this.connection;
    return !this.#disposed && (connectionState === 'connected' || connectionState === 'disconnected');
  }
}
