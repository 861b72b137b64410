import { EXTENSION_URIS, type ExtensionIds } from '../rtp/HeaderExtensions.ts';
import type { HostCandidate, LocalParameters } from '../transport/parameters.ts';
import type { NegotiatedCodec } from './codecs.ts';
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
    // RFC 8445, section 2.5: we are always reachable, and only answer checks.
    icelite: 'ice-lite',
    groups: [{ type: 'BUNDLE', mids: negotiation.lines.map(({ mid }) => mid).join(' ') }],
    msidSemantic: { semantic: 'WMS', token: '*' },
    media: negotiation.lines.map((line, index) => ({
      ...answerLine(line, options),
      ...(index === 0 ? candidateLines(options.candidates) : {}),
    })),
  });
}

function answerLine(line: NegotiatedLine, options: AnswerOptions): Record<string, unknown> {
  const { local } = options;
  return {
    type: line.kind,
    port: 9,
    protocol: 'UDP/TLS/RTP/SAVPF',
    payloads: line.codecs.flatMap(payloadTypesOf).join(' '),
    connection: { version: 4, ip: '0.0.0.0' },
    iceUfrag: local.iceUfrag,
    icePwd: local.icePwd,
    fingerprint: { type: 'sha-256', hash: local.fingerprint },
    setup: local.setup,
    mid: line.mid,
    direction: line.direction === 'sendonly' ? 'recvonly' : 'sendonly',
    rtcpMux: 'rtcp-mux',
    rtcpRsize: 'rtcp-rsize',
    ...(line.mixedExtensions ? { extmapAllowMixed: 'extmap-allow-mixed' } : {}),
    ext: Object.entries(line.extensions).map(([name, value]) => ({
      value,
      uri: EXTENSION_URIS[name as keyof ExtensionIds],
    })),
    rtp: line.codecs.flatMap(formats),
    fmtp: line.codecs.flatMap(formatParameters),
    rtcpFb: line.codecs.flatMap(feedbackLines),
    ...simulcastLines(line),
    ...streamLines(line, options),
  };
}

function payloadTypesOf({ payloadType, rtxPayloadType }: NegotiatedCodec): number[] {
  return rtxPayloadType === null ? [payloadType] : [payloadType, rtxPayloadType];
}

function formats({ name, payloadType, rtxPayloadType, clockRate, channels }: NegotiatedCodec) {
  return [
    {
      payload: payloadType,
      codec: name,
      rate: clockRate,
      ...(channels === null ? {} : { encoding: channels }),
    },
    ...(rtxPayloadType === null ? [] : [{ payload: rtxPayloadType, codec: 'rtx', rate: clockRate }]),
  ];
}

function formatParameters({ payloadType, rtxPayloadType, fmtp }: NegotiatedCodec) {
  return [
    ...(fmtp === null ? [] : [{ payload: payloadType, config: fmtp }]),
    ...(rtxPayloadType === null ? [] : [{ payload: rtxPayloadType, config: `apt=${payloadType}` }]),
  ];
}

function feedbackLines({ payloadType, feedback }: NegotiatedCodec) {
  return feedback.map((entry) => {
    const [type, subtype] = entry.split(' ');
    return { payload: payloadType, type, ...(subtype === undefined ? {} : { subtype }) };
  });
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
    candidates: candidates.map(({ transport, foundation, priority, address, port }) => ({
      foundation,
      component: 1,
      transport,
      priority,
      ip: address,
      port,
      type: 'host',
      ...(transport === 'tcp' ? { tcptype: 'passive' } : {}),
    })),
    endOfCandidates: 'end-of-candidates',
  };
}
