import { randomBytes } from 'node:crypto';
import { deriveMeetingSecret, type MeetingSecret, toBase64Url } from '@conclave/e2ee';
import { PROTOCOL_VERSION, type ServerMessage } from '@conclave/protocol';
import type { LineUse } from '../../../packages/sfu/src/control/media.ts';
import { parseRtcp } from '../../../packages/sfu/src/rtcp/parseRtcp.ts';
import { ExtensionTable } from '../../../packages/sfu/src/rtp/HeaderExtensions.ts';
import { isRtcp, parseRtp } from '../../../packages/sfu/src/rtp/parseRtp.ts';
import { LoadPeer } from '../../../packages/sfu/src/testing/LoadPeer.ts';
import { EXTENSIONS, PAYLOAD_TYPES } from '../../../packages/sfu/src/testing/writeOffer.ts';
import { groupEntry } from '../../dev-env/groupEntry.ts';
import { Camera } from '../../load/Camera.ts';
import { LoadSignal } from '../../load/LoadSignal.ts';
import { MicrophoneStream } from '../../load/MicrophoneStream.ts';
import { Receptions } from '../../load/Receptions.ts';
import { Numbering, Sender } from '../../load/Sender.ts';

const uses: readonly LineUse[] = [
  ...(['microphone', 'camera', 'screen', 'screen-audio'] as const),
  ...Array.from({ length: 4 }, () => 'audio-slot' as const),
  ...Array.from({ length: 4 }, () => 'video-slot' as const),
];

/** What a meeting's link tells, and what its passcode is stretched to. */
export async function secretsOf(link: string) {
  const url = new URL(link);
  const meetingId = url.pathname.split('/').at(-1) ?? '';
  const passcode = url.hash.slice(1).replaceAll('-', '');
  const secret: MeetingSecret = await deriveMeetingSecret(meetingId, passcode);
  return { meetingId, passcode, secret };
}

/**
 * Somebody whom a server that means ill puts into a meeting: in its list of people, with a transport to the media server,
 * and in nobody's group. What it gets is exactly what the media server has once SRTP is off; what it sends is plain.
 */
export class Stranger implements Disposable {
  readonly id: string;
  /** RTP payloads, as the media server forwards them. */
  readonly payloads = { sound: [] as Buffer[], picture: [] as Buffer[] };
  /** All that signalling has told. */
  readonly told: ServerMessage[] = [];
  readonly #extensions = new ExtensionTable(EXTENSIONS);
  readonly #signal: LoadSignal;
  #peer: LoadPeer | null = null;
  #camera: Camera | null = null;
  readonly #receptions: Receptions | null;
  #sending: NodeJS.Timeout | undefined;

  private constructor(id: string, signal: LoadSignal, told: ServerMessage[], listens: boolean) {
    this.id = id;
    this.#signal = signal;
    this.told = told;
    const send = (packet: Uint8Array) => void this.#peer?.send(packet);
    this.#receptions = listens ? new Receptions(send, () => {}) : null;
  }

  /**
   * @param proof that the server would not ask itself for
   * @param listens reports on what comes as a browser does, or soon nothing would
   */
  static async join(
    origin: string,
    meetingId: string,
    proof: Uint8Array,
    name: string,
    listens = false,
  ): Promise<Stranger> {
    const told: ServerMessage[] = [];
    // The product's certificate is of its own making.
    const signal = await LoadSignal.open(origin, (message) => told.push(message), {
      rejectUnauthorized: false,
    });
    const { participantId, keyPackage, invitation } = groupEntry();
    const known = { meetingId, proof: toBase64Url(new Uint8Array(proof)), invitation };
    const who = { ...known, name, participantId, keyPackage };
    await signal.ask('joined', { type: 'join', version: PROTOCOL_VERSION, ...who });
    const stranger = new Stranger(participantId, signal, told, listens);
    await stranger.#connect();
    return stranger;
  }

  /** Plain sound that is said to be loud, and plain pictures in three layers, from now on. */
  send(): void {
    const numbering = new Numbering();
    const out = (packet: Uint8Array): void => this.#peer?.send(packet);
    const microphone = new MicrophoneStream(new Sender('0', numbering, out), 4_000_000);
    const camera = new Camera(new Sender('1', numbering, out), 4_000_010, 15);
    this.#camera = camera;
    let ticks = randomBytes(2).readUInt16BE();
    let turns = 0;
    this.#sending = setInterval(() => {
      microphone.frame(true);
      const wanted = this.told.findLast((message) => message.type === 'wanted');
      if (wanted?.type === 'wanted') camera.wanted = wanted.wanted;
      ticks += 1_800;
      if (turns++ % 3 === 0) camera.frame(ticks);
    }, 20);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#sending);
    this.#receptions?.[Symbol.dispose]();
    this.#peer?.[Symbol.dispose]();
    this.#signal[Symbol.dispose]();
  }

  async #connect(): Promise<void> {
    const sources = { microphone: true, camera: true, screen: false, screenAudio: false };
    await this.#signal.ask('ok', { type: 'sources', sources });
    const tile = { width: 640, height: 360 };
    const view = { tiles: 4, tile, pinned: [], sizes: [], screen: { width: 0, height: 0 } };
    await this.#signal.ask('ok', { type: 'view', view });
    this.#peer = await LoadPeer.open(uses, (packet) => this.#receive(packet));
    const { offer: sdp, lines } = this.#peer;
    const answer = await this.#signal.ask('answer', { type: 'offer', sdp, lines });
    await this.#peer.accept(answer.sdp);
  }

  #receive(bytes: Buffer): void {
    if (isRtcp(bytes)) {
      // Without a key frame nobody who comes later is sent its pictures.
      for (const report of parseRtcp(bytes) ?? [])
        if (report.type === 'picture-loss-indication') this.#camera?.onKeyFrameRequest(report.mediaSsrc);
      return;
    }
    this.#receptions?.receive(bytes);
    const packet = parseRtp(bytes, this.#extensions, 0);
    if (packet === null || packet.payloadOffset === packet.payloadEnd) return;
    const payload = Buffer.from(bytes.subarray(packet.payloadOffset, packet.payloadEnd));
    if (packet.payloadType === PAYLOAD_TYPES.opus) this.payloads.sound.push(payload);
    if (packet.payloadType === PAYLOAD_TYPES.vp8) this.payloads.picture.push(payload);
  }
}
