import ndc, { type PeerConnection, type Track } from 'node-datachannel';
import type { LineUse, OfferLine } from '../control/media.ts';
import { TransportFeedbackRecorder } from '../receive/TransportFeedbackRecorder.ts';
import { ExtensionTable } from '../rtp/HeaderExtensions.ts';
import { isRtcp, parseRtp } from '../rtp/parseRtp.ts';
import { readLocalDescription } from './readLocalDescription.ts';
import { EXTENSIONS, writeOffer } from './writeOffer.ts';

/** What our answer says about a receive line. */
export interface ReceiveLine {
  readonly mid: string;
  readonly use: LineUse;
  readonly ssrc: number;
  readonly rtxSsrc: number | null;
}

/** As browsers report, ms. */
const FEEDBACK_INTERVAL = 50;
const NUMBERS = new ExtensionTable({ transportSequence: EXTENSIONS.transportSequence });

/**
 * The other end of a media transport, for tests and benchmarks: it offers the lines of a browser, but every packet is
 * the caller's own, except for the transport-wide feedback on what it gets. A real ICE agent and real DTLS-SRTP.
 */
export class MediaPeer implements Disposable {
  readonly offer: string;
  readonly lines: readonly OfferLine[];
  readonly #connection: PeerConnection;
  readonly #track: Track;
  readonly #open: Promise<void>;
  readonly #listeners = new Set<(packet: Buffer) => void>();
  readonly #feedback = new TransportFeedbackRecorder(1);
  readonly #feedbackTimer: NodeJS.Timeout;
  /** By mid, once the answer is there. */
  receiveLines: readonly ReceiveLine[] = [];
  /** What `accept` was given; empty before. */
  answer = '';

  private constructor(
    connection: PeerConnection,
    track: Track,
    uses: readonly LineUse[],
    local: string,
    feedback: boolean,
  ) {
    this.#connection = connection;
    this.#track = track;
    this.#open = new Promise((resolve) => track.onOpen(() => resolve()));
    this.lines = uses.map((use, index) => ({ mid: String(index), use }));
    this.offer = writeOffer(this.lines, readLocalDescription(local), feedback);
    track.onMessage((packet) => {
      this.#record(packet);
      for (const listener of this.#listeners) listener(packet);
    });
    this.#feedbackTimer = setInterval(() => this.#report(), FEEDBACK_INTERVAL);
    this.#feedbackTimer.unref();
  }

  /** @param feedback false: a receiver that knows no transport-wide feedback */
  static async open(uses: readonly LineUse[], feedback = true): Promise<MediaPeer> {
    const connection = new ndc.PeerConnection('test', {
      iceServers: [],
      disableAutoNegotiation: true,
      mtu: 1_500,
    });
    const track = connection.addTrack(new ndc.Video('0', 'SendRecv'));
    const gathered = new Promise<void>((resolve) =>
      connection.onGatheringStateChange((state) => {
        if (state === 'complete') resolve();
      }),
    );
    connection.setLocalDescription('offer');
    await gathered;
    return new MediaPeer(connection, track, uses, connection.localDescription()?.sdp ?? '', feedback);
  }

  /** Resolves when media can flow. */
  async accept(answer: string): Promise<void> {
    const remote = readLocalDescription(answer);
    this.answer = answer;
    this.receiveLines = readReceiveLines(answer, this.lines);
    const candidates = answer.split('\r\n').filter((line) => line.startsWith('a=candidate:'));
    this.#connection.setRemoteDescription(
      [
        'v=0',
        'o=- 1 1 IN IP4 127.0.0.1',
        's=-',
        't=0 0',
        'a=group:BUNDLE 0',
        'm=video 9 UDP/TLS/RTP/SAVPF 96',
        'c=IN IP4 0.0.0.0',
        'a=mid:0',
        'a=sendrecv',
        'a=rtcp-mux',
        'a=rtpmap:96 VP8/90000',
        `a=ice-ufrag:${remote.iceUfrag}`,
        `a=ice-pwd:${remote.icePwd}`,
        `a=fingerprint:sha-256 ${remote.fingerprint}`,
        `a=setup:${remote.setup}`,
        ...candidates,
        '',
      ].join('\r\n'),
      'answer',
    );
    await this.#open;
  }

  onPacket(listener: (packet: Buffer) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get open(): boolean {
    return this.#track.isOpen();
  }

  send(packet: Uint8Array): void {
    this.#track.sendMessageBinary(Buffer.from(packet));
  }

  slot(use: LineUse, index = 0): ReceiveLine {
    const line = this.receiveLines.filter((each) => each.use === use)[index];
    if (line === undefined) throw new Error(`no ${use} ${index}`);
    return line;
  }

  close(): void {
    clearInterval(this.#feedbackTimer);
    this.#connection.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #record(packet: Buffer): void {
    const time = performance.now();
    const { transportSequence = -1 } = (isRtcp(packet) ? null : parseRtp(packet, NUMBERS, time)) ?? {};
    if (transportSequence >= 0) this.#feedback.record(transportSequence, time);
  }

  #report(): void {
    if (!this.open) return;
    for (const feedback of this.#feedback.take(1)) this.send(feedback);
  }
}

export { EXTENSIONS };

function readReceiveLines(answer: string, lines: readonly OfferLine[]): ReceiveLine[] {
  const sections = answer.split(/^(?=m=)/m).slice(1);
  return lines.flatMap(({ mid, use }) => {
    const section = sections.find((each) => each.includes(`a=mid:${mid}\r\n`)) ?? '';
    const ssrcs = [...section.matchAll(/^a=ssrc:(\d+) cname/gm)].map((match) => Number(match[1]));
    const [ssrc, rtxSsrc = null] = ssrcs;
    return ssrc === undefined ? [] : [{ mid, use, ssrc, rtxSsrc }];
  });
}
