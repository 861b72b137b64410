import type { Bytes } from '../bytes.ts';
import type { FrameOpener, OpenedFrame } from '../envelope/FrameOpener.ts';
import { SOURCE_CONTEXT, type Source } from '../envelope/frame.ts';
import { SframeError } from '../sframe/SframeError.ts';
import { detach } from '../source-authentication/attachment.ts';
import type { ReceivedFrames, SourceDoubt } from '../source-authentication/ReceivedFrames.ts';
import { codecOfFrame, type PayloadTypes } from './codecs.ts';
import { Failures } from './Failures.ts';
import type { FrameLists } from './FrameLists.ts';
import type { Doubt } from './messages.ts';
import { pump } from './pump.ts';
import { SenderProofs } from './SenderProofs.ts';
import { bufferOf, bytesOf, type EncodedFrame, type Transformer } from './transformer.ts';

export interface ReceivingPorts {
  opener(): FrameOpener | null;
  payloadTypes(): PayloadTypes;
  /** What checks who has signed what; null while nothing is received. */
  lists(): FrameLists | null;
  /** Whose leaf it was in that epoch; null for nobody's. */
  participantAt(epoch: bigint, leafIndex: number): string | null;
  /** Somebody else's frames begin to come on this line. */
  onSender(participantId: string): void;
  /** What comes cannot be verified, for longer than a change of keys or a bad network explains; null: it can. */
  onDoubt(doubt: Doubt | null): void;
  /** ms, monotonic. */
  now(): number;
}

/** A frame as its sender gave it to be encrypted. */
interface Proved {
  readonly type: OpenedFrame['type'];
  readonly frame: Bytes;
  readonly sender: string;
}

/**
 * Decrypts what one RTCRtpReceiver receives, and says whose it is proved to be. What does not decrypt, comes from another
 * kind of source than belongs on this line, or is not what its sender has signed, is dropped; and all that comes as
 * somebody's for as long as some of it is forged.
 */
export class ReceivingLine {
  readonly #source: Source;
  /** The only one whose frames may come here; null: anybody's, who is then told of. */
  readonly #only: string | null;
  readonly #ports: ReceivingPorts;
  readonly #proofs = new SenderProofs();
  readonly #failures = new Failures();
  #sender: string | null = null;
  #lost = false;
  #sourceDoubt: SourceDoubt | null = null;
  #told: Doubt | null = null;

  constructor(source: Source, only: string | null, ports: ReceivingPorts) {
    this.#source = source;
    this.#only = only;
    this.#ports = ports;
  }

  /** Ends with the transceiver. */
  async run(transformer: Transformer): Promise<void> {
    await pump(transformer, async (frame) => {
      const proved = await this.#open(frame);
      this.#tell();
      if (proved === null) return false;
      this.#show(proved, transformer);
      frame.data = bufferOf(proved.frame);
      return true;
    });
  }

  async #open(frame: EncodedFrame): Promise<Proved | null> {
    const opener = this.#ports.opener();
    if (opener === null) {
      this.#failures.pause();
      this.#lost = true;
      return null;
    }
    const opened = await this.#decrypt(frame, opener);
    if (opened === null || opened === 'of-other-epoch') return this.#fail(opened === 'of-other-epoch');
    const sender = this.#senderOf(opened);
    const detached = detach(opened.data);
    if (sender === null || detached === null) return this.#fail(false);
    this.#failures.succeeded();
    const proof = this.#proofs.of(sender, opened);
    const isTrue = proof.receive(opened, this.#ports.now());
    if (detached.list !== null) await this.#learn(detached.list, opened, proof);
    this.#sourceDoubt = proof.doubt;
    if (isTrue && proof.doubt !== 'forged') return { type: opened.type, frame: detached.frame, sender };
    this.#lost = true;
    return null;
  }

  async #decrypt(frame: EncodedFrame, opener: FrameOpener): Promise<OpenedFrame | 'of-other-epoch' | null> {
    const codec = codecOfFrame(frame, this.#ports.payloadTypes());
    if (codec === null) return null;
    try {
      const opened = await opener.open({ codec, data: bytesOf(frame) });
      return opened.source === this.#source ? opened : null;
    } catch (error) {
      return error instanceof SframeError && error.code === 'unknown-key' ? 'of-other-epoch' : null;
    }
  }

  #senderOf({ epoch, leafIndex }: OpenedFrame): string | null {
    const sender = this.#ports.participantAt(epoch, leafIndex);
    return this.#only !== null && sender !== this.#only ? null : sender;
  }

  async #learn(list: Bytes, carrier: OpenedFrame, proof: ReceivedFrames): Promise<void> {
    const { epoch, leafIndex } = carrier;
    const contextId = SOURCE_CONTEXT[this.#source];
    const facts = (await this.#ports.lists()?.check(list, { epoch, leafIndex, contextId })) ?? null;
    if (facts === null) proof.forged();
    else proof.learn(facts);
  }

  #show({ type, sender }: Proved, transformer: Transformer): void {
    // Says whose it is before it is shown.
    if (sender !== this.#sender) this.#ports.onSender(sender);
    this.#sender = sender;
    // The decoder does not know that something is missing: to it nothing got lost on the way.
    if (this.#lost && type === 'delta') transformer.sendKeyFrameRequest?.().catch(() => {});
    this.#lost = false;
  }

  #fail(isOfOtherEpoch: boolean): null {
    this.#failures.failed(isOfOtherEpoch, this.#ports.now());
    this.#lost = true;
    return null;
  }

  #tell(): void {
    const doubt = this.#failures.isPersistent ? 'undecryptable' : this.#sourceDoubt;
    if (doubt === this.#told) return;
    this.#told = doubt;
    this.#ports.onDoubt(doubt);
  }
}
