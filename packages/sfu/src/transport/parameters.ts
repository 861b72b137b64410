/** What the browser's offer says about its end of the transport (RFC 8839, RFC 8842). */
export interface RemoteParameters {
  readonly iceUfrag: string;
  readonly icePwd: string;
  /** SHA-256, upper-case hexadecimal pairs with colons. */
  readonly fingerprint: string;
}

/** An ICE host candidate of ours (RFC 8839, section 5.1), UDP, component 1. */
export interface HostCandidate {
  readonly foundation: string;
  readonly priority: number;
  readonly address: string;
  readonly port: number;
}

/** What our answer says about our end. */
export interface LocalParameters {
  readonly iceUfrag: string;
  readonly icePwd: string;
  readonly fingerprint: string;
  readonly setup: 'active' | 'passive';
  readonly candidates: readonly HostCandidate[];
}

/**
 * The offer that the transport is given in place of the browser's: one media line only, because
 * libdatachannel hands every packet of the transport to the track of its only line, whatever the SSRC.
 * `sendrecv`, because RTP against a line's direction is dropped there. `setup:active` makes us the DTLS
 * server: then the order of SRTP profiles is ours, AEAD_AES_256_GCM and AEAD_AES_128_GCM before AES-CTR.
 */
export function minimalOffer(remote: RemoteParameters): string {
  return [
    'v=0',
    'o=- 1 1 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'm=video 9 UDP/TLS/RTP/SAVPF 96',
    'c=IN IP4 0.0.0.0',
    'a=mid:0',
    'a=sendrecv',
    'a=rtcp-mux',
    'a=rtpmap:96 VP8/90000',
    `a=ice-ufrag:${remote.iceUfrag}`,
    `a=ice-pwd:${remote.icePwd}`,
    `a=fingerprint:sha-256 ${remote.fingerprint}`,
    'a=setup:active',
    '',
  ].join('\r\n');
}

/** Reads our own answer as the transport wrote it. Throws when something that an answer needs is missing. */
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
  return [{ foundation, priority: Number(priority), address, port: Number(port) }];
}
