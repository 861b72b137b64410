const texts = {
  'malformed-envelope': 'The received frame does not have the form that encrypted frames have.',
  'wrong-source': 'This source does not send frames of this codec.',
} as const;

export type EnvelopeErrorCode = keyof typeof texts;

/** Why a frame is not one of ours. Carries nothing of the frame. */
export class EnvelopeError extends Error {
  override readonly name = 'EnvelopeError';
  readonly code: EnvelopeErrorCode;

  constructor(code: EnvelopeErrorCode) {
    super(texts[code]);
    this.code = code;
  }
}
