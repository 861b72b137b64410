import type { PasskeyAssertion, PasskeyRequest, SignInAnswer } from '@conclave/protocol';

/** What offering passkeys in the field for the address takes: the browser, and the service. */
export interface PasskeyOffer {
  isAvailable(): Promise<boolean>;
  /** A question with a challenge of its own, which is good for `timeout` ms. */
  ask(): Promise<PasskeyRequest>;
  /** Resolves when the person picks one, which may take as long as it likes. */
  answer(request: PasskeyRequest, signal: AbortSignal): Promise<PasskeyAssertion>;
  signIn(assertion: PasskeyAssertion): Promise<SignInAnswer>;
  onSignedIn(answer: SignInAnswer): void;
  /** A passkey was picked and refused. */
  onProblem(error: unknown): void;
}

/** How long before it is over a challenge is replaced: enough to pick a passkey and be recognised, ms. */
const spareMs = 60_000;

/**
 * Offers the passkeys of this browser where the address is typed (conditional mediation), until `stop`. It says nothing where there are
 * none, or where the browser or the service does not want to: there is the button. Resolves when it is over.
 */
export async function offerPasskeys(offer: PasskeyOffer, stop: AbortSignal): Promise<void> {
  if (!(await offer.isAvailable().catch(() => false))) return;
  while (!stop.aborted) {
    const assertion = await waitForOne(offer, stop);
    if (stop.aborted || assertion === 'given-up') return;
    if (assertion === 'over') continue;
    try {
      const answer = await offer.signIn(assertion);
      if (!stop.aborted) offer.onSignedIn(answer);
      return;
    } catch (error) {
      if (!stop.aborted) offer.onProblem(error);
    }
  }
}

/** `over`: nobody has picked one, and the challenge is not good for much longer. */
async function waitForOne(
  offer: PasskeyOffer,
  stop: AbortSignal,
): Promise<PasskeyAssertion | 'over' | 'given-up'> {
  let over: AbortSignal | null = null;
  try {
    const request = await offer.ask();
    over = AbortSignal.timeout(Math.max(spareMs, request.timeout - spareMs));
    return await offer.answer(request, AbortSignal.any([stop, over]));
  } catch {
    return over?.aborted === true ? 'over' : 'given-up';
  }
}
