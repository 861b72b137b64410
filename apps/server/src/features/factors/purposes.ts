import type { FactorId, SessionId } from '@conclave/protocol';

/** What a code, or a passkey's answer, is asked for. It is good there alone. */
export type Purpose =
  /** `challenge`: the hash of the token, base64url */
  | { readonly kind: 'second-step'; readonly challenge: string }
  | { readonly kind: 'confirm'; readonly sessionId: SessionId }
  | { readonly kind: 'set-up'; readonly factorId: FactorId };

export function subjectOf(purpose: Purpose): string {
  switch (purpose.kind) {
    case 'second-step':
      return purpose.challenge;
    case 'confirm':
      return purpose.sessionId;
    case 'set-up':
      return purpose.factorId;
  }
}
