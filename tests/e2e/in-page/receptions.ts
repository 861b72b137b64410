/** What one receive line has got since its transport began, by getStats (W3C webrtc-stats, inbound-rtp). */
export interface Reception {
  readonly mid: string;
  /** Whose it is now. */
  readonly from: string;
  readonly kind: 'audio' | 'video';
  readonly packets: number;
  readonly packetsLost: number;
  readonly bytes: number;
  readonly framesDecoded: number;
  readonly freezeMs: number;
  /** Samples that were played: all of them, and those that were made up for sound that was not there in time. */
  readonly samples: number;
  /** Without those that were made up as silence, which nobody can tell from silence. */
  readonly concealed: number;
  readonly nacks: number;
  /** Packets of sound with a copy of an earlier one in them that was used (Opus in-band FEC). */
  readonly fec: number;
}

/** What the camera sends on one layer. */
export interface Sent {
  readonly rid: string;
  readonly codec: string;
  readonly height: number;
  readonly framesPerSecond: number;
  readonly target: number;
  /** Why it is not better (`qualityLimitationReason`). */
  readonly limitedBy: string;
}

export interface Receptions {
  /** ms */
  readonly time: number;
  readonly self: string;
  readonly lines: readonly Reception[];
  readonly sent: readonly Sent[];
  /** The browser's own estimate of its uplink, bit/s; null where it does not tell. */
  readonly uplink: number | null;
  readonly transports: number;
  readonly sockets: number;
  readonly broken: readonly string[];
}

/** Runs in the page. */
export async function receptions(): Promise<Receptions> {
  const peer = window.__peers.findLast((one) => one.connectionState !== 'closed');
  const time = performance.now();
  const lines: Reception[] = [];
  const sent: Sent[] = [];
  let uplink: number | null = null;
  const report = await peer?.getStats();
  for (const entry of report?.values() ?? []) {
    const stats = entry as Record<string, unknown>;
    if (stats['type'] === 'candidate-pair' && typeof stats['availableOutgoingBitrate'] === 'number')
      uplink = stats['availableOutgoingBitrate'];
    if (
      stats['type'] === 'outbound-rtp' &&
      stats['kind'] === 'video' &&
      Number(stats['framesPerSecond'] ?? 0) > 0
    ) {
      const codec = report?.get(String(stats['codecId'])) as { mimeType?: string } | undefined;
      sent.push({
        rid: String(stats['rid'] ?? ''),
        codec: codec?.mimeType ?? '',
        height: Number(stats['frameHeight'] ?? 0),
        framesPerSecond: Number(stats['framesPerSecond']),
        target: Number(stats['targetBitrate'] ?? 0),
        limitedBy: String(stats['qualityLimitationReason'] ?? ''),
      });
    }
    if (stats['type'] !== 'inbound-rtp') continue;
    const number = (key: string): number => Number(stats[key] ?? 0);
    const from = window.__slots.find(({ mid }) => mid === stats['mid'])?.participantId ?? null;
    if (from === null) continue;
    lines.push({
      mid: String(stats['mid']),
      from,
      kind: stats['kind'] === 'audio' ? 'audio' : 'video',
      packets: number('packetsReceived'),
      packetsLost: number('packetsLost'),
      bytes: number('bytesReceived'),
      framesDecoded: number('framesDecoded'),
      freezeMs: number('totalFreezesDuration') * 1_000,
      samples: number('totalSamplesReceived'),
      concealed: number('concealedSamples') - number('silentConcealedSamples'),
      nacks: number('nackCount'),
      fec: number('fecPacketsReceived') - number('fecPacketsDiscarded'),
    });
  }
  return {
    time,
    self: window.__self ?? '',
    lines,
    sent,
    uplink,
    transports: window.__peers.length,
    sockets: window.__sockets.length,
    broken: window.__broken,
  };
}
