import type { LineUse } from '../control/media.ts';
import { EXTENSION_URIS, type ExtensionIds } from '../rtp/HeaderExtensions.ts';
import type { OfferedMedia } from './ParsedOffer.ts';
import { USES } from './uses.ts';

/** Receivers that do not report on transport-wide sequence numbers send REMB, for which they need abs-send-time. */
const WANTED: Readonly<Record<'sendonly' | 'recvonly', readonly (keyof ExtensionIds)[]>> = {
  sendonly: [
    'mid',
    'rid',
    'repairedRid',
    'audioLevel',
    'absoluteSendTime',
    'transportSequence',
    'dependencyDescriptor',
  ],
  recvonly: ['mid', 'absoluteSendTime', 'transportSequence', 'dependencyDescriptor'],
};

/**
 * The offered extensions that we use on a line, those of the one-byte form (ids 1–14, RFC 8285) only.
 * @param mixed both forms may be used on one stream (`extmap-allow-mixed`, RFC 8285, section 6): a Dependency Descriptor
 * with its structure is longer than the one-byte form can say
 */
export function chooseExtensions(media: OfferedMedia, use: LineUse, mixed: boolean): ExtensionIds {
  const { direction } = USES[use];
  const chosen: { -readonly [name in keyof ExtensionIds]: number } = {};
  for (const name of WANTED[direction]) {
    if (name === 'dependencyDescriptor' && !mixed) continue;
    // Numbers of which no feedback comes are of no use.
    if (name === 'transportSequence' && !media.rtcpFb.some(({ type }) => type === 'transport-cc')) continue;
    const found = media.ext.find(
      (e) => e.uri === EXTENSION_URIS[name] && e.value >= 1 && e.value <= 14 && flows(e.direction, direction),
    );
    if (found) chosen[name] = found.value;
  }
  return chosen;
}

/** An extension offered for one direction only (RFC 8285, section 6) must be for that of the line. */
function flows(offered: string | undefined, line: 'sendonly' | 'recvonly'): boolean {
  return offered === undefined || offered === 'sendrecv' || offered === line;
}
