/** What goes in and out of the page's newest transport, by getStats (W3C webrtc-stats). */
export interface MediaStats {
  readonly connection: RTCPeerConnectionState | 'none';
  readonly audioPacketsSent: number;
  readonly videoPacketsSent: number;
  readonly audioPacketsReceived: number;
  readonly videoPacketsReceived: number;
  readonly framesDecoded: number;
  /** bit/s; null where the browser does not tell (Firefox). */
  readonly availableOutgoingBitrate: number | null;
  /** Kinds of the tracks that are being sent. */
  readonly sending: readonly string[];
  /** rids of the camera's layers that send now, with their frame heights. */
  readonly layers: readonly { readonly rid: string; readonly active: boolean; readonly height: number }[];
}

/** Runs in the page. */
export async function mediaStats(): Promise<MediaStats> {
  const peer = window.__peers.findLast((one) => one.connectionState !== 'closed');
  if (peer === undefined) {
    return {
      connection: 'none',
      audioPacketsSent: 0,
      videoPacketsSent: 0,
      audioPacketsReceived: 0,
      videoPacketsReceived: 0,
      framesDecoded: 0,
      availableOutgoingBitrate: null,
      sending: [],
      layers: [],
    };
  }
  const entries: Record<string, unknown>[] = [];
  for (const entry of (await peer.getStats()).values()) entries.push(entry as Record<string, unknown>);
  const sum = (type: string, kind: string, key: string): number =>
    entries
      .filter((entry) => entry['type'] === type && entry['kind'] === kind)
      .reduce((total, entry) => total + Number(entry[key] ?? 0), 0);
  const pair = entries.find((entry) => entry['type'] === 'candidate-pair' && entry['nominated'] === true);
  const bitrate = pair?.['availableOutgoingBitrate'];
  return {
    connection: peer.connectionState,
    audioPacketsSent: sum('outbound-rtp', 'audio', 'packetsSent'),
    videoPacketsSent: sum('outbound-rtp', 'video', 'packetsSent'),
    audioPacketsReceived: sum('inbound-rtp', 'audio', 'packetsReceived'),
    videoPacketsReceived: sum('inbound-rtp', 'video', 'packetsReceived'),
    framesDecoded: sum('inbound-rtp', 'video', 'framesDecoded'),
    availableOutgoingBitrate: typeof bitrate === 'number' ? bitrate : null,
    sending: peer.getSenders().flatMap((sender) => (sender.track === null ? [] : [sender.track.kind])),
    layers: entries
      .filter((entry) => entry['type'] === 'outbound-rtp' && entry['kind'] === 'video' && 'rid' in entry)
      .map((entry) => ({
        rid: String(entry['rid']),
        active: entry['active'] !== false,
        height: Number(entry['frameHeight'] ?? 0),
      })),
  };
}
