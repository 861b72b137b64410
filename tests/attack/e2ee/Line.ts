import type { EncodedFrame, Transformer } from '../../../packages/e2ee/src/worker/transformer.ts';

/** What a frame is to a browser, and what somebody between two browsers can give it out for. */
export interface Described {
  readonly mimeType: string;
  /** Of pictures only. */
  readonly type?: 'key' | 'delta' | 'empty';
}

export const VP8_KEY: Described = { mimeType: 'video/VP8', type: 'key' };
export const VP8_DELTA: Described = { mimeType: 'video/VP8', type: 'delta' };
export const OPUS: Described = { mimeType: 'audio/opus' };

const patience = 5_000;

export class Frame implements EncodedFrame {
  readonly type?: 'key' | 'delta' | 'empty';
  data: ArrayBuffer;
  readonly #mimeType: string;

  constructor(described: Described, data: Uint8Array) {
    if (described.type !== undefined) this.type = described.type;
    this.#mimeType = described.mimeType;
    this.data = new Uint8Array(data).buffer; // Not `slice`: that of a Buffer is a view of a pool.
  }

  getMetadata() {
    return { mimeType: this.#mimeType };
  }

  get described(): Described {
    const { type } = this;
    return type === undefined ? { mimeType: this.#mimeType } : { mimeType: this.#mimeType, type };
  }

  get bytes(): Buffer {
    return Buffer.from(this.data);
  }
}

/** One side's transform, as a browser gives it to the worker: real streams, with a test at both ends. */
export class Line {
  readonly transformer: Transformer;
  /** All that came out, in order. */
  readonly out: Frame[] = [];
  keyFramesAsked = 0;
  /** Resolves when the transform asks for a frame, which it does when it is through with the one before. */
  #asked = Promise.withResolvers<ReadableStreamDefaultController<EncodedFrame>>();
  #last: Promise<unknown> = Promise.resolve();
  readonly #waiting = new Set<() => void>();

  constructor() {
    const ask = async () => {
      this.keyFramesAsked += 1;
    };
    this.transformer = {
      readable: new ReadableStream<EncodedFrame>(
        { pull: (controller) => this.#asked.resolve(controller) },
        { highWaterMark: 0 },
      ),
      writable: new WritableStream<EncodedFrame>({
        write: (frame) => {
          this.out.push(frame as Frame);
          for (const wake of this.#waiting) wake();
        },
      }),
      generateKeyFrame: ask,
      sendKeyFrameRequest: ask,
    };
  }

  /** Resolves when this frame, and so each before it, has been passed on or dropped. */
  put(frame: Frame): Promise<void> {
    const done = this.#last.then(async () => {
      const controller = await this.#asked.promise;
      this.#asked = Promise.withResolvers();
      controller.enqueue(frame);
      await this.#asked.promise;
    });
    this.#last = done;
    return done;
  }

  /** @throws when they do not come within some seconds */
  async frames(count: number): Promise<readonly Frame[]> {
    const end = performance.now() + patience;
    while (this.out.length < count) {
      const left = end - performance.now();
      if (left <= 0) throw new Error(`${this.out.length} frames came of ${count}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        const wake = () => {
          this.#waiting.delete(wake);
          clearTimeout(timer);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
    return this.out;
  }
}
