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
