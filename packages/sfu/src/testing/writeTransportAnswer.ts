import type { LocalParameters } from '../transport/parameters.ts';

/** What an answer says about a transport, and nothing of its lines, for a `MediaPeer` that is to reach it at `port`. */
export function writeTransportAnswer(
  { iceUfrag, icePwd, fingerprint, setup }: LocalParameters,
  port: number,
  address = '127.0.0.1',
): string {
  return [
    `a=ice-ufrag:${iceUfrag}`,
    `a=ice-pwd:${icePwd}`,
    `a=fingerprint:sha-256 ${fingerprint}`,
    `a=setup:${setup}`,
    `a=candidate:1 1 UDP 2122317823 ${address} ${port} typ host`,
    '',
  ].join('\r\n');
}
