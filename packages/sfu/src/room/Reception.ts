import type { CameraLayer } from '../control/media.ts';
import type { PeerStats } from '../control/stats.ts';
import { CostLimit } from '../receive/CostLimit.ts';
import { RateLimit, type RateLimitOptions } from '../receive/RateLimit.ts';
import { decapsulateRtx } from '../receive/rtxDecapsulation.ts';
import { type Binding, StreamBinder } from '../receive/StreamBinder.ts';
import { SenderClock } from '../receive/StreamClock.ts';
import { TransportFeedbackRecorder } from '../receive/TransportFeedbackRecorder.ts';
import type { SenderReport } from '../rtcp/senderReport.ts';
import { absoluteSendTime } from '../rtp/ExtensionTemplate.ts';
import { type ExtensionIds, ExtensionTable } from '../rtp/HeaderExtensions.ts';
import { parseRtp } from '../rtp/parseRtp.ts';
import type { RtpPacket } from '../rtp/RtpPacket.ts';
import type { NegotiatedLine } from '../sdp/negotiate.ts';
import { IncomingStream } from './IncomingStream.ts';
import type { Peer } from './Peer.ts';
import { type Source, sourceOf } from './sources.ts';

export interface ReceptionOptions {
  readonly peer: Peer;
  readonly lines: readonly NegotiatedLine[];
  /** bit/s that the peer may send. */
  readonly maxBitrate: number | undefined;
  /** The SSRC that our feedback comes from. */
  readonly feedbackSsrc: number;
  /** Sends RTCP to the peer. */
  readonly send: (packet: Uint8Array<ArrayBuffer>) => void;
  /** A stream has begun, or has come back after a pause. */
  readonly onStream: (stream: IncomingStream) => void;
  readonly onAudioLevel: (peer: Peer, level: number, voice: boolean, time: number) => void;
}

/** Above what a browser sends: 3 layers, a screen, two sounds, probes. */
const LIMIT = { bitsPerSecond: 8_000_000, packetsPerSecond: 3_000, burst: 500 };
/**
 * One sound: Opus ends at 510 kbit/s and at 400 packets/s (RFC 6716). Sound goes to everybody whatever their paths carry,
 * so what does not end there would be multiplied by the size of the meeting.
 */
const SOUND_LIMIT = { bitsPerSecond: 700_000, packetsPerSecond: 500, burst: 1_000 };
/** SSRCs that take a line or layer, a second and at once: each makes a new stream and a new allocation for everybody. */
const NEW_STREAMS = { perSecond: 2, atOnce: 30 };
const FEEDBACK_INTERVAL = 60;

/** What all that a peer sends is held to. */
export function mediaLimit(maxBitrate: number | undefined): RateLimitOptions {
  return { ...LIMIT, bitsPerSecond: maxBitrate ?? LIMIT.bitsPerSecond };
}

/** What a line carries towards us. */
interface Upstream {
  readonly line: NegotiatedLine;
  readonly source: Source;
  /** Null for pictures: these are held to the path of each viewer. */
  readonly limit: RateLimit | null;
}

/**
 * All that one peer sends on one transport. A packet is limited, read, bound to a line, checked against what the peer may
 * send, and only then counted, reported and handed to its stream.
 */
export class Reception {
  readonly dropped: PeerStats['dropped'] = { malformed: 0, forbidden: 0, unbound: 0, overLimit: 0 };
  readonly #options: ReceptionOptions;
  readonly #peer: Peer;
  readonly #upstreams = new Map<string, Upstream>();
  readonly #streams = new Map<Binding, IncomingStream>();
  readonly #binder: StreamBinder;
  readonly #extensions: ExtensionTable;
  readonly #limit: RateLimit;
  readonly #newStreams = new CostLimit(NEW_STREAMS.perSecond, NEW_STREAMS.atOnce);
  readonly #senderClock = new SenderClock();
  readonly #feedback: TransportFeedbackRecorder;
  #feedbackAt = 0;
  #lastSsrc = 0;

  constructor(options: ReceptionOptions) {
    this.#options = options;
    this.#peer = options.peer;
    this.#limit = new RateLimit(mediaLimit(options.maxBitrate));
    this.#feedback = new TransportFeedbackRecorder(options.feedbackSsrc);
    for (const line of options.lines) {
      const source = sourceOf(line.use);
      if (source === null) continue;
      const limit = line.kind === 'audio' ? new RateLimit(SOUND_LIMIT) : null;
      this.#upstreams.set(line.mid, { line, source, limit });
    }
    const lines = [...this.#upstreams.values()].map(({ line }) => line);
    this.#extensions = new ExtensionTable(extensionIds(lines));
    this.#binder = new StreamBinder(
      lines.map(({ mid, rids, codecs }) => ({
        mid,
        rids,
        rtxPayloadTypes: codecs.flatMap(({ rtxPayloadType }) => rtxPayloadType ?? []),
      })),
    );
  }

