import type { Bytes } from '../bytes.ts';
import type { FrameSealer } from '../envelope/FrameSealer.ts';
import { type Codec, canCarry, type FrameKind, SOURCE_CONTEXT, type Source } from '../envelope/frame.ts';
import { attach } from '../source-authentication/attachment.ts';
import { LIST_LIMITS } from '../source-authentication/listLimits.ts';
import { SentFrames } from '../source-authentication/SentFrames.ts';
import { codecOfFrame, type PayloadTypes } from './codecs.ts';
import type { FrameLists } from './FrameLists.ts';
import { pump } from './pump.ts';
import { bufferOf, bytesOf, type EncodedFrame, streamOf, type Transformer } from './transformer.ts';

/** Hashes in a frame of sound, which must stay one packet: a second of frames of 10 ms. */
const MOST_IN_SOUND = 100;

/** What a line that sends is told of the group. */
export interface SendingPorts {
  /** Null while there is no key to send under. */
  sealer(): FrameSealer | null;
  payloadTypes(): PayloadTypes;
  /** What signs; null while nothing is sent. */
  lists(): FrameLists | null;
  /** ms, monotonic. */
  now(): number;
}

/**
 * Encrypts what one RTCRtpSender sends, and signs from time to time what that was. A frame that cannot be encrypted, for
 * whatever reason, goes nowhere; the first one after such a time is to be a key frame, since nobody has what it would
 * build on.
 */
export class SendingLine {
  readonly #source: Source;
  readonly #ports: SendingPorts;
  readonly #sent: SentFrames;
  #lost = false;

  constructor(source: Source, ports: SendingPorts) {
    this.#source = source;
    this.#ports = ports;
    this.#sent = new SentFrames(canCarry('opus', source) ? MOST_IN_SOUND : LIST_LIMITS.facts);
  }

  /** Ends with the transceiver. */
  async run(transformer: Transformer): Promise<void> {
    await pump(transformer, async (frame) => {
      if (frame.type === 'empty') return false;
      const sealed = await this.#seal(frame);
      if (!sealed) this.#lost = true;
      else if (this.#lost) this.#begin(frame, transformer);
      return sealed;
    });
  }

  async #seal(frame: EncodedFrame): Promise<boolean> {
    const sealer = this.#ports.sealer();
    const codec = codecOfFrame(frame, this.#ports.payloadTypes());
    if (sealer === null || codec === null) return false;
    const kind = kindOf(codec, frame);
    if (kind === null) return false;
    const stream = streamOf(frame);
    try {
      const data = attach(bytesOf(frame), await this.#listFor(stream));
      const sealed = await sealer.sealListed({ ...kind, source: this.#source, data });
      this.#sent.sent(stream, sealed.fact, { isKey: kind.type === 'key', now: this.#ports.now() });
      frame.data = bufferOf(sealed.data);
      return true;
    } catch {
      return false;
    }
  }

  /** Without a signature it goes all the same: whoever gets it sees that nobody has signed it. */
  async #listFor(stream: string): Promise<Bytes | null> {
    const lists = this.#ports.lists();
    const facts = this.#sent.takeDue(stream, this.#ports.now());
    if (lists === null || facts === null) return null;
    return await lists.sign(SOURCE_CONTEXT[this.#source], facts).catch(() => null);
  }

  #begin(frame: EncodedFrame, transformer: Transformer): void {
    this.#lost = false;
    if (frame.type !== 'delta') return;
    transformer.generateKeyFrame?.().catch(() => {}); // Whoever sees it asks for one by RTCP too.
  }
}

function kindOf(codec: Codec, { type }: EncodedFrame): FrameKind | null {
  if (codec === 'opus') return { codec, type: null };
  return type === 'key' || type === 'delta' ? { codec, type } : null;
}
