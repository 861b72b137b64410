/**
 * What of a candidate is used. A relayed one would be no direct path, and TCP between two browsers finds none that UDP
 * does not. RTCP has no component of its own (RFC 5761), though Firefox looks for one until it has the answer.
 */
export function isDirectCandidate(candidate: string): boolean {
  return /^candidate:\S+ 1 udp .* typ (host|srflx|prflx)\b/i.test(candidate);
}

/** Candidates come one by one, where they are counted and looked at. */
export function withoutCandidates(sdp: string): string {
  return sdp.replace(/^a=(candidate:.*|end-of-candidates)\r?\n/gm, '');
}

/**
 * The servers that tell a browser its own address: a TURN server does so too, without a relay (RFC 8656 section 3).
 * Over UDP alone, because the answer is to be of use for UDP.
 */
export function stunServers(servers: readonly RTCIceServer[]): RTCIceServer[] {
  const urls = servers
    .flatMap((server) => server.urls)
    .filter((url) => /^(stun|turn):/i.test(url) && !/transport=tcp/i.test(url))
    .map((url) => url.replace(/^turn:/i, 'stun:').replace(/\?.*$/, ''));
  return urls.length === 0 ? [] : [{ urls: [...new Set(urls)] }];
}
