import type { RtpPacket } from '../rtp/RtpPacket.ts';

/** A send line of the offer, as negotiated. */
export interface BinderLine {
  readonly mid: string;
  /** The simulcast rids; empty without simulcast. */
  readonly rids: readonly string[];
  readonly rtxPayloadTypes: readonly number[];
  /** From `a=ssrc` and `a=ssrc-group:FID`, where the offer has them. */
  readonly declared?: readonly { readonly ssrc: number; readonly repair: boolean }[];
}

/** What an SSRC carries. The object stays the same for as long as the SSRC does. */
export interface Binding {
  readonly ssrc: number;
  readonly mid: string;
  readonly rid: string | null;
  /** A retransmission stream of that line and rid. */
  readonly repair: boolean;
}

/**
 * Finds out what an SSRC carries: mid and rid ride only on a stream's first packets (RFC 8852, 9143), so the first sight
 * counts, be it media or a probe on an RTX stream. Each line, rid and kind has one SSRC, the newest; so the table cannot
 * grow beyond what was negotiated, however many SSRCs come.
 */
export class StreamBinder {
  readonly #lines = new Map<string, BinderLine>();
  readonly #bindings = new Map<number, Binding>();

  constructor(lines: readonly BinderLine[]) {
    for (const line of lines) {
      this.#lines.set(line.mid, line);
      if (line.rids.length > 0) continue;
      for (const { ssrc, repair } of (line.declared ?? []).slice(0, 2))
        this.#take({ ssrc, mid: line.mid, rid: null, repair });
    }
  }

  get size(): number {
    return this.#bindings.size;
  }

  /** The binding of a known SSRC. */
  get(ssrc: number): Binding | null {
    return this.#bindings.get(ssrc) ?? null;
  }

  /** The stream that a repair binding repairs, or the other way round; null when its SSRC is not known yet. */
  partner(binding: Binding): Binding | null {
    for (const other of this.#bindings.values())
      if (other.mid === binding.mid && other.rid === binding.rid && other.repair !== binding.repair)
        return other;
    return null;
  }

  /** What the packet belongs to; null: unknown, drop it. */
  bind(packet: RtpPacket): Binding | null {
    return this.#bindings.get(packet.ssrc) ?? this.#learn(packet);
  }

  #learn(packet: RtpPacket): Binding | null {
    const { mid } = packet;
    const line = mid === null ? undefined : this.#lines.get(mid);
    if (line === undefined) return null;
    const { ssrc } = packet;
    const repair = packet.repairedRid !== null || line.rtxPayloadTypes.includes(packet.payloadType);
    if (line.rids.length === 0) return this.#take({ ssrc, mid: line.mid, rid: null, repair });
    const rid = repair ? (packet.repairedRid ?? packet.rid) : packet.rid;
    if (rid === null || !line.rids.includes(rid)) return null;
    return this.#take({ ssrc, mid: line.mid, rid, repair });
  }

  #take(binding: Binding): Binding {
    for (const [ssrc, other] of this.#bindings)
      if (other.mid === binding.mid && other.rid === binding.rid && other.repair === binding.repair)
        this.#bindings.delete(ssrc);
    this.#bindings.set(binding.ssrc, binding);
    return binding;
  }
}
