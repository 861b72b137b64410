import { PeerConnection, type Track } from 'node-datachannel';
import { type FaultListener, guarded } from './guard.ts';
import {
  type LocalParameters,
  minimalOffer,
  type RemoteParameters,
  readLocalDescription,
} from './parameters.ts';

export type TransportState = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

export interface MediaTransportOptions {
  /** Shown in faults only. */
  readonly name: string;
  /** The one UDP port of this process, shared by all its transports. */
  readonly udpPort: number;
  readonly bindAddress?: string;
  readonly remote: RemoteParameters;
  /** A decrypted RTP or RTCP packet. The buffer is the receiver's to keep. */
  readonly onPacket: (packet: Buffer) => void;
  readonly onState: (state: TransportState) => void;
  readonly onFault: FaultListener;
}

/** Longest time for gathering host candidates, ms. It takes a few. */
const GATHERING_TIMEOUT = 5_000;
/** The largest packet that we ever send: IPv6 and UDP headers and the SRTP tag fit into 1,500 bytes with it. */
export const MAX_PACKET = 1_420;

/**
 * ICE + DTLS-SRTP to one browser, and nothing above it: RTP and RTCP with any SSRC go in and out.
 * The server needs none of the browser's candidates: it learns the address from the connectivity checks.
 *
 * new → connecting → connected ⇄ disconnected → failed; `close()` from anywhere → closed, reported once.
 */
export class MediaTransport implements Disposable {
  readonly local: LocalParameters;
  readonly #connection: PeerConnection;
  readonly #options: MediaTransportOptions;
  #track: Track | null;
  #state: TransportState = 'new';

  private constructor(
    connection: PeerConnection,
    track: Track,
    local: LocalParameters,
    options: MediaTransportOptions,
  ) {
    this.#connection = connection;
    this.#track = track;
    this.#options = options;
    this.local = local;
  }

  /** Resolves when the local parameters for the answer are known. Rejects when the port or the parameters are refused. */
  static async open(options: MediaTransportOptions): Promise<MediaTransport> {
    const connection = new PeerConnection(options.name, {
      iceServers: [],
      disableAutoNegotiation: true,
      enableIceUdpMux: true,
      portRangeBegin: options.udpPort,
      portRangeEnd: options.udpPort,
      mtu: 1_500,
      ...(options.bindAddress === undefined ? {} : { bindAddress: options.bindAddress }),
    });
    try {
      // Kept until the transport exists: state changes can come while we still wait for the candidates.
      let opened: MediaTransport | null = null;
      let state: TransportState = 'new';
      connection.onStateChange(
        guarded(
          'onStateChange',
          (next: string) => {
            state = next as TransportState;
            if (opened) opened.#report(state);
          },
          options.onFault,
        ),
      );
      const track = await negotiate(connection, options);
      const description = connection.localDescription();
      if (!description) throw new Error('no local description');
      opened = new MediaTransport(connection, track, readLocalDescription(description.sdp), options);
      opened.#listen(track);
      if (state !== 'new') opened.#report(state);
      return opened;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  get state(): TransportState {
    return this.#state;
  }

  /** Round-trip time of the ICE checks is not exposed; bytes are, for statistics. */
  get bytesSent(): number {
    return this.#track ? this.#connection.bytesSent() : 0;
  }

  /**
   * Sends one RTP or RTCP packet, which is copied before the call returns.
   * False when it went nowhere: the transport is not connected (any more), or the packet is too large.
   */
  send(packet: Buffer): boolean {
    if (this.#state !== 'connected' || this.#track === null || packet.length > MAX_PACKET) return false;
    try {
      return this.#track.sendMessageBinary(packet);
    } catch {
      // The track can close before we are told of it, and sending on a closed track throws.
      return false;
    }
  }

  close(): void {
    if (this.#track === null) return;
    const track = this.#track;
    this.#track = null;
    for (const end of [() => track.close(), () => this.#connection.close()]) {
      try {
        end();
      } catch (error) {
        this.#options.onFault('close', error);
      }
    }
    this.#report('closed');
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #listen(track: Track): void {
    const { onPacket, onFault } = this.#options;
    const deliver = (packet: Buffer): void => {
      if (this.#track !== null) onPacket(packet);
    };
    track.onMessage(guarded('onMessage', deliver, onFault));
    track.onError(guarded('onError', (text: string) => onFault('track', new Error(text)), onFault));
  }

  #report(state: TransportState): void {
    if (this.#state === state || this.#state === 'closed') return;
    this.#state = state;
    this.#options.onState(state);
  }
}

/** Offer in, answer out, candidates gathered; resolves with the one track. */
function negotiate(connection: PeerConnection, options: MediaTransportOptions): Promise<Track> {
  return new Promise((resolve, reject) => {
    let track: Track | null = null;
    let gathered = false;
    const timeout = setTimeout(() => reject(new Error('gathering took too long')), GATHERING_TIMEOUT);
    const settle = (): void => {
      if (!track || !gathered) return;
      clearTimeout(timeout);
      resolve(track);
    };
    connection.onTrack(
      guarded(
        'onTrack',
        (found: Track) => {
          track = found;
          settle();
        },
        options.onFault,
      ),
    );
    connection.onGatheringStateChange(
      guarded(
        'onGatheringStateChange',
        (state: string) => {
          gathered = state === 'complete';
          settle();
        },
        options.onFault,
      ),
    );
    try {
      connection.setRemoteDescription(minimalOffer(options.remote), 'offer');
      connection.setLocalDescription('answer');
    } catch (error) {
      clearTimeout(timeout);
      reject(error);
    }
  });
}
