import { BlockList, isIP, isIPv6 } from 'node:net';
import { parseArgs } from 'node:util';
import type { Config } from '@conclave/server';
import type { CoturnOptions } from './coturnFiles.ts';

export const usage = `npm run coturn:config -- --listen ADDRESS --certificate FILE --key FILE [more]

  --listen ADDRESS      an address of coturn's machine; once for IPv4, once for IPv6
  --relay ADDRESS       where packets to the media server leave from (default: the same)
  --peer ADDRESS        the media server (default: media.announcedAddresses or media.bindAddress)
  --certificate FILE    TLS certificate of coturn's name, in PEM, on coturn's machine
  --key FILE            its key
  --port PORT           TURN over UDP and TCP (default 3478)
  --tls-port PORT       TURN over TLS (default 443)
  --into FOLDER         where the files are written (default: .)
`;

/** What cannot be done as asked, for people. */
export class Refused extends Error {}

export interface Asked {
  readonly into: string;
  readonly options: CoturnOptions;
}

/** Puts together what was asked for and what Conclave is configured with. @throws Refused. */
export function readOptions(args: readonly string[], config: Config): Asked {
  const { values } = parse(args);
  const { turn, media, http, policyPins } = config;
  if (turn === null || turn.access.kind !== 'shared-secret') {
    throw new Refused(
      'Set turn.urls and turn.secret first (CONCLAVE_TURN_SECRET; `openssl rand -base64 32` makes a good one).',
    );
  }
  const listen = (values.listen ?? []).map((each) => address('--listen', each));
  const peers = peersOf(values.peer, media).map(peer);
  if (listen.length === 0) throw new Refused('Say --listen.');
  if (values.certificate === undefined || values.key === undefined)
    throw new Refused('Say --certificate and --key: without TLS on port 443 the relay is of little use.');
  return {
    into: values.into ?? '.',
    options: {
      realm: new URL(http.publicOrigin ?? 'http://localhost').hostname,
      secret: oneLine('turn.secret', turn.access.secret.reveal()),
      listen,
      relays: values.relay?.map((each) => address('--relay', each)) ?? listen,
      port: port('--port', values.port ?? '3478'),
      tlsPort: port('--tls-port', values['tls-port'] ?? '443'),
      certificate: oneLine('--certificate', values.certificate),
      key: oneLine('--key', values.key),
      peers,
      firstMediaPort: media.udpPort,
      lastMediaPort: media.udpPort + media.workers - 1,
      answersStrangers:
        policyPins.directPath?.mode === 'enforced' && policyPins.directPath.value === 'allowed',
    },
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const texts = { type: 'string', multiple: true } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        listen: texts,
        relay: texts,
        peer: texts,
        certificate: text,
        key: text,
        port: text,
        'tls-port': text,
        into: text,
      },
    });
  } catch (cause) {
    throw new Refused(cause instanceof Error ? cause.message : String(cause));
  }
}

function peersOf(asked: readonly string[] | undefined, media: Config['media']): readonly string[] {
  const { announcedAddresses, bindAddress } = media;
  if (asked !== undefined) return asked;
  if (announcedAddresses.length > 0) return announcedAddresses;
  if (bindAddress !== undefined) return [bindAddress];
  throw new Refused('Say --peer, or set media.announcedAddresses: the relay has to know the media server.');
}

/** Where a relay must lead on no account, even if it was asked for: this machine, groups, links, mapped forms. */
const never = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  never.ipv4.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  never.ipv6.addSubnet(network, prefix, 'ipv6');

function peer(text: string): string {
  const found = address('--peer', text);
  const family = isIPv6(found) ? 'ipv6' : 'ipv4';
  // Each family by itself: a list of both takes every IPv4 address for a mapped one.
  if (never[family].check(found, family)) throw new Refused(`The relay must not lead to ${found}.`);
  return found;
}

function address(name: string, text: string): string {
  if (isIP(text) === 0 || text.includes('%')) throw new Refused(`${name} ${text} is no address.`);
  return text;
}

function port(name: string, text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 65_535) throw new Refused(`${name} ${text} is no port.`);
  return number;
}

/** coturn's files are made of lines, and spaces around a value are not part of it. */
function oneLine(name: string, text: string): string {
  if (!/^[\x21-\x7e]+( [\x21-\x7e]+)*$/.test(text))
    throw new Refused(`${name} must be one line of plain text.`);
  return text;
}
