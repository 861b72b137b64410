import { randomBytes } from 'node:crypto';

/** Any bytes: to the server a KeyPackage is no more than that. */
export function anyKeyPackage(): string {
  return randomBytes(300).toString('base64url');
}

/** What everybody brings who joins without an invitation, with other ids and bytes each time. */
export function groupEntry(): { participantId: string; keyPackage: string; invitation: null } {
  const participantId = randomBytes(12).toString('base64url');
  return { participantId, keyPackage: anyKeyPackage(), invitation: null };
}
