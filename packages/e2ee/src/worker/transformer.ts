import type { Bytes } from '../bytes.ts';

/** An RTCEncodedVideoFrame or RTCEncodedAudioFrame (W3C WebRTC Encoded Transform), as far as we use it. */
export interface EncodedFrame {
  /** Of pictures only. `empty` carries nothing. */
  readonly type?: 'key' | 'delta' | 'empty';
  data: ArrayBuffer;
  getMetadata(): {
    readonly payloadType?: number;
    readonly mimeType?: string;
    readonly synchronizationSource?: number;
    readonly spatialIndex?: number;
  };
}

/** What `new RTCRtpScriptTransform(worker, options)` gives the worker. */
export interface Transformer {
  readonly readable: ReadableStream<EncodedFrame>;
  readonly writable: WritableStream<EncodedFrame>;
  /** Of a sender of pictures. Rejects on any other one, and where the browser has no encoder yet. */
  generateKeyFrame?(rid?: string): Promise<unknown>;
  /** Of a receiver of pictures. */
  sendKeyFrameRequest?(): Promise<unknown>;
}

/** Which of a sender's streams a frame is of: the server forwards each simulcast layer and each spatial layer by itself. */
export function streamOf(frame: EncodedFrame): string {
  const { synchronizationSource, spatialIndex = 0 } = frame.getMetadata();
  return `${synchronizationSource}/${spatialIndex}`;
}

export function bytesOf(frame: EncodedFrame): Bytes {
  return new Uint8Array(frame.data);
}

/** In a buffer of its own, which browsers insist on. */
export function bufferOf(bytes: Bytes): ArrayBuffer {
  const isWhole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return isWhole ? bytes.buffer : bytes.slice().buffer;
}
