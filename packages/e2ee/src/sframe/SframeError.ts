const texts = {
  'malformed-header': 'This is not an SFrame header.',
  truncated: 'The SFrame ciphertext is cut short.',
  'too-large': 'The frame is larger than any frame may be.',
  'unknown-key': 'There is no key for this key id: its epoch has not come yet or is over.',
  'unknown-sender': 'The key id names nobody who may send in its epoch.',
  replayed: 'This frame was received before.',
  'too-old': 'The frame is so old that a replay could not be told from it.',
  unauthentic: 'The frame is not what its sender encrypted.',
  'counter-exhausted': 'This key has encrypted as many frames as it may. Move to the next epoch.',
  'key-dropped': 'The key is no longer in use.',
  'stale-epoch': 'An epoch can be taken in once, after those before it.',
  'invalid-key': 'The base key has the wrong length for this cipher suite.',
  'invalid-kid': 'Epoch, leaf index and context do not fit into a key id.',
} as const;

export type SframeErrorCode = keyof typeof texts;

/** Why something was not encrypted or not decrypted. Carries no key and nothing of the frame. */
export class SframeError extends Error {
  override readonly name = 'SframeError';
  readonly code: SframeErrorCode;

  constructor(code: SframeErrorCode) {
    super(texts[code]);
    this.code = code;
  }
}
