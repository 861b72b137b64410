import { ConclaveError, type ErrorCode, type ProviderId } from '@conclave/protocol';
import type { SignInFrom } from '../accounts/startSession.ts';
import { completeSignOn } from './complete.ts';
import { link } from './link.ts';
import { finishOidc } from './oidc/finish.ts';
import { keepPending, type Pending, type StateOf, storeAnswer, takePendingOf } from './pending.ts';
import type { ExternalPerson } from './person.ts';
import type { SignOnPorts } from './ports.ts';
import { anyProvider, isOidc, isSaml, type KnownProvider } from './providers.ts';
import { finishSaml } from './saml/finish.ts';

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
  /** `fault` is for the log. */
  | {
      readonly kind: 'refused';
      readonly code: ErrorCode;
      readonly returnTo: string;
      readonly fault: unknown;
    };

/** The browser that has come back. */
export interface ComesBack {
  /** What its cookie for sign-ons carries. */
  readonly token: string | null;
  readonly address: string;
  readonly from: SignInFrom;
}

type Waiting = StateOf<'asked'> | StateOf<'answered'>;

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

/** After SAML's answer: the same browser, with its cookie now. */
export function finishAfterAnswer(
  ports: SignOnPorts,
  providerId: ProviderId,
  browser: ComesBack,
): Promise<Finished> {
  return finishPending(ports, providerId, browser, async (_provider, state) => {
    if (state.step !== 'answered') throw new ConclaveError('sign_on.failed');
    return state.person;
  });
}

/** SAML's answer, brought by a form of another site, with which browsers send no cookie. @throws ConclaveError sign_on.failed */
export async function takeSamlAnswer(
  ports: SignOnPorts,
  providerId: ProviderId,
  samlResponse: string,
): Promise<void> {
  try {
    const provider = await anyProvider(ports, providerId);
    if (!isSaml(provider)) throw new ConclaveError('sign_on.failed');
    const { person, asked } = await finishSaml(ports, provider, samlResponse);
    if (!(await storeAnswer(ports, asked, person))) throw new ConclaveError('sign_on.failed');
  } catch (fault) {
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
  try {
    const pending = await takePendingOf(ports, browser.token);
    const state = waitingIn(pending, providerId);
    if (state.purpose !== 'sign-in') returnTo = state.returnTo;
    const provider = await anyProvider(ports, providerId);
    // One that is still to be switched on may be tested.
    if (!provider.row.enabled && state.purpose !== 'test') throw new ConclaveError('sign_on.failed');
    return await goOn(ports, provider, state, await whoIsIt(provider, state), browser);
  } catch (fault) {
    const code = codeOf(fault);
    ports.emit({ event: 'sign_on.refused', providerId, code });
    return { kind: 'refused', code, returnTo, fault };
  }
}

/** An answer of one provider to the question of another is refused (mix-up, RFC 9700 section 4.4). */
function waitingIn({ row, state }: Pending, providerId: ProviderId): Waiting {
  if (row.provider_id !== providerId) throw new ConclaveError('sign_on.failed');
  if (state.step !== 'asked' && state.step !== 'answered') throw new ConclaveError('sign_on.failed');
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
