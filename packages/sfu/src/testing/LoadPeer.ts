import ndc, { type PeerConnection, type Track } from 'node-datachannel';
import type { LineUse, OfferLine } from '../control/media.ts';
import { readLocalDescription } from './readLocalDescription.ts';
import { writeOffer } from './writeOffer.ts';

/** A transport that is not open after this long will not be, ms. */
const OPENING = 20_000;

/**
 * The other end of a media transport where there are hundreds in one process: it hears packets only when asked to.
 * Without a listener they are decrypted, counted and reported (RTCP receiver reports) by native code, which costs a
 * third; such a peer offers no transport-wide feedback.
 */
export class LoadPeer implements Disposable {
  readonly offer: string;
  readonly lines: readonly OfferLine[];
  readonly #connection: PeerConnection;
  readonly #track: Track;
  readonly #opened: Promise<void>;

  private constructor(
    connection: PeerConnection,
    track: Track,
    options: { readonly uses: readonly LineUse[]; readonly listener: ((packet: Buffer) => void) | null },
  ) {
    this.#connection = connection;
    this.#track = track;
    this.#opened = new Promise((resolve, reject) => {
      track.onOpen(() => resolve());
      connection.onStateChange((state) => {
        if (state === 'failed' || state === 'closed') reject(new Error(`the transport is ${state}`));
      });
    });
    this.#opened.catch(() => {}); // Whoever waits for it hears of it.
    this.lines = options.uses.map((use, index) => ({ mid: String(index), use }));
    const local = readLocalDescription(connection.localDescription()?.sdp ?? '');
    this.offer = writeOffer(this.lines, local, options.listener !== null);
    if (options.listener === null) track.setMediaHandler(new ndc.RtcpReceivingSession());
    else track.onMessage(options.listener);
  }

  /** @param listener of every packet, RTCP too; null: nobody listens */
  static async open(
    uses: readonly LineUse[],
    listener: ((packet: Buffer) => void) | null,
  ): Promise<LoadPeer> {
    const connection = new ndc.PeerConnection('load', {
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
    return new LoadPeer(connection, track, { uses, listener });
  }

  /** Resolves when media can flow; rejects when it cannot. */
  async accept(answer: string): Promise<void> {
    const remote = readLocalDescription(answer);
    const candidates = answer.split('\r\n').filter((line) => line.startsWith('a=candidate:'));
    this.#connection.setRemoteDescription(
      [
        ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0'],
        ...['m=video 9 UDP/TLS/RTP/SAVPF 96', 'c=IN IP4 0.0.0.0', 'a=mid:0', 'a=sendrecv', 'a=rtcp-mux'],
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
    const late = setTimeout(() => this.#connection.close(), OPENING);
    try {
      await this.#opened;
    } finally {
      clearTimeout(late);
    }
  }

  send(packet: Uint8Array): void {
    if (this.#track.isOpen()) this.#track.sendMessageBinary(Buffer.from(packet));
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}
