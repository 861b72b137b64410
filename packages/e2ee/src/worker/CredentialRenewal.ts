/** So long before the end of a credential another one is due: whoever lets us in again asks for a day. */
const renewalTime = 12 * 60 * 60 * 1_000;
/** A machine that slept may have missed a moment that is far away: the clock is looked at so often, ms. */
const renewalCheck = 10 * 60 * 1_000;

/** A stay that is longer than a credential goes on as another leaf, well before the former one is over. */
export class CredentialRenewal {
  readonly #renew: () => void;
  #notAfter = Number.POSITIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(renew: () => void) {
    this.#renew = renew;
  }

  /** @param notAfter when the credential that we come in with ends, ms since 1970 */
  endsAt(notAfter: number): void {
    this.#notAfter = notAfter;
  }

  watch(): void {
    this.stop();
    const left = this.#notAfter - renewalTime - Date.now();
    this.#timer = setTimeout(() => this.#look(), Math.max(0, Math.min(left, renewalCheck)));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #look(): void {
    if (this.#notAfter - renewalTime > Date.now()) this.watch();
    else this.#renew();
  }
}
