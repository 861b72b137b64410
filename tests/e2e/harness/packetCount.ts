import type { Host } from '../../net/host.ts';
import { runOn } from '../../net/host.ts';

export interface PacketCount {
  /** UDP datagrams of any kind. */
  readonly packets: number;
  readonly bytes: number;
  /** Those that carry picture or sound: RTP, and neither RTCP (RFC 5761 section 4) nor STUN and DTLS (RFC 7983). */
  readonly media: number;
}

interface Counter {
  readonly name: string;
  readonly packets: number;
  readonly bytes: number;
}

const table = 'conclave-count';

/** Counts what arrives on a host over UDP for itself, from now on: media, and what keeps its transports alive. */
export async function countUdp(host: Host): Promise<AsyncDisposable & { read(): Promise<PacketCount> }> {
  await runOn(
    host,
    'nft',
    `table inet ${table} {
      counter datagrams {}
      counter media {}
      chain arriving {
        type filter hook input priority 0; policy accept;
        meta l4proto udp counter name datagrams
        meta l4proto udp @th,64,2 2 @th,72,8 != 192-223 counter name media
      }
    }`,
  );
  return {
    async read() {
      const text = await runOn(host, 'nft', '-j', 'list', 'counters', 'table', 'inet', table);
      const { nftables } = JSON.parse(text) as { nftables: { counter?: Counter }[] };
      const counter = (name: string) => nftables.find((each) => each.counter?.name === name)?.counter;
      const { packets = 0, bytes = 0 } = counter('datagrams') ?? {};
      return { packets, bytes, media: counter('media')?.packets ?? 0 };
    },
    async [Symbol.asyncDispose]() {
      await runOn(host, 'nft', 'delete', 'table', 'inet', table);
    },
  };
}
