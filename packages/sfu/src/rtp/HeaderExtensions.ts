/** The header extensions that we understand, by their negotiated ids (`a=extmap`, RFC 8285); 0 or absent: not negotiated. */
export interface ExtensionIds {
  readonly mid?: number;
  readonly rid?: number;
  readonly repairedRid?: number;
  readonly audioLevel?: number;
  readonly transportSequence?: number;
  readonly absoluteSendTime?: number;
  readonly dependencyDescriptor?: number;
}

/** `a=extmap` URIs, RFC 9143, 8852, 6464 and the drafts that browsers implement. */
export const EXTENSION_URIS = {
  mid: 'urn:ietf:params:rtp-hdrext:sdes:mid',
  rid: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id',
  repairedRid: 'urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id',
  audioLevel: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  transportSequence: 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  absoluteSendTime: 'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  dependencyDescriptor:
    'https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension',
} as const satisfies Record<keyof ExtensionIds, string>;

export const EXTENSION = {
  none: 0,
  mid: 1,
  rid: 2,
  repairedRid: 3,
  audioLevel: 4,
  transportSequence: 5,
  absoluteSendTime: 6,
  dependencyDescriptor: 7,
} as const;

/** id → which extension it is. One table a peer: ids are the same on all lines of a bundle (RFC 9143, section 9.1). */
export class ExtensionTable {
  readonly kinds = new Uint8Array(256);

  constructor(ids: ExtensionIds) {
    for (const name of Object.keys(EXTENSION_URIS) as (keyof ExtensionIds)[]) {
      const id = ids[name] ?? 0;
      if (id > 0 && id < 256) this.kinds[id] = EXTENSION[name];
    }
  }
}
