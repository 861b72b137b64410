import { PROTOCOL_VERSION, type ServerMessage, type Slot } from '@conclave/protocol';
import type { LineUse } from '../../packages/sfu/src/control/media.ts';
import { parseRtcp } from '../../packages/sfu/src/rtcp/parseRtcp.ts';
import { isRtcp } from '../../packages/sfu/src/rtp/parseRtp.ts';
import { LoadPeer } from '../../packages/sfu/src/testing/LoadPeer.ts';
import { groupEntry } from '../dev-env/groupEntry.ts';
import { Camera } from './Camera.ts';
import { clock } from './clock.ts';
import { LoadSignal } from './LoadSignal.ts';
import { MicrophoneStream } from './MicrophoneStream.ts';
import { memberEntry } from './memberEntry.ts';
import { type Received, Receptions } from './Receptions.ts';
import { Numbering, Sender } from './Sender.ts';

export interface LoadOptions {
  readonly origin: string;
  readonly meetingId: string;
  readonly proof: string;
  readonly visible: number;
  readonly framesPerSecond: number;
  /** The half of the meeting's secret for its group, base64url; without it, KeyPackages are bytes that mean nothing. */
  readonly psk?: string;
}

export interface PersonOptions {
  readonly index: number;
  readonly camera: boolean;
  readonly microphone: boolean;
  /** Whether what comes is looked at; otherwise native code takes it. */
  readonly measures: boolean;
  /** Of a signed-in host. */
  readonly cookie?: string;
  /** In the meeting by its signalling and in its group, and without media. */
  readonly silent?: boolean;
}

export interface PersonReport extends Received {
  /** From asking to join until media could flow, and until the first packet came, ms. */
  readonly joinedAfter: number;
  readonly heardAfter: number | null;
  /** How often somebody else came into one of the slots. */
  readonly switches: number;
}

const tile = { width: 320, height: 180 };
const hidden = { width: 0, height: 0 };

/** One synthetic participant: our real signalling, a real ICE and DTLS transport, well-formed streams. */
export class LoadParticipant implements Disposable {
  readonly #index: number;
  readonly #camera: Camera | null;
  readonly #microphone: MicrophoneStream | null;
  readonly #receptions: Receptions | null;
  readonly #startedAt: number;
  #id = '';
  #signal: LoadSignal | null = null;
  #peer: LoadPeer | null = null;
  #joinedAfter = 0;
  #heardAfter: number | null = null;
  #slots: readonly Slot[] = [];
  #switches = 0;

  private constructor(load: LoadOptions, person: PersonOptions) {
    this.#index = person.index;
    const numbering = new Numbering();
    const send = (packet: Uint8Array): void => this.#peer?.send(packet);
    const ssrc = 100_000 + person.index * 10;
    this.#microphone = person.microphone
      ? new MicrophoneStream(new Sender('0', numbering, send), ssrc)
      : null;
    const camera = new Sender('1', numbering, send);
    this.#camera = person.camera ? new Camera(camera, ssrc + 1, load.framesPerSecond) : null;
    this.#startedAt = clock();
    const onFirst = (): void => {
      this.#heardAfter = clock() - this.#startedAt;
    };
    this.#receptions = person.measures ? new Receptions(send, onFirst) : null;
  }

  static async join(load: LoadOptions, person: PersonOptions): Promise<LoadParticipant> {
    const participant = new LoadParticipant(load, person);
    try {
      await participant.#join(load, person);
      return participant;
    } catch (error) {
      // Or the place would be kept for a while.
      await participant.#signal?.ask('ok', { type: 'leave' }).catch(() => {});
      participant[Symbol.dispose]();
      throw error;
    }
  }

  /** Of the participant, as the meeting knows it. */
  get id(): string {
    return this.#id;
  }

  /** 20 ms of sound. */
  speak(speaks: boolean): void {
    this.#microphone?.frame(speaks);
  }

  /** One picture. @param timestamp 90 kHz */
  show(timestamp: number): void {
    this.#camera?.frame(timestamp);
  }

  take(): PersonReport {
    const received = this.#receptions?.take() ?? { packets: 0, lost: 0, delays: [] };
    const switches = this.#switches;
    this.#switches = 0;
    return { ...received, joinedAfter: this.#joinedAfter, heardAfter: this.#heardAfter, switches };
  }

  [Symbol.dispose](): void {
    this.#receptions?.[Symbol.dispose]();
    this.#signal?.[Symbol.dispose]();
    this.#peer?.[Symbol.dispose]();
  }

  async #join(load: LoadOptions, person: PersonOptions): Promise<void> {
    const { camera, microphone, measures, cookie } = person;
    const { meetingId, proof, origin, visible } = load;
    const signal = await LoadSignal.open(
      origin,
      (message) => this.#hear(message),
      // One address may open 600 sockets.
      { localAddress: `127.0.1.${1 + (person.index % 4)}`, ...(cookie === undefined ? {} : { cookie }) },
    );
    this.#signal = signal;
    const name = `Person ${this.#index}`;
    const join = { type: 'join', version: PROTOCOL_VERSION, meetingId, proof, name };
    const { self } = await signal.ask('joined', {
      ...join,
      ...(load.psk === undefined
        ? groupEntry()
        : await memberEntry(meetingId, load.psk, name, cookie !== undefined)),
    });
    this.#id = self;
    this.#joinedAfter = clock() - this.#startedAt;
    if (person.silent === true) return;
    const sources = { microphone, camera, screen: false, screenAudio: false };
    await signal.ask('ok', { type: 'sources', sources });
    const view = { tiles: visible, tile, pinned: [], sizes: [], screen: hidden };
    await signal.ask('ok', { type: 'view', view });
    const peer = await LoadPeer.open(
      usesWith(visible),
      measures || camera ? (packet) => this.#receive(packet) : null,
    );
    this.#peer = peer;
    const { sdp } = await signal.ask('answer', { type: 'offer', sdp: peer.offer, lines: peer.lines });
    await peer.accept(sdp);
    this.#joinedAfter = clock() - this.#startedAt;
  }

  #hear(message: ServerMessage): void {
    if (message.type === 'wanted' && this.#camera !== null) this.#camera.wanted = message.wanted;
    if (message.type !== 'slots') return;
    for (const [index, { participantId }] of message.slots.entries()) {
      const before = this.#slots[index]?.participantId ?? null;
      if (participantId !== null && before !== null && participantId !== before) this.#switches += 1;
    }
    this.#slots = message.slots;
  }

  #receive(packet: Buffer): void {
    if (!isRtcp(packet)) {
      this.#receptions?.receive(packet);
      return;
    }
    for (const report of parseRtcp(packet) ?? []) {
      if (report.type === 'picture-loss-indication') this.#camera?.onKeyFrameRequest(report.mediaSsrc);
      if (report.type === 'nack') this.#camera?.onNack(report.mediaSsrc, report.sequenceNumbers);
    }
  }
}

/** The lines of our own client on a large screen. */
function usesWith(visible: number): LineUse[] {
  return [
    ...(['microphone', 'camera', 'screen', 'screen-audio'] as const),
    ...Array.from({ length: 4 }, () => 'audio-slot' as const),
    ...Array.from({ length: visible }, () => 'video-slot' as const),
    ...(['screen-slot', 'screen-audio-slot'] as const),
  ];
}
