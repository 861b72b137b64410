/** The offer cannot be answered. The message names the rule that it breaks and quotes nothing of it. */
export class OfferError extends Error {
  readonly code = 'offer_invalid';

  constructor(message: string) {
    super(message);
    this.name = 'OfferError';
  }
}

/** Throws unless the offer keeps the rule. */
export function must(condition: boolean, message: string): asserts condition {
  if (!condition) throw new OfferError(message);
}
