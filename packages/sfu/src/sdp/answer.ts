import { EXTENSION_URIS, type ExtensionIds } from '../rtp/HeaderExtensions.ts';
import type { HostCandidate, LocalParameters } from '../transport/parameters.ts';
import type { NegotiatedLine, Negotiation } from './negotiate.ts';
import { write } from './transform.ts';

/** The streams that we send on a receive line of the client. */
export interface SlotStreams {
  readonly ssrc: number;
  /** null when the line has no retransmission. */
  readonly rtxSsrc: number | null;
}

export interface AnswerOptions {
  readonly negotiation: Negotiation;
  readonly local: LocalParameters;
  readonly candidates: readonly HostCandidate[];
  /** By mid, for every receive line of the client. */
  readonly streams: ReadonlyMap<string, SlotStreams>;
  /** RTCP canonical name, one for the transport: the clock of all that we send is ours. */
  readonly cname: string;
  readonly sessionId: number;
}

/** Our answer to all lines of the browser's offer, all on the one transport. */
export function writeAnswer(options: AnswerOptions): string {
  const { negotiation, sessionId } = options;
  return write({
    version: 0,
    origin: {
      username: '-',
      sessionId,
      sessionVersion: 1,
      netType: 'IN',
      ipVer: 4,
      address: '127.0.0.1',
    },
    name: '-',
    timing: { start: 0, stop: 0 },
    groups: [{ type: 'BUNDLE', mids: negotiation.lines.map(({ mid }) => mid).join(' ') }],
    msidSemantic: { semantic: 'WMS', token: '*' },
    media: negotiation.lines.map((line, index) => ({
      ...answerLine(line, options),
      ...(index === 0 ? candidateLines(options.candidates) : {}),
    })),
  });
}

function answerLine(line: NegotiatedLine, options: AnswerOptions): Record<string, unknown> {
  const { codec } = line;
  const { local } = options;
  const rtx = codec.rtxPayloadType;
  return {
    type: line.kind,
    port: 9,
    protocol: 'UDP/TLS/RTP/SAVPF',
    payloads: rtx === null ? String(codec.payloadType) : `${codec.payloadType} ${rtx}`,
    connection: { version: 4, ip: '0.0.0.0' },
    iceUfrag: local.iceUfrag,
    icePwd: local.icePwd,
    fingerprint: { type: 'sha-256', hash: local.fingerprint },
    setup: local.setup,
    mid: line.mid,
    direction: line.direction === 'sendonly' ? 'recvonly' : 'sendonly',
    rtcpMux: 'rtcp-mux',
    rtcpRsize: 'rtcp-rsize',
    ext: Object.entries(line.extensions).map(([name, value]) => ({
      value,
      uri: EXTENSION_URIS[name as keyof ExtensionIds],
    })),
    rtp: [
      {
        payload: codec.payloadType,
        codec: codec.name,
        rate: codec.clockRate,
        ...(codec.channels === null ? {} : { encoding: codec.channels }),
      },
      ...(rtx === null ? [] : [{ payload: rtx, codec: 'rtx', rate: codec.clockRate }]),
    ],
    fmtp: [
      ...(codec.fmtp === null ? [] : [{ payload: codec.payloadType, config: codec.fmtp }]),
      ...(rtx === null ? [] : [{ payload: rtx, config: `apt=${codec.payloadType}` }]),
    ],
    rtcpFb: codec.feedback.map((entry) => {
      const [type, subtype] = entry.split(' ');
      return { payload: codec.payloadType, type, ...(subtype === undefined ? {} : { subtype }) };
    }),
    ...simulcastLines(line),
    ...streamLines(line, options),
  };
}

function simulcastLines({ rids }: NegotiatedLine): Record<string, unknown> {
  if (rids.length === 0) return {};
  return {
    rids: rids.map((id) => ({ id, direction: 'recv' })),
    simulcast: { dir1: 'recv', list1: rids.join(';') },
  };
}

/** Our SSRCs on a line that we send on (RFC 5576), its RTX stream grouped with it. */
function streamLines(line: NegotiatedLine, { streams, cname }: AnswerOptions): Record<string, unknown> {
  const found = streams.get(line.mid);
  if (found === undefined) return {};
  const { ssrc, rtxSsrc } = found;
  // Picture and sound of the shared screen are one stream and so in step; every other slot stands alone.
  const stream = line.use.startsWith('screen') ? 'screen' : `slot-${line.mid}`;
  const ids = rtxSsrc === null ? [ssrc] : [ssrc, rtxSsrc];
  return {
    msid: [{ id: stream, appdata: `track-${line.mid}` }],
    ...(rtxSsrc === null ? {} : { ssrcGroups: [{ semantics: 'FID', ssrcs: `${ssrc} ${rtxSsrc}` }] }),
    ssrcs: ids.map((id) => ({ id, attribute: 'cname', value: cname })),
  };
}

function candidateLines(candidates: readonly HostCandidate[]): Record<string, unknown> {
  return {
    candidates: candidates.map(({ foundation, priority, address, port }) => ({
      foundation,
      component: 1,
      transport: 'udp',
      priority,
      ip: address,
      port,
      type: 'host',
    })),
    endOfCandidates: 'end-of-candidates',
  };
}
