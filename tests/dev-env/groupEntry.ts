import { randomBytes } from 'node:crypto';

/** Any bytes: to the server a KeyPackage is no more than that. */
export function anyKeyPackage(): string {
  return randomBytes(300).toString('base64url');
}

/** What everybody who joins brings for the group, another one each time. */
export function groupEntry(): { participantId: string; keyPackage: string } {
  return { participantId: randomBytes(12).toString('base64url'), keyPackage: anyKeyPackage() };
}
