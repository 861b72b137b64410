import { type DirectRole, type DirectSignal, LIMITS, type MediaSource } from '@conclave/protocol';
import type { ConnectionCipher } from '../encryption/Encryption.ts';
import { Listeners } from '../listeners.ts';
import { isDirectCandidate, stunServers, withoutCandidates } from './candidates.ts';
import { answerLines, type DirectLines, limitBitrates, offerLines, protectLines } from './directLines.ts';
import { withoutStrayCodecs } from './strayCodecs.ts';

/** How long the connection may be `disconnected` (RFC 7675 consent missing) before it counts as broken. */
const patienceMs = 1_500;

/**
 * One RTCPeerConnection to the other person's browser: one offer, one answer, four lines. When it breaks it is thrown
 * away; the server may offer another one later.
 */
export class DirectConnection implements Disposable {
  /** What the other side has to be told. */
  readonly signals = new Listeners<DirectSignal>();
  readonly failed = new Listeners<void>();
  readonly connection: RTCPeerConnection;
  readonly #role: DirectRole;
  readonly #peerId: string;
  readonly #cipher: ConnectionCipher;
  readonly #tracks = new Map<MediaSource, MediaStreamTrack | null>();
  readonly #early: string[] = [];
  #lines: DirectLines | null = null;
  #last: Promise<void> = Promise.resolve();
  #candidates = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;

  /** @param peerId whose media alone may come here */
  constructor(
    role: DirectRole,
    peerId: string,
    cipher: ConnectionCipher,
    iceServers: readonly RTCIceServer[],
  ) {
    this.#role = role;
    this.#peerId = peerId;
    this.#cipher = cipher;
    this.connection = new RTCPeerConnection({
      bundlePolicy: 'max-bundle',
      rtcpMuxPolicy: 'require',
      iceServers: stunServers(iceServers),
    });
    this.connection.onicecandidate = ({ candidate }) => this.#found(candidate);
    this.connection.onconnectionstatechange = () => this.#watch();
    if (role === 'offerer') this.#do(() => this.#offer());
  }

  receive(signal: DirectSignal): void {
    this.#do(async () => {
      if (signal.kind === 'description') await this.#describe(signal);
      else await this.#add(signal.candidate);
    });
  }

  /** Puts a track on the line of a source; null stops sending there and then. */
  async send(source: MediaSource, track: MediaStreamTrack | null): Promise<void> {
    this.#tracks.set(source, track);
    const sender = this.#lines?.[source].sender;
    if (!this.#disposed && sender !== undefined && sender.track !== track) await sender.replaceTrack(track);
  }

  /** What the other person sends; null until both lines are agreed on. */
  receiver(source: MediaSource): RTCRtpReceiver | null {
    return this.#lines?.[source].receiver ?? null;
  }

  [Symbol.dispose](): void {
    if (this.#disposed) return;
    this.#disposed = true;
    clearTimeout(this.#patience);
    this.connection.onicecandidate = null;
    this.connection.onconnectionstatechange = null;
    this.signals.clear();
    this.failed.clear();
    this.connection.close();
    this.#cipher[Symbol.dispose]();
  }

  /** One step after the other; a step that fails ends the path. */
  #do(step: () => Promise<void>): void {
    this.#last = this.#last.then(async () => {
      if (this.#disposed) return;
      await step().catch(() => this.failed.emit());
    });
  }

  async #offer(): Promise<void> {
    await this.#useLines(offerLines(this.connection));
    await this.connection.setLocalDescription(await this.connection.createOffer());
    this.#tellDescription('offer');
  }

  async #describe({ type, sdp }: Extract<DirectSignal, { kind: 'description' }>): Promise<void> {
    this.#cipher.learn(sdp);
    await this.connection.setRemoteDescription({ type, sdp: withoutCandidates(sdp) });
    if (this.#role === 'answerer') {
      await this.#useLines(answerLines(this.connection));
      await this.connection.setLocalDescription(await this.connection.createAnswer());
      this.#tellDescription('answer');
    }
    for (const candidate of this.#early.splice(0)) await this.#add(candidate);
    if (this.#lines !== null) await limitBitrates(this.#lines);
  }

  async #useLines(lines: DirectLines): Promise<void> {
    protectLines(lines, this.#cipher, this.#peerId);
    this.#lines = lines;
    for (const [source, track] of this.#tracks) await lines[source].sender.replaceTrack(track);
  }

  #tellDescription(type: 'offer' | 'answer'): void {
    const sdp = withoutStrayCodecs(withoutCandidates(this.connection.localDescription?.sdp ?? ''));
    this.#cipher.learn(sdp);
    this.signals.emit({ kind: 'description', type, sdp });
  }

  async #add(candidate: string): Promise<void> {
    if (this.connection.remoteDescription === null) this.#early.push(candidate);
    // Everything is on one transport, that of the first line. A candidate that is no use is no reason to give up.
    else if (isDirectCandidate(candidate))
      await this.connection.addIceCandidate({ candidate, sdpMLineIndex: 0 }).catch(() => {});
  }

  #found(found: RTCIceCandidate | null): void {
    if (found === null || found.sdpMLineIndex !== 0 || !isDirectCandidate(found.candidate)) return;
    this.#candidates++;
    if (this.#candidates <= LIMITS.directCandidates)
      this.signals.emit({ kind: 'candidate', candidate: found.candidate });
  }

  #watch(): void {
    clearTimeout(this.#patience);
    const state = this.connection.connectionState;
    if (state === 'failed' || state === 'closed') this.failed.emit();
    if (state === 'disconnected') this.#patience = setTimeout(() => this.failed.emit(), patienceMs);
  }
}
