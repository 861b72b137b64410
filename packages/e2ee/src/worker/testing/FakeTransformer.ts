import type { EncodedFrame, Transformer } from '../transformer.ts';

/** What a browser gives the worker for one line, with real streams: frames go in by hand and come out into a list. */
export class FakeTransformer implements Transformer {
  readonly readable: ReadableStream<EncodedFrame>;
  readonly writable: WritableStream<EncodedFrame>;
  /** What passed, as it passed. */
  readonly passed: EncodedFrame[] = [];
  keyFramesMade = 0;
  keyFramesAsked = 0;
  #enqueue: (frame: EncodedFrame) => void = () => {};
  #taken: () => void = () => {};

  constructor() {
    // No queue: the next frame is asked for when the last one was dealt with.
    this.readable = new ReadableStream<EncodedFrame>(
      {
        start: (controller) => {
          this.#enqueue = (frame) => controller.enqueue(frame);
        },
        pull: () => this.#taken(),
      },
      { highWaterMark: 0 },
    );
    this.writable = new WritableStream<EncodedFrame>({
      write: (frame) => {
        this.passed.push(frame);
      },
    });
  }

  async generateKeyFrame(): Promise<void> {
    this.keyFramesMade += 1;
  }

  async sendKeyFrameRequest(): Promise<void> {
    this.keyFramesAsked += 1;
  }

  /** @returns the frame as it came out, or null when it was dropped */
  async put(frame: EncodedFrame): Promise<EncodedFrame | null> {
    const before = this.passed.length;
    const done = new Promise<void>((resolve) => {
      this.#taken = resolve;
    });
    this.#enqueue(frame);
    await done;
    return this.passed.length === before ? null : (this.passed.at(-1) ?? null);
  }
}

export interface FrameOptions {
  readonly type?: EncodedFrame['type'];
  readonly mimeType?: string;
  readonly payloadType?: number;
  readonly ssrc?: number;
}

export function soundFrame(bytes: readonly number[], options: FrameOptions = {}): EncodedFrame {
  return frameOf(bytes, { mimeType: 'audio/opus', ...options });
}

export function pictureFrame(
  type: 'key' | 'delta' | 'empty',
  bytes: readonly number[],
  options: FrameOptions = {},
): EncodedFrame {
  return frameOf(bytes, { mimeType: 'video/VP8', type, ...options });
}

function frameOf(bytes: readonly number[], { type, mimeType, payloadType, ssrc = 1 }: FrameOptions) {
  return {
    ...(type === undefined ? {} : { type }),
    data: Uint8Array.from(bytes).buffer,
    getMetadata: () => ({
      ...(mimeType === undefined ? {} : { mimeType }),
      ...(payloadType === undefined ? {} : { payloadType }),
      synchronizationSource: ssrc,
    }),
  };
}

/** The same frame as it comes to somebody else. */
export function copyOf(frame: EncodedFrame): EncodedFrame {
  return { ...frame, data: frame.data.slice(0) };
}
