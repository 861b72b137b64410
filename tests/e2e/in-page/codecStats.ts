/** What the page's newest transport sends and gets of pictures, by getStats. */
export interface CodecStats {
  readonly sent: readonly {
    readonly rid: string;
    readonly codec: string;
    readonly mode: string;
    readonly height: number;
    readonly frames: number;
    readonly keyFrames: number;
    readonly bytes: number;
    readonly active: boolean;
  }[];
  readonly received: readonly {
    readonly mid: string;
    readonly codec: string;
    readonly height: number;
    readonly frames: number;
    readonly packets: number;
    readonly lost: number;
    readonly nacks: number;
    readonly repaired: number;
    readonly keyFrameRequests: number;
    /** For each frame. */
    readonly decodeMs: number;
  }[];
}

/** Runs in the page. */
export async function codecStats(): Promise<CodecStats> {
  const peer = window.__peers.findLast((one) => one.connectionState !== 'closed');
  const report = (await peer?.getStats()) ?? new Map<string, unknown>();
  const entries: Record<string, unknown>[] = [];
  for (const entry of report.values()) entries.push(entry as Record<string, unknown>);
  const codecOf = (entry: Record<string, unknown>): string => {
    const codec = entries.find(({ id }) => id === entry['codecId']);
    return String(codec?.['mimeType'] ?? '').replace('video/', '');
  };
  const number = (value: unknown): number => Number(value ?? 0);
  const videos = (type: string) =>
    entries.filter((entry) => entry['type'] === type && entry['kind'] === 'video');
  return {
    sent: videos('outbound-rtp').map((entry) => ({
      rid: String(entry['rid'] ?? ''),
      codec: codecOf(entry),
      mode: String(entry['scalabilityMode'] ?? ''),
      height: number(entry['frameHeight']),
      frames: number(entry['framesEncoded']),
      keyFrames: number(entry['keyFramesEncoded']),
      bytes: number(entry['bytesSent']),
      active: entry['active'] === true,
    })),
    received: videos('inbound-rtp')
      .filter((entry) => number(entry['framesDecoded']) > 0)
      .map((entry) => ({
        mid: String(entry['mid'] ?? ''),
        codec: codecOf(entry),
        height: number(entry['frameHeight']),
        frames: number(entry['framesDecoded']),
        packets: number(entry['packetsReceived']),
        lost: number(entry['packetsLost']),
        nacks: number(entry['nackCount']),
        repaired: number(entry['retransmittedPacketsReceived']),
        keyFrameRequests: number(entry['pliCount']),
        decodeMs: (number(entry['totalDecodeTime']) * 1_000) / number(entry['framesDecoded']),
      })),
  };
}
