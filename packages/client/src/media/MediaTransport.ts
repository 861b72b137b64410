import type { MediaSource, OfferLine, Wanted } from '@conclave/protocol';
import { Listeners } from '../listeners.ts';
import { addTransceivers, describeLines, lineUses } from './lines.ts';
import { SenderLayers } from './SenderLayers.ts';

/** How long a transport may be `disconnected` (RFC 7675 consent missing) before another is made. */
const patienceMs = 2_500;

/**
 * One RTCPeerConnection to the SFU: one offer, one answer, fixed lines. When it breaks, it is thrown away and
 * another is made; nothing is restarted in place.
 */
export class MediaTransport implements Disposable {
  /** The transport is broken for good. */
  readonly lost = new Listeners<void>();
  readonly connection: RTCPeerConnection;
  readonly #lines: ReturnType<typeof addTransceivers>;
  readonly #layers: SenderLayers;
  #offer: Promise<{ sdp: string; lines: OfferLine[] }> | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

  constructor(videoSlots: number) {
    this.connection = new RTCPeerConnection({ bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require' });
    this.#lines = addTransceivers(this.connection, lineUses(videoSlots));
    this.#layers = new SenderLayers(this.#sender('camera'), this.#sender('screen'));
    this.connection.onconnectionstatechange = () => this.#watch();
  }

  /** The offer, made once. May be asked for before joining, so that it is ready when Join is pressed. */
  offer(): Promise<{ sdp: string; lines: OfferLine[] }> {
    this.#offer ??= this.#makeOffer();
    return this.#offer;
  }

  /** @throws DOMException when the browser does not understand the answer. */
  async accept(answer: string): Promise<void> {
    await this.connection.setRemoteDescription({ type: 'answer', sdp: answer });
    this.#layers.negotiated();
  }

  /** Puts a track on the line of a source; null stops sending there and then. */
  async send(source: MediaSource, track: MediaStreamTrack | null): Promise<void> {
    if (this.#disposed) return;
    const sender = this.#sender(source);
    if (sender.track !== track) await sender.replaceTrack(track);
  }

  /** Pauses the layers that nobody watches. */
  setWanted(wanted: Wanted): void {
    this.#layers.set(wanted);
  }

  /** The track that arrives in a slot. It is the same for as long as this transport lives. */
  trackOf(mid: string): MediaStreamTrack | null {
    return this.#lines.find(({ transceiver }) => transceiver.mid === mid)?.transceiver.receiver.track ?? null;
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
    this.connection.onconnectionstatechange = null;
    this.lost.clear();
    this.connection.close();
  }

  async #makeOffer(): Promise<{ sdp: string; lines: OfferLine[] }> {
    await this.connection.setLocalDescription(await this.connection.createOffer());
    // The server learns our addresses from the connectivity checks, so nothing waits for gathering.
    const sdp = this.connection.localDescription?.sdp ?? '';
    return { sdp, lines: describeLines(this.#lines) };
  }

  #sender(source: MediaSource): RTCRtpSender {
    const line = this.#lines.find(({ use }) => use === source);
    if (line === undefined) throw new Error(`There is no line for ${source}.`);
    return line.transceiver.sender;
  }

  #watch(): void {
    clearTimeout(this.#patience);
    const state = this.connection.connectionState;
    if (state === 'failed') this.lost.emit();
    if (state === 'disconnected') this.#patience = setTimeout(() => this.lost.emit(), patienceMs);
  }
}
