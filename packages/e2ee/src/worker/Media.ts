import { FrameOpener } from '../envelope/FrameOpener.ts';
import { FrameSealer } from '../envelope/FrameSealer.ts';
import type { Codec } from '../envelope/frame.ts';
import type { MlsSframeKeys } from '../sframe/MlsSframeKeys.ts';
import type { PayloadTypes } from './codecs.ts';
import type { FrameLists } from './FrameLists.ts';
import type { Doubt, LineOptions } from './messages.ts';
import { ReceivingLine } from './ReceivingLine.ts';
import { SendingLine } from './SendingLine.ts';
import type { Transformer } from './transformer.ts';

export interface MediaPorts {
  participantAt(epoch: bigint, leafIndex: number): string | null;
  onSender(line: number, participantId: string): void;
  onDoubt(line: number, doubt: Doubt | null): void;
}

const nothing: PayloadTypes = new Map();

/** All lines of all connections. They outlive a group: without keys they let nothing through. */
export class Media {
  readonly #ports: MediaPorts;
  readonly #payloadTypes = new Map<number, PayloadTypes>();
  #sealer: FrameSealer | null = null;
  #opener: FrameOpener | null = null;
  #lists: FrameLists | null = null;

  constructor(ports: MediaPorts) {
    this.#ports = ports;
  }

  /** The keys and signatures of the group that we are in; null: nothing is encrypted or decrypted any more. */
  useKeys(keys: MlsSframeKeys | null, lists: FrameLists | null): void {
    this.#lists = lists;
    this.#sealer = keys === null ? null : new FrameSealer(keys);
    this.#opener = keys === null ? null : new FrameOpener(keys);
  }

  setPayloadTypes(connection: number, codecs: readonly (readonly [number, Codec])[]): void {
    this.#payloadTypes.set(connection, new Map(codecs));
  }

  closeConnection(connection: number): void {
    this.#payloadTypes.delete(connection);
  }

  protect(options: LineOptions, transformer: Transformer): void {
    const payloadTypes = () => this.#payloadTypes.get(options.connection) ?? nothing;
    const common = { payloadTypes, lists: () => this.#lists, now: () => performance.now() };
    const line =
      options.role === 'send'
        ? new SendingLine(options.source, { sealer: () => this.#sealer, ...common })
        : new ReceivingLine(options.source, options.only, {
            opener: () => this.#opener,
            ...common,
            participantAt: this.#ports.participantAt,
            onSender: (participantId) => this.#ports.onSender(options.line, participantId),
            onDoubt: (doubt) => this.#ports.onDoubt(options.line, doubt),
          });
    // Streams end with an error when their connection is closed. Then nothing comes, and nothing passes.
    line.run(transformer).catch(() => {});
  }
}
