/** Sends a text message to a phone. */
export interface SmsPort {
  /** @param to E.164. @throws SmsFault when the gateway did not take it */
  send(to: string, text: string): Promise<void>;
}

/** Why a message was not taken: an HTTP status, or nothing that answered. Neither number nor text. */
export class SmsFault extends Error {
  override readonly name = 'SmsFault';
  readonly code: string;

  constructor(code: string) {
    super('the SMS gateway did not take a message');
    this.code = code;
  }
}
