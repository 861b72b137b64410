import type {
  PasskeyAssertion,
  PasskeyAttestation,
  PasskeyCreation,
  PasskeyRequest,
} from '@conclave/protocol';

/** Why a browser gave no passkey. `cancelled` also stands for one that it does not have: browsers do not tell. */
export class PasskeyProblem extends Error {
  override readonly name = 'PasskeyProblem';
  readonly reason: 'cancelled' | 'exists' | 'unsupported';

  constructor(reason: PasskeyProblem['reason'], cause: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

/** Passkeys are bound to a host's name: a service that is reached by its address has none. */
export function browserHasPasskeys(): boolean {
  const isAddress = /^[\d.]+$|^\[/.test(location.hostname);
  return typeof window.PublicKeyCredential === 'function' && !isAddress;
}

/** Makes a passkey. @throws PasskeyProblem */
export async function createPasskey(options: PasskeyCreation): Promise<PasskeyAttestation> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  return startRegistration({ optionsJSON: mutable(options) }).catch(rethrow);
}

/** Answers with a passkey that the person has. @throws PasskeyProblem */
export async function answerWithPasskey(options: PasskeyRequest): Promise<PasskeyAssertion> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  return startAuthentication({ optionsJSON: mutable(options) }).catch(rethrow);
}

/** Whether the browser offers passkeys among what it fills in (Web Authentication Level 3, section 5.1.7). */
export async function browserOffersPasskeys(): Promise<boolean> {
  if (!browserHasPasskeys()) return false;
  return (await window.PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false;
}

/**
 * Answers with a passkey that the person picks in the field for their address, whenever that is.
 * @throws PasskeyProblem, `cancelled` also when `signal` says so or another question to the browser has taken its place
 */
export async function answerFromField(
  options: PasskeyRequest,
  signal: AbortSignal,
): Promise<PasskeyAssertion> {
  const { startAuthentication, WebAuthnAbortService } = await import('@simplewebauthn/browser');
  if (signal.aborted) throw new PasskeyProblem('cancelled', signal.reason);
  const cancel = () => WebAuthnAbortService.cancelCeremony();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await startAuthentication({ optionsJSON: mutable(options), useBrowserAutofill: true });
  } catch (fault) {
    return rethrow(fault);
  } finally {
    // From here on what runs is not ours to end.
    signal.removeEventListener('abort', cancel);
  }
}

/** The names of exceptions are those of the standard (Web Authentication Level 3, sections 5.1.3 and 5.1.4). */
function rethrow(fault: unknown): never {
  const name = fault instanceof Error ? fault.name : '';
  if (name === 'InvalidStateError') throw new PasskeyProblem('exists', fault);
  if (name === 'NotAllowedError' || name === 'AbortError') throw new PasskeyProblem('cancelled', fault);
  throw new PasskeyProblem('unsupported', fault);
}

/** The library's types know nothing of readonly, and of transports only those of its day. */
function mutable<T>(options: T): never {
  return structuredClone(options) as never;
}
