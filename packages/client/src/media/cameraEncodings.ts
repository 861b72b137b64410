import type { CameraLayer, VideoCodec } from '@conclave/protocol';

/** One encoding of the camera as it is to be. */
export interface EncodingPlan {
  readonly active: boolean;
  readonly scaleResolutionDownBy: number;
  /** bit/s */
  readonly maxBitrate: number;
  /** Undefined: as the browser likes. */
  readonly scalabilityMode: string | undefined;
}

const layers = ['q', 'h', 'f'] as const satisfies readonly CameraLayer[];

/** The three layers of a 1280 × 720 camera: 180, 360 and 720 lines. */
const shape: Readonly<Record<CameraLayer, { readonly scale: number; readonly maxBitrate: number }>> = {
  q: { scale: 4, maxBitrate: 150_000 },
  h: { scale: 2, maxBitrate: 500_000 },
  f: { scale: 1, maxBitrate: 1_800_000 },
};

/** Which of our codecs carry several layers in one stream. */
const layered: readonly (VideoCodec | null)[] = ['VP9', 'AV1'];

/**
 * What the three encodings of the camera are to send, in the order q, h, f. In simulcast each is a layer. With VP9 and
 * AV1 one layer alone is sent in its own encoding, and several in the first one (the only one in which Chromium does
 * that), as spatial layers up to the largest: so the server knows by the number of layers and the rid which they are.
 */
export function planCamera(
  wanted: readonly CameraLayer[],
  codec: VideoCodec | null,
): readonly EncodingPlan[] {
  const isLayered = layered.includes(codec);
  if (!isLayered || wanted.length < 2) {
    return layers.map((layer) => ({
      active: wanted.includes(layer),
      scaleResolutionDownBy: shape[layer].scale,
      maxBitrate: shape[layer].maxBitrate,
      scalabilityMode: isLayered ? 'L1T3' : undefined,
    }));
  }
  const count = Math.max(...wanted.map((layer) => layers.indexOf(layer))) + 1;
  const sent = layers.slice(0, count);
  return layers.map((layer) => {
    const carries = layer === 'q';
    return {
      active: carries,
      scaleResolutionDownBy: shape[carries ? (sent.at(-1) ?? 'f') : layer].scale,
      maxBitrate: carries
        ? sent.reduce((sum, each) => sum + shape[each].maxBitrate, 0)
        : shape[layer].maxBitrate,
      scalabilityMode: carries ? `L${count}T3_KEY` : 'L1T3',
    };
  });
}

/** A shared screen has one layer. */
export function planScreen(wanted: boolean, codec: VideoCodec | null): readonly EncodingPlan[] {
  return [
    {
      active: wanted,
      scaleResolutionDownBy: 1,
      maxBitrate: 2_500_000,
      scalabilityMode: layered.includes(codec) ? 'L1T1' : undefined,
    },
  ];
}

/** As the lines begin: nobody sends what nobody has asked for. */
export const cameraEncodings: readonly RTCRtpEncodingParameters[] = planCamera([], null).map(
  ({ active, scaleResolutionDownBy, maxBitrate }, index) => ({
    rid: layers[index] ?? 'q',
    active,
    scaleResolutionDownBy,
    maxBitrate,
  }),
);
export const screenEncodings: readonly RTCRtpEncodingParameters[] = [
  { maxBitrate: 2_500_000, active: false },
];
