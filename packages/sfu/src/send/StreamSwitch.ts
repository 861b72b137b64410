import type { RtpPacket } from '../rtp/RtpPacket.ts';

export type Forwarding = 'drop' | 'start' | 'continue';

/**
 * Which incoming stream a slot shows. A new target takes over with its first key frame; until then the former stream
 * goes on, so that nobody sees a black tile. A stream that goes over to another codec does so with a key frame too.
 * `Stream` is compared by identity.
 */
export class StreamSwitch<Stream extends object> {
  readonly #needsKeyFrame: boolean;
  #current: Stream | null = null;
  #target: Stream | null = null;
  /** Of the current stream. */
  #codec: RtpPacket['codec'] | null = null;

  /** @param needsKeyFrame false for sound: any packet will do */
  constructor(needsKeyFrame: boolean) {
    this.#needsKeyFrame = needsKeyFrame;
  }

  /** What is forwarded now. */
  get current(): Stream | null {
    return this.#current;
  }

  get target(): Stream | null {
    return this.#target;
  }

  /** The stream that a key frame has to be asked of; null when none is missing. */
  get awaiting(): Stream | null {
    return this.#target !== this.#current ? this.#target : null;
  }

  /** Null: forward nothing any more, from this moment. */
  aim(target: Stream | null): void {
    this.#target = target;
    if (target === null) this.#current = null;
  }

  /** The stream is over or may not be forwarded any more. */
  release(stream: Stream): void {
    if (this.#current === stream) this.#current = null;
    if (this.#target === stream) this.#target = this.#current;
  }

  /** What to do with a packet: `start` and `continue` name the call of the slot's rewriter. */
  decide(stream: Stream, packet: RtpPacket): Forwarding {
    if (stream === this.#target && stream !== this.#current)
      return this.#start(stream, packet) ? 'start' : 'drop';
    if (stream !== this.#current) return 'drop';
    if (packet.codec === this.#codec || packet.isPadding) return 'continue';
    return this.#start(stream, packet) ? 'start' : 'drop';
  }

  #start(stream: Stream, packet: RtpPacket): boolean {
    if (packet.isPadding || (this.#needsKeyFrame && !packet.keyFrame)) return false;
    this.#current = stream;
    this.#codec = packet.codec;
    return true;
  }
}
