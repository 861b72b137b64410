import type { Host } from './host.ts';
import { runOn } from './host.ts';

const table = 'conclave-firewall';

/**
 * A firewall before a host, until the result is disposed of: what arrives at its cable and fits none of the rules
 * (nftables expressions) is dropped without a word.
 */
export async function allowOnly(host: Host, rules: readonly string[]): Promise<AsyncDisposable> {
  await runOn(
    host,
    'nft',
    `table inet ${table} {
      chain arriving {
        type filter hook prerouting priority raw; policy accept;
        iifname != "${host.device}" accept
        ${rules.map((rule) => `${rule} accept`).join('\n        ')}
        drop
      }
    }`,
  );
  return {
    [Symbol.asyncDispose]: async () => void (await runOn(host, 'nft', 'delete', 'table', 'inet', table)),
  };
}

/**
 * A public address in front of a private one on the same host: packets to the public one's ports are sent on to the
 * private one, and answers come from the public one (RFC 4787, one-to-one).
 */
export async function translate(host: Host, privateAddress: string, ports: string): Promise<void> {
  await runOn(
    host,
    'nft',
    `table ip conclave-nat {
      chain arriving {
        type nat hook prerouting priority dstnat; policy accept;
        iifname "${host.device}" udp dport ${ports} dnat to ${privateAddress}
        iifname "${host.device}" tcp dport ${ports} dnat to ${privateAddress}
      }
    }`,
  );
}
