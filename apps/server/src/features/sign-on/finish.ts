import { ConclaveError, type ErrorCode, type ProviderId, type TestFault } from '@conclave/protocol';
import type { SignInFrom } from '../accounts/startSession.ts';
import { completeSignOn } from './complete.ts';
import { link } from './link.ts';
import { finishOidc } from './oidc/finish.ts';
import {
  findPendingOf,
  keepPending,
  type Pending,
  type StateOf,
  storeAnswer,
  takePendingOf,
  wasAnsweredHere,
} from './pending.ts';
import type { ExternalPerson } from './person.ts';
import type { SignOnPorts } from './ports.ts';
import { anyProvider, isOidc, isSaml, type KnownProvider } from './providers.ts';
import { refused as refusedSaml } from './saml/explain.ts';
import { finishSaml } from './saml/finish.ts';
import { keepTestFault } from './saml/keepTestFault.ts';
import { testFaultOf } from './testFault.ts';

/** What a sign-on has come to. The page that the browser goes to next is for http to say. */
export type Finished =
  | {
      readonly kind: 'signed-in';
      readonly sessionToken: string;
      readonly deviceToken: string;
      readonly returnTo: string;
    }
  | { readonly kind: 'factor'; readonly token: string }
  | { readonly kind: 'to-link'; readonly token: string }
  | { readonly kind: 'linked'; readonly returnTo: string }
  | { readonly kind: 'tested'; readonly token: string; readonly returnTo: string }
  /** `fault` is for the log. `stillWaits`: nothing was used up, and the browser's sign-on may yet be finished. */
  | {
      readonly kind: 'refused';
      readonly code: ErrorCode;
      readonly returnTo: string;
      readonly fault: unknown;
      readonly stillWaits: boolean;
      /** For whoever was testing. */
      readonly testFault: TestFault | null;
    };

/** The browser that has come back. */
export interface ComesBack {
  /** What its cookie for sign-ons carries. */
  readonly token: string | null;
  readonly address: string;
  readonly from: SignInFrom;
}

type Waiting = StateOf<'asked'> | StateOf<'answered'> | StateOf<'test-refused'>;

/** OpenID Connect's callback. The waiting sign-on is used up first, whatever comes of it. */
export function finishFromCallback(
  ports: SignOnPorts,
  providerId: ProviderId,
  query: string,
  browser: ComesBack,
): Promise<Finished> {
  return finishPending(ports, providerId, browser, async (provider, state) => {
    if (state.step !== 'asked' || state.checks === null || !isOidc(provider)) {
      throw new ConclaveError('sign_on.failed');
    }
    return finishOidc(ports, provider, state.checks, query);
  });
}

/**
 * After SAML's answer: the browser that brought it (`answer` is what it was given for it) must be the one that began, by its cookie.
 * Coming without the right token uses nothing up: another site could send the browser here too early.
 */
export async function finishAfterAnswer(
  ports: SignOnPorts,
  providerId: ProviderId,
  answer: string | null,
  browser: ComesBack,
): Promise<Finished> {
  const waiting = await findPendingOf(ports, browser.token);
  if (waiting !== null && !wasAnsweredHere(waiting.state, answer)) {
    const fault = new ConclaveError('sign_on.failed');
    return refused(ports, providerId, fault, { returnTo: '/sign-in', stillWaits: true });
  }
  return finishPending(ports, providerId, browser, async (_provider, state) => {
    if (!wasAnsweredHere(state, answer)) throw new ConclaveError('sign_on.failed');
    if (state.step === 'test-refused') throw refusedSaml(state.fault);
    return state.person;
  });
}

/**
 * SAML's answer, brought by a form of another site, with which browsers send no cookie. Gives the token that the same browser goes on
 * with: that it knows the request does not show that it began it. An answer to a test that is refused is one to go on with too: why is
 * told to the browser that has the token and began it.
 * @throws ConclaveError sign_on.failed
 */
export async function takeSamlAnswer(
  ports: SignOnPorts,
  providerId: ProviderId,
  samlResponse: string,
): Promise<string> {
  try {
    const provider = await anyProvider(ports, providerId);
    if (!isSaml(provider)) throw new ConclaveError('sign_on.failed');
    const { person, asked } = await finishSaml(ports, provider, samlResponse);
    const answer = await storeAnswer(ports, asked, person);
    if (answer === null) throw new ConclaveError('sign_on.failed');
    return answer;
  } catch (fault) {
    const answer = await keepTestFault(ports, providerId, samlResponse, fault);
    if (answer !== null) return answer;
    ports.emit({ event: 'sign_on.refused', providerId, code: codeOf(fault) });
    throw fault;
  }
}

async function finishPending(
  ports: SignOnPorts,
  providerId: ProviderId,
  browser: ComesBack,
  whoIsIt: (provider: KnownProvider, state: Waiting) => Promise<ExternalPerson>,
): Promise<Finished> {
  let returnTo = '/sign-in';
  let testing = false;
  try {
    const pending = await takePendingOf(ports, browser.token);
    const state = waitingIn(pending, providerId);
    if (state.purpose !== 'sign-in') returnTo = state.returnTo;
    testing = state.purpose === 'test';
    const provider = await anyProvider(ports, providerId);
    // One that is still to be switched on may be tested.
    if (!provider.row.enabled && state.purpose !== 'test') throw new ConclaveError('sign_on.failed');
    return await goOn(ports, provider, state, await whoIsIt(provider, state), browser);
  } catch (fault) {
    const testFault = testing ? testFaultOf(fault) : null;
    return refused(ports, providerId, fault, { returnTo, testFault });
  }
}

function refused(
  ports: SignOnPorts,
  providerId: ProviderId,
  fault: unknown,
  end: { readonly returnTo: string; readonly stillWaits?: boolean; readonly testFault?: TestFault | null },
): Finished {
  const code = codeOf(fault);
  ports.emit({ event: 'sign_on.refused', providerId, code });
  return { kind: 'refused', code, fault, stillWaits: false, testFault: null, ...end };
}

/** An answer of one provider to the question of another is refused (mix-up, RFC 9700 section 4.4). */
function waitingIn({ row, state }: Pending, providerId: ProviderId): Waiting {
  if (row.provider_id !== providerId) throw new ConclaveError('sign_on.failed');
  if (state.step !== 'asked' && state.step !== 'answered' && state.step !== 'test-refused') {
    throw new ConclaveError('sign_on.failed');
  }
  return state;
}

async function goOn(
  ports: SignOnPorts,
  provider: KnownProvider,
  { purpose, accountId, returnTo }: Waiting,
  person: ExternalPerson,
  browser: ComesBack,
): Promise<Finished> {
  if (purpose === 'sign-in') return completeSignOn(ports, provider, person, returnTo, browser);
  if (accountId === null) throw new ConclaveError('sign_on.failed');
  if (purpose === 'test') {
    const state = { step: 'tested', accountId, person } as const;
    return { kind: 'tested', token: await keepPending(ports, provider.row.id, state), returnTo };
  }
  await link(ports, provider, accountId, person);
  return { kind: 'linked', returnTo };
}

function codeOf(fault: unknown): ErrorCode {
  return fault instanceof ConclaveError ? fault.code : 'server.internal';
}
