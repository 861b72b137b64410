import type { LineUse, OfferLine } from '../control/media.ts';
import { EXTENSION_URIS, type ExtensionIds } from '../rtp/HeaderExtensions.ts';
import type { RemoteParameters } from '../transport/parameters.ts';
import { chooseCodecs, type NegotiatedCodec } from './codecs.ts';
import { chooseExtensions } from './extensions.ts';
import { must } from './OfferError.ts';
import { type OfferedMedia, type ParsedOffer, parseOffer } from './ParsedOffer.ts';
import { USES } from './uses.ts';

/** One media line as both ends will use it. `direction` is the client's. */
export interface NegotiatedLine {
  readonly mid: string;
  readonly use: LineUse;
  readonly kind: 'audio' | 'video';
  readonly direction: 'sendonly' | 'recvonly';
  /** All that both ends know, in the order of the offer; at least one. */
  readonly codecs: readonly NegotiatedCodec[];
  readonly extensions: ExtensionIds;
  /** Simulcast layers (RFC 8853), lowest first; empty when the line has one stream. */
  readonly rids: readonly string[];
  /** Header extensions of both forms may be mixed on the line (RFC 8285, section 6). */
  readonly mixedExtensions: boolean;
}

export interface Negotiation {
  readonly remote: RemoteParameters;
  /** In the order of the offer. */
  readonly lines: readonly NegotiatedLine[];
}

const LAYERS = ['q', 'h', 'f'];

/**
 * Checks a browser's offer against the lines that the client declares, and chooses what is used of it.
 * Deny by default: a line that is not declared, or not what it is declared as, spoils the whole offer.
 * Throws OfferError.
 */
export function negotiate(sdp: string, declared: readonly OfferLine[]): Negotiation {
  const offer = parseOffer(sdp);
  must(offer.media.length === declared.length, 'the offer has other lines than are declared');
  const uses = new Map(declared.map(({ mid, use }) => [mid, use]));
  must(uses.size === declared.length, 'a line is declared twice');
  checkCounts(declared);
  const seen = new Set<string>();
  const lines = offer.media.map((media) => {
    const use = media.mid === undefined ? undefined : uses.get(media.mid);
    must(media.mid !== undefined && use !== undefined, 'a line of the offer is not declared');
    must(!seen.has(media.mid), 'two lines with one mid');
    seen.add(media.mid);
    return negotiateLine(media, media.mid, use, offer.extmapAllowMixed !== undefined);
  });
  checkBundle(offer, seen);
  checkAgreement(lines);
  return { remote: transportOf(offer), lines };
}

function checkCounts(declared: readonly OfferLine[]): void {
  const counts = new Map<LineUse, number>();
  for (const { use } of declared) {
    const count = (counts.get(use) ?? 0) + 1;
    must(count <= USES[use].most, `too many lines for ${use}`);
    counts.set(use, count);
  }
}

function negotiateLine(media: OfferedMedia, mid: string, use: LineUse, mixed: boolean): NegotiatedLine {
  const { kind, direction } = USES[use];
  must(media.type === kind, `a line for ${use} is not ${kind}`);
  must(media.direction === direction, `a line for ${use} is not ${direction}`);
  must(media.protocol === 'UDP/TLS/RTP/SAVPF', 'a line that is not DTLS-SRTP with feedback');
  // Port 0 rejects a line, except when it is only offered inside the bundle (RFC 9143, section 6).
  must(media.port !== 0 || media.bundleOnly !== undefined, 'a rejected line');
  must(media.rtcpMux !== undefined, 'a line without rtcp-mux');
  const mixedExtensions = mixed || media.extmapAllowMixed !== undefined;
  const extensions = chooseExtensions(media, use, mixedExtensions);
  return {
    mid,
    use,
    kind,
    direction,
    codecs: chooseCodecs(media, use, extensions),
    extensions,
    rids: use === 'camera' ? simulcastRids(media, extensions) : [],
    mixedExtensions,
  };
}

/** `a=simulcast:send q;h;f`, with a known layer in each place and no alternatives. */
function simulcastRids(media: OfferedMedia, extensions: ExtensionIds): string[] {
  if (media.simulcast === undefined) return [];
  const { dir1, list1 } = media.simulcast;
  must(dir1 === 'send', 'simulcast that is not sent');
  const rids = list1.split(';').map((rid) => rid.replace(/^~/, ''));
  must(rids.length <= LAYERS.length && new Set(rids).size === rids.length, 'simulcast with strange layers');
  must(
    rids.every(
      (rid) => LAYERS.includes(rid) && media.rids.some((r) => r.id === rid && r.direction === 'send'),
    ),
    'simulcast with unknown layers',
  );
  must(
    extensions.mid !== undefined && extensions.rid !== undefined,
    'simulcast without mid and rid extensions',
  );
  return LAYERS.filter((layer) => rids.includes(layer));
}

function checkBundle(offer: ParsedOffer, mids: ReadonlySet<string>): void {
  const bundle = offer.groups.find(({ type }) => type === 'BUNDLE')?.mids.split(' ') ?? [];
  must(bundle.length === mids.size && bundle.every((mid) => mids.has(mid)), 'not all lines are bundled');
}

/** Inside a bundle a payload type and an extension id mean the same on every line (RFC 9143, section 9). */
function checkAgreement(lines: readonly NegotiatedLine[]): void {
  const payloadTypes = new Map<number, string>();
  const extensions = new Map<number, string>();
  const agree = (map: Map<number, string>, id: number | null, meaning: string): void => {
    if (id === null) return;
    must((map.get(id) ?? meaning) === meaning, 'one number means two things in the bundle');
    map.set(id, meaning);
  };
  for (const { codecs, extensions: ids } of lines) {
    for (const { payloadType, rtxPayloadType, name } of codecs) {
      agree(payloadTypes, payloadType, name);
      agree(payloadTypes, rtxPayloadType, `rtx of ${payloadType}`);
    }
    for (const [name, id] of Object.entries(ids))
      agree(extensions, id, EXTENSION_URIS[name as keyof ExtensionIds]);
  }
}

/** ICE and DTLS parameters of the bundle: those of its first line, else of the session. */
function transportOf(offer: ParsedOffer): RemoteParameters {
  const [first] = offer.media;
  const iceUfrag = first?.iceUfrag ?? offer.iceUfrag ?? '';
  const icePwd = first?.icePwd ?? offer.icePwd ?? '';
  const fingerprint = first?.fingerprint ?? offer.fingerprint;
  const setup = first?.setup ?? offer.setup;
  // RFC 8839, section 5.4: at least 24 and 128 bits of base64 characters.
  must(/^[A-Za-z0-9+/]{4,256}$/.test(iceUfrag), 'no valid ice-ufrag');
  must(/^[A-Za-z0-9+/]{22,256}$/.test(icePwd), 'no valid ice-pwd');
  must(fingerprint?.type.toLowerCase() === 'sha-256', 'no SHA-256 fingerprint');
  const hash = fingerprint.hash.toUpperCase();
  must(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/.test(hash), 'no valid fingerprint');
  must(setup === 'actpass' || setup === 'active', 'the browser does not open the DTLS connection');
  return { iceUfrag, icePwd, fingerprint: hash };
}
