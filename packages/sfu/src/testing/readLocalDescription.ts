import type { HostCandidate, LocalParameters } from '../transport/parameters.ts';

/** Reads the parameters of a transport out of a description. Throws when something that an answer needs is missing. */
export function readLocalDescription(sdp: string): LocalParameters {
  const lines = sdp.split(/\r?\n/);
  const value = (name: string): string => {
    const prefix = `a=${name}:`;
    const line = lines.find((l) => l.startsWith(prefix));
    if (line === undefined) throw new Error(`local description without ${name}`);
    return line.slice(prefix.length);
  };
  const fingerprint = /^sha-256 ([0-9A-F:]+)$/i.exec(value('fingerprint'))?.[1];
  if (fingerprint === undefined) throw new Error('local fingerprint is not SHA-256');
  return {
    iceUfrag: value('ice-ufrag'),
    icePwd: value('ice-pwd'),
    fingerprint: fingerprint.toUpperCase(),
    setup: value('setup') === 'active' ? 'active' : 'passive',
    candidates: lines.flatMap(readHostCandidate),
  };
}

function readHostCandidate(line: string): HostCandidate[] {
  const found = /^a=candidate:(\S+) 1 UDP (\d+) (\S+) (\d+) typ host/i.exec(line);
  if (!found) return [];
  const [, foundation = '1', priority, address = '', port] = found;
  return [{ transport: 'udp', foundation, priority: Number(priority), address, port: Number(port) }];
}
