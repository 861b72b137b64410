import { readFileSync } from 'node:fs';
import { isIPv6 } from 'node:net';

export interface CoturnOptions {
  readonly realm: string;
  readonly secret: string;
  /** Addresses of coturn's machine; packets to the media server leave from `relays`. */
  readonly listen: readonly string[];
  readonly relays: readonly string[];
  readonly port: number;
  readonly tlsPort: number;
  /** Files in PEM, on coturn's machine. */
  readonly certificate: string;
  readonly key: string;
  /** The media server: the only place that is relayed to. */
  readonly peers: readonly string[];
  readonly firstMediaPort: number;
  readonly lastMediaPort: number;
  /** Browsers that talk directly learn their own addresses from it (STUN, RFC 8489). */
  readonly answersStrangers: boolean;
}

const bindingRequests = {
  refused: [
    '# A binding request without a name and password is not answered: this is no public STUN server, nor an amplifier.',
    'secure-stun',
  ],
  answered: [
    '# Binding requests are answered without a name and password: browsers that talk directly learn their own addresses',
    '# by them, and know no other way to ask. The answer is little longer than the question.',
  ],
} as const;

/** Relay ports, above those that Linux gives to other programs. */
const minPort = 61_000;
const maxPort = 65_535;

/** @returns coturn's configuration. @throws when a value would break out of its line. */
export function turnserverConf(options: CoturnOptions): string {
  const { realm, secret, listen, relays, port, tlsPort, certificate, key, peers } = options;
  return fill('turnserver.conf', {
    realm,
    secret,
    port: `${port}`,
    tlsPort: `${tlsPort}`,
    certificate,
    key,
    bindingRequests: bindingRequests[options.answersStrangers ? 'answered' : 'refused'].join('\n'),
    minPort: `${minPort}`,
    maxPort: `${maxPort}`,
    listeningIps: lines(listen, (address) => `listening-ip=${address}`),
    relayIps: lines(relays, (address) => `relay-ip=${address}`),
    allowedPeers: lines(peers, (address) => `allowed-peer-ip=${address}`),
  });
}

/** @returns nftables rules that hold the relay ports to the media server's addresses and ports. */
export function firewallRules({ peers, firstMediaPort, lastMediaPort }: CoturnOptions): string {
  const media = firstMediaPort === lastMediaPort ? `${firstMediaPort}` : `${firstMediaPort}-${lastMediaPort}`;
  const relay = `${minPort}-${maxPort}`;
  const family = (address: string) => (isIPv6(address) ? 'ip6' : 'ip');
  return fill('conclave-turn.nft', {
    minPort: `${minPort}`,
    maxPort: `${maxPort}`,
    leaving: lines(
      peers,
      (address) => `    udp sport ${relay} ${family(address)} daddr ${address} udp dport ${media} accept`,
    ),
    arriving: lines(
      peers,
      (address) => `    udp dport ${relay} ${family(address)} saddr ${address} udp sport ${media} accept`,
    ),
  });
}

function fill(name: string, values: Readonly<Record<string, string>>): string {
  const template = readFileSync(new URL(`../../deploy/coturn/${name}.template`, import.meta.url), 'utf8');
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`${name} asks for ${key}`);
    return value;
  });
}

function lines(values: readonly string[], line: (value: string) => string): string {
  return values.map(line).join('\n');
}
