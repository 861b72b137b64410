import type { MediaSource, SourceSet } from '@conclave/protocol';

/** Decoded frames of a picture, packets of a sound, since the stream began. */
export type Counts = Readonly<Partial<Record<MediaSource, number>>>;

/** How much of each source is to come before its path counts as flowing. A still screen sends one frame. */
export interface Enough {
  readonly microphone: number;
  readonly camera: number;
  readonly screen: number;
}

/** A third of a second of a picture: a beginning that falters is no path to move to. */
export const toMoveTo: Enough = { microphone: 5, camera: 10, screen: 1 };
/** The former path is going away, but not at once: a sound is taken when its jitter buffer has filled (200 ms). */
export const toFallBackTo: Enough = { microphone: 10, camera: 2, screen: 1 };

/** Whether everything that the other one has on has come. Screen sound is silent most of the time: not waited for. */
export function isFlowing(on: SourceSet, before: Counts, now: Counts, enough: Enough): boolean {
  const came = (source: MediaSource) => (now[source] ?? 0) - (before[source] ?? 0);
  return (
    (!on.microphone || came('microphone') >= enough.microphone) &&
    (!on.camera || came('camera') >= enough.camera) &&
    (!on.screen || came('screen') >= enough.screen)
  );
}

/** Packets of all sources together. */
export function total(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/** Reads the counters of some receivers (W3C webrtc-stats). */
export async function readCounts(
  receivers: Readonly<Partial<Record<MediaSource, RTCRtpReceiver | null>>>,
): Promise<Counts> {
  const entries = Object.entries(receivers).map(async ([source, receiver]) => {
    const report = await receiver?.getStats().catch(() => null);
    let count = 0;
    report?.forEach((entry: Record<string, unknown>) => {
      if (entry['type'] !== 'inbound-rtp') return;
      count += Number(entry[entry['kind'] === 'video' ? 'framesDecoded' : 'packetsReceived'] ?? 0);
    });
    return [source, count] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
