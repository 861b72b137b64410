import type { TestFault } from '@conclave/protocol';

/**
 * Why a SAML answer was refused: a name out of our list, and nothing else. What the library says of it holds words of the answer
 * (issuers, audiences, the provider's messages), which are for no log.
 */
export class SamlFault extends Error {
  override readonly name = 'SamlFault';
  readonly named: TestFault | null;
  /** For the log, which has no messages. */
  readonly code: string;

  constructor(named: TestFault | null) {
    super(named ?? 'the answer was refused');
    this.named = named;
    this.code = named ?? 'unknown';
  }
}