  get streams(): IterableIterator<IncomingStream> {
    return this.#streams.values();
  }

  /** The order matters: nothing of a packet is used before it is known to be of something that may be sent. */
  receive(bytes: Uint8Array, time: number): void {
    const { dropped } = this;
    if (!this.#limit.allow(bytes.length, time)) {
      dropped.overLimit += 1;
      return;
    }
    const packet = parseRtp(bytes, this.#extensions, time);
    if (packet === null) {
      dropped.malformed += 1;
      return;
    }
    const binding = this.#bind(packet, time);
    const upstream = binding === null ? undefined : this.#upstreams.get(binding.mid);
    if (binding === null || upstream === undefined) {
      dropped.unbound += 1;
      return;
    }
    if (!this.#peer.isAllowed(upstream.source)) {
      dropped.forbidden += 1;
      return;
    }
    // Reported even when the source is not on yet: the sender's estimate is of the path, not of our rules.
    if (packet.transportSequence >= 0) this.#feedback.record(packet.transportSequence, time);
    this.#lastSsrc = binding.ssrc;
    if (!this.#peer.isOn(upstream.source)) dropped.forbidden += 1;
    else if (upstream.limit?.allow(bytes.length, time) === false) dropped.overLimit += 1;
    else this.#deliver(packet, binding, upstream, time);
  }

  onSenderReport(report: SenderReport, time: number): void {
    const binding = this.#binder.get(report.ssrc);
    if (binding !== null) this.#streams.get(binding)?.onSenderReport(report, time);
  }

  /** Asks for what is missing, and reports arrival times. */
  tick(time: number, roundTripTime: number): void {
    for (const stream of this.#streams.values()) stream.tick(time, roundTripTime);
    if (time - this.#feedbackAt < FEEDBACK_INTERVAL) return;
    this.#feedbackAt = time;
    for (const packet of this.#feedback.take(this.#lastSsrc)) this.#options.send(packet);
  }

  /** Nobody shows this source any more: it is off, or not allowed. Without a source: nothing of this peer's. */
  release(source: Source | null): void {
    for (const stream of this.#streams.values())
      if (source === null || sourceOf(stream.use) === source) stream.release();
  }

  /** Only packets that name their line can be of a new stream. */
  #bind(packet: RtpPacket, time: number): Binding | null {
    const known = this.#binder.get(packet.ssrc);
    if (known !== null || packet.midLength === 0) return known;
    return this.#newStreams.allow(1, time) ? this.#binder.bind(packet) : null;
  }

  #deliver(packet: RtpPacket, binding: Binding, { line, source }: Upstream, time: number): void {
    const media = binding.repair ? this.#binder.partner(binding) : binding;
    if (media === null) return;
    const restored = this.#restore(packet, binding, media, line);
    if (restored === null) return;
    if (restored.audioLevel >= 0 && source === 'microphone')
      this.#options.onAudioLevel(this.#peer, restored.audioLevel, restored.voice, time);
    const stream = this.#streams.get(media) ?? this.#begin(media, line);
    stream.receive(restored, absoluteSendTime(time));
  }

  /** The packet itself, or the one that a retransmission carries; null for probes and wrong payload types. */
  #restore(packet: RtpPacket, binding: Binding, media: Binding, line: NegotiatedLine): RtpPacket | null {
    const repair = binding.repair;
    for (const { name, payloadType, rtxPayloadType } of line.codecs) {
      if (packet.payloadType !== (repair ? rtxPayloadType : payloadType)) continue;
      const restored = repair ? decapsulateRtx(packet, media.ssrc, payloadType) : packet;
      if (restored !== null) restored.codec = name;
      return restored;
    }
    this.dropped.malformed += 1;
    return null;
  }

  /** A new stream takes the place of a former one of the same line and layer. */
  #begin(media: Binding, line: NegotiatedLine): IncomingStream {
    for (const [other, stream] of this.#streams) {
      if (other.mid !== media.mid || other.rid !== media.rid) continue;
      this.#streams.delete(other);
      stream.release();
    }
    const stream = new IncomingStream({
      peerId: this.#peer.id,
      use: line.use,
      kind: line.kind,
      nack: line.codecs.some(({ feedback }) => feedback.includes('nack')),
      // The negotiation accepts no other rids.
      rid: media.rid as CameraLayer | null,
      ssrc: media.ssrc,
      senderClock: this.#senderClock,
      feedbackSsrc: this.#options.feedbackSsrc,
      send: this.#options.send,
      onChange: this.#options.onStream,
    });
    this.#streams.set(media, stream);
    return stream;
  }
}

/** Ids mean the same on all lines of a bundle; the negotiation has checked it. */
function extensionIds(lines: readonly NegotiatedLine[]): ExtensionIds {
  return Object.assign({}, ...lines.map(({ extensions }) => extensions));
}
