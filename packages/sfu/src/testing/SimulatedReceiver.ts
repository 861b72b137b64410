import { BandwidthEstimator, PACKET_OVERHEAD } from '../congestion/BandwidthEstimator.ts';
import { TransportFeedbackRecorder } from '../receive/TransportFeedbackRecorder.ts';
import { parseRtcp } from '../rtcp/parseRtcp.ts';
import type { SimulatedLink } from './SimulatedLink.ts';

/** ms; the first one decides how exact the simulation is. */
const STEP = 5;
const TICK = 20;
const FRAME = 1_000 / 30;
const VOICE = { interval: 20, bytes: 120 };
const FEEDBACK = 100;
const PACKET = 1_100;
const PADDING = 287;
/** A key frame is so many times as large as another frame. */
const KEY_FRAME = { interval: 4_000, factor: 6 };
/** What the voices take of the estimate, bit/s, with what IP adds. */
const VOICES = 70_000;

export interface Sample {
  readonly time: number;
  readonly estimate: number;
  readonly queueDelay: number;
  /** bit/s of media that were sent in the last 100 ms. */
  readonly sent: number;
}

export interface ReceiverOptions {
  /** bit/s of everything that the application would send. */
  readonly demand: number;
  /** The application sends this much video and no more, bit/s, whatever the estimate is: it is limited by itself. */
  readonly video?: number | undefined;
  /** Only whole layers, bit/s each; without: anything. */
  readonly layers?: readonly number[] | undefined;
}

/**
 * A receiver behind a simulated link, and what an SFU does for it: voices, a video that takes what the estimate leaves and
 * is sent frame by frame in bursts, probes. Feedback goes through the very packets that browsers would send.
 */
export class SimulatedReceiver {
  estimator = new BandwidthEstimator();
  readonly samples: Sample[] = [];
  options: ReceiverOptions;
  /** Feedback that is lost on its way back, 0 to 1. */
  feedbackLoss = 0;
  readonly #link: SimulatedLink;
  readonly #recorder = new TransportFeedbackRecorder(1);
  readonly #pending: { sequence: number; arrival: number }[] = [];
  readonly #feedback: { bytes: Uint8Array; arrival: number }[] = [];
  #voiceAt = 0;
  #frameAt = 0;
  #keyFrameAt = 0;
  #tickAt = 0;
  #feedbackAt = 0;
  #feedbackCount = 0;
  #bytes = 0;
  #debt = 0;

  constructor(link: SimulatedLink, options: ReceiverOptions) {
    this.#link = link;
    this.options = options;
  }

  /** The samples of a time span. */
  between(from: number, to: number): Sample[] {
    return this.samples.filter(({ time }) => time >= from && time < to);
  }

  mean(from: number, to: number): number {
    const samples = this.between(from, to);
    return samples.reduce((sum, { estimate }) => sum + estimate, 0) / samples.length;
  }

  /** One step of `STEP` ms. */
  step(now: number): void {
    while (this.#voiceAt <= now) {
      this.#voiceAt += VOICE.interval;
      this.#send(VOICE.bytes, now);
    }
    while (this.#frameAt <= now) {
      this.#frameAt += FRAME;
      this.#sendFrame(now);
    }
    if (now >= this.#tickAt) {
      this.#tickAt = now + TICK;
      this.estimator.tick(this.options.demand, now);
    }
    for (let due = this.estimator.probeDue(now); due > 0; due -= PADDING + PACKET_OVERHEAD)
      this.#send(PADDING, now);
    this.#report(now);
  }

  #sendFrame(now: number): void {
    let bytes = (this.#video(now) * FRAME) / 8_000;
    // A key frame is paid back by smaller frames after it, as encoders do.
    if (now >= this.#keyFrameAt) {
      this.#keyFrameAt = now + KEY_FRAME.interval;
      this.#debt += bytes * (KEY_FRAME.factor - 1);
      bytes *= KEY_FRAME.factor;
    } else {
      const saved = Math.min(this.#debt, bytes * 0.2);
      this.#debt -= saved;
      bytes -= saved;
    }
    for (; bytes > 0; bytes -= PACKET) this.#send(Math.max(60, Math.min(PACKET, bytes)), now);
  }

  #video(now: number): number {
    const { demand, video, layers } = this.options;
    if (video !== undefined) return video;
    const left = Math.min(this.estimator.bitrate(now), demand) - VOICES;
    if (layers === undefined) return Math.max(0, left / (1 + PACKET_OVERHEAD / PACKET));
    return layers.findLast((layer) => layer <= left) ?? 0;
  }

  #send(length: number, now: number): void {
    const { sequence } = this.estimator;
    this.estimator.onSent(Math.round(length), now);
    this.#bytes += length + PACKET_OVERHEAD;
    const arrival = this.#link.send(length + PACKET_OVERHEAD, now);
    if (arrival !== null) this.#pending.push({ sequence, arrival });
  }

  #report(now: number): void {
    if (now >= this.#feedbackAt) {
      this.samples.push({
        time: now,
        estimate: this.estimator.estimate,
        queueDelay: this.#link.queueDelay(now),
        sent: (this.#bytes * 8_000) / FEEDBACK,
      });
      this.#bytes = 0;
      this.#feedbackAt = now + FEEDBACK;
      this.#pending.sort((a, b) => a.arrival - b.arrival);
      const waiting = this.#pending.findIndex(({ arrival }) => arrival > now);
      for (const { sequence, arrival } of this.#pending.splice(
        0,
        waiting < 0 ? this.#pending.length : waiting,
      ))
        this.#recorder.record(sequence, arrival);
      for (const bytes of this.#recorder.take(1)) {
        this.#feedbackCount += 1;
        if ((this.#feedbackCount * 0.618) % 1 >= this.feedbackLoss)
          this.#feedback.push({ bytes, arrival: now + this.#link.conditions.delay });
      }
    }
    while (this.#feedback[0] !== undefined && this.#feedback[0].arrival <= now) {
      const { bytes } = this.#feedback.shift() ?? { bytes: new Uint8Array(0) };
      for (const packet of parseRtcp(bytes) ?? [])
        if (packet.type === 'transport-feedback')
          this.estimator.onFeedback(packet, 2 * this.#link.conditions.delay + 10, now);
    }
  }
}

/** Runs receivers side by side from `from` to `to` ms. */
export function simulate(receivers: readonly SimulatedReceiver[], from: number, to: number): void {
  for (let now = from; now < to; now += STEP) for (const receiver of receivers) receiver.step(now);
}
