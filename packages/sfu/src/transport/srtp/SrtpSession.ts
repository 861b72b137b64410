import { isRtcp } from '../../rtp/parseRtp.ts';
import { PACKET_BYTES, type PacketMemory } from '../native/PacketMemory.ts';
import { CounterModeProtection } from './CounterModeProtection.ts';
import { GcmProtection } from './GcmProtection.ts';
import { type PacketProtection, REFUSED, RTCP_HEADER } from './PacketProtection.ts';
import { packetIndex } from './packetIndex.ts';
import type { SrtpProfile } from './profiles.ts';
import { ReplayWindow } from './ReplayWindow.ts';
import { type MasterKey, sessionKeys } from './sessionKeys.ts';

export interface SrtpKeys {
  readonly profile: SrtpProfile;
  /** What we send is protected with this one. */
  readonly local: MasterKey;
  readonly remote: MasterKey;
}

/** RFC 3711, section 9.2: no key may protect more packets. At 100,000 a second it takes 89 years, and 5 hours. */
const MOST_RTP = 2 ** 48 - 1;
const MOST_RTCP = 2 ** 31 - 1;
const RTP_HEADER = 12;
/** SSRCs that are taken of one peer: a browser has some ten, and each is remembered as long as the session lives. */
const MOST_SOURCES = 1_000;

/** One SSRC in one direction. */
interface Stream {
  highest: number;
  readonly window: ReplayWindow;
}

/**
 * SRTP and SRTCP of one transport, both ways, any number of SSRCs; packets lie in memory that is given. State is kept
 * only of SSRCs that have sent something genuine.
 */
export class SrtpSession implements Disposable {
  readonly #outgoing: PacketProtection;
  readonly #incoming: PacketProtection;
  readonly #sent = new Map<number, Stream>();
  /** Of what was sent last: mostly the same is sent next, and a look-up costs as much as a cipher's set-up. */
  #sentLast: Stream | null = null;
  #ssrcLast = -1;
  #rtcpSent = 0;
  readonly #received = new Map<number, Stream>();
  readonly #receivedRtcp = new Map<number, ReplayWindow>();

  constructor({ profile, local, remote }: SrtpKeys) {
    const make = (master: MasterKey, encrypts: boolean): PacketProtection => {
      const [rtp, rtcp] = [sessionKeys(master, 'rtp'), sessionKeys(master, 'rtcp')];
      return profile.aead ? new GcmProtection(rtp, rtcp, encrypts) : new CounterModeProtection(rtp, rtcp);
    };
    this.#outgoing = make(local, true);
    this.#incoming = make(remote, false);
  }

  /**
   * Protects the RTP or RTCP packet that lies in `packet`. An RTP packet whose number was used already, or is so old
   * that nobody can tell, is refused: two packets under one number give AES-GCM's authentication key away (RFC 7714,
   * section 8), and senders have a say in how we number.
   * @param repeats it was sent before and is the same to the last bit, which the caller vouches for
   * @returns its new length; `REFUSED` also for what is no packet, or too long
   */
  protect(packet: PacketMemory, length: number, repeats = false): number {
    const { bytes } = packet;
    if (length > PACKET_BYTES) return REFUSED;
    if (isRtcp(bytes)) {
      if (length < RTCP_HEADER || this.#rtcpSent >= MOST_RTCP) return REFUSED;
      this.#rtcpSent += 1;
      return this.#outgoing.protectRtcp(packet, length, bytes.readUInt32BE(4), this.#rtcpSent);
    }
    const headerLength = rtpHeaderLength(bytes, length);
    if (headerLength === REFUSED) return REFUSED;
    const ssrc = bytes.readUInt32BE(8);
    const known = ssrc === this.#ssrcLast ? this.#sentLast : (this.#sent.get(ssrc) ?? null);
    const stream = known ?? newStream();
    const index = packetIndex(stream.highest, bytes.readUInt16BE(2));
    if (index > MOST_RTP || stream.window.isNew(index) === repeats) return REFUSED;
    if (known === null) this.#sent.set(ssrc, stream);
    this.#sentLast = stream;
    this.#ssrcLast = ssrc;
    if (!repeats) note(stream, index);
    return this.#outgoing.protectRtp(packet, length, headerLength, ssrc, index);
  }

  /** The other way. `REFUSED` also for what has come before. */
  unprotect(packet: PacketMemory, length: number): number {
    if (length > PACKET_BYTES) return REFUSED;
    return isRtcp(packet.bytes) ? this.#unprotectRtcp(packet, length) : this.#unprotectRtp(packet, length);
  }

  [Symbol.dispose](): void {
    this.#outgoing[Symbol.dispose]();
    this.#incoming[Symbol.dispose]();
  }

  #unprotectRtp(packet: PacketMemory, length: number): number {
    const { bytes } = packet;
    const headerLength = rtpHeaderLength(bytes, length);
    if (headerLength === REFUSED) return REFUSED;
    const ssrc = bytes.readUInt32BE(8);
    const known = this.#received.get(ssrc);
    const index = packetIndex(known?.highest ?? -1, bytes.readUInt16BE(2));
    if (known?.window.isNew(index) === false) return REFUSED;
    if (known === undefined && this.#received.size >= MOST_SOURCES) return REFUSED;
    const opened = this.#incoming.unprotectRtp(packet, length, headerLength, ssrc, index);
    if (opened === REFUSED) return REFUSED;
    const stream = known ?? newStream();
    if (known === undefined) this.#received.set(ssrc, stream);
    note(stream, index);
    return opened;
  }

  #unprotectRtcp(packet: PacketMemory, length: number): number {
    if (length > PACKET_BYTES) return REFUSED;
    const index = this.#incoming.rtcpIndex(packet, length);
    if (index === REFUSED) return REFUSED;
    const ssrc = packet.bytes.readUInt32BE(4);
    const known = this.#receivedRtcp.get(ssrc);
    if (known?.isNew(index) === false) return REFUSED;
    if (known === undefined && this.#receivedRtcp.size >= MOST_SOURCES) return REFUSED;
    const opened = this.#incoming.unprotectRtcp(packet, length, ssrc, index);
    if (opened === REFUSED) return REFUSED;
    const window = known ?? new ReplayWindow();
    if (known === undefined) this.#receivedRtcp.set(ssrc, window);
    window.add(index);
    return opened;
  }
}

function newStream(): Stream {
  return { highest: -1, window: new ReplayWindow() };
}

function note(stream: Stream, index: number): void {
  stream.window.add(index);
  if (index > stream.highest) stream.highest = index;
}

/** All that is not encrypted: fixed header, contributing sources, extension. `REFUSED` when it is longer than the packet. */
function rtpHeaderLength(bytes: Buffer, length: number): number {
  if (length < RTP_HEADER) return REFUSED;
  const first = bytes[0] ?? 0;
  if (first >> 6 !== 2) return REFUSED;
  let header = RTP_HEADER + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    if (header + 4 > length) return REFUSED;
    header += 4 + bytes.readUInt16BE(header + 2) * 4;
  }
  return header > length ? REFUSED : header;
}
