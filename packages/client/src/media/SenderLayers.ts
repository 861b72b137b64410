import type { VideoCodec, Wanted } from '@conclave/protocol';
import { type EncodingPlan, planCamera, planScreen } from './cameraEncodings.ts';
import { videoCodecOf } from './codecPreferences.ts';

/** `RTCRtpEncodingParameters` with what not all typings have. */
interface Encoding extends RTCRtpEncodingParameters {
  codec?: RTCRtpCodec;
  scalabilityMode?: string;
}

/**
 * Which layers are sent, in which codec. `setParameters` is a transaction that may be slow, so only the newest wish is
 * kept: an older one can never pause a layer that is wanted again.
 */
export class SenderLayers {
  readonly #camera: RTCRtpSender;
  readonly #screen: RTCRtpSender;
  readonly #changesCodecs: boolean;
  #wanted: Wanted = { camera: [], screen: false, codec: null };
  #negotiated = false;
  #busy = false;
  #dirty = false;

  /** @param changesCodecs the browser takes another codec without another offer */
  constructor(camera: RTCRtpSender, screen: RTCRtpSender, changesCodecs: boolean) {
    this.#camera = camera;
    this.#screen = screen;
    this.#changesCodecs = changesCodecs;
  }

  set(wanted: Wanted): void {
    this.#wanted = wanted;
    void this.#apply();
  }

  /** From now on the browser takes parameters. */
  negotiated(): void {
    this.#negotiated = true;
    void this.#apply();
  }

  async #apply(): Promise<void> {
    this.#dirty = true;
    if (this.#busy || !this.#negotiated) return;
    this.#busy = true;
    while (this.#dirty) {
      this.#dirty = false;
      const { camera, screen } = this.#wanted;
      const codec = this.#changesCodecs ? this.#wanted.codec : null;
      await encode(this.#camera, planCamera(camera, codec), codec);
      await encode(this.#screen, planScreen(screen, codec), codec);
    }
    this.#busy = false;
  }
}

/** @param codec null: as it is */
async function encode(
  sender: RTCRtpSender,
  plan: readonly EncodingPlan[],
  codec: VideoCodec | null,
): Promise<void> {
  const parameters = sender.getParameters();
  const chosen =
    codec === null ? undefined : parameters.codecs.find((entry) => videoCodecOf(entry) === codec);
  let changed = false;
  for (const [index, encoding] of (parameters.encodings as Encoding[]).entries()) {
    const wished = plan[index];
    if (wished === undefined) continue;
    const before = describe(encoding);
    encoding.active = wished.active;
    if (chosen !== undefined) {
      encoding.codec = chosen;
      encoding.scaleResolutionDownBy = wished.scaleResolutionDownBy;
      encoding.maxBitrate = wished.maxBitrate;
      if (wished.scalabilityMode === undefined) delete encoding.scalabilityMode;
      else encoding.scalabilityMode = wished.scalabilityMode;
    }
    changed ||= describe(encoding) !== before;
  }
  if (!changed) return;
  // Rejected only when the transport is gone meanwhile; the next one starts from the newest wish.
  await sender.setParameters(parameters).catch(() => {});
}

function describe(encoding: Encoding): string {
  const { active, codec, scalabilityMode, scaleResolutionDownBy, maxBitrate } = encoding;
  const { mimeType, sdpFmtpLine } = codec ?? {};
  return JSON.stringify([active, mimeType, sdpFmtpLine, scalabilityMode, scaleResolutionDownBy, maxBitrate]);
}
