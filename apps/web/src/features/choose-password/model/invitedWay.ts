import { type LinkFor, type ProviderChoice, SIGN_ON_ROUTES } from '@conclave/protocol';
import { call } from '../../../api/call.ts';
import { domainOf } from '../../sign-on/model/domainOf.ts';
import { providerMeant } from '../../sign-on/model/providerMeant.ts';

/**
 * How whoever has a link gets in. `prove`: passwords are off, but they have come from a provider that does not vouch for them by
 * itself, and show once, by a password, that the invitation is theirs.
 */
export type InvitedWay =
  | { readonly kind: 'password' | 'prove' }
  | {
      readonly kind: 'provider';
      readonly providers: readonly ProviderChoice[];
      readonly meant: ProviderChoice | null;
    };

/** What cannot be had counts as not being there: the service refuses a password where there is none to choose. */
export async function invitedWay({ purpose, email }: LinkFor): Promise<InvitedWay> {
  if (purpose !== 'invitation') return { kind: 'password' };
  const choices = await call(SIGN_ON_ROUTES.listSignOn).catch(() => null);
  if (choices?.ssoOnly !== true) return { kind: 'password' };
  const pending = await call(SIGN_ON_ROUTES.pendingLink).catch(() => null);
  if (pending?.email.toLowerCase() === email.toLowerCase()) return { kind: 'prove' };
  const domain = domainOf(email);
  const routed =
    domain === null
      ? null
      : await call(SIGN_ON_ROUTES.routeSignOn, { query: { domain } }).then(
          ({ provider }) => provider,
          () => null,
        );
  const { providers } = choices;
  return { kind: 'provider', providers, meant: providerMeant(providers, routed) };
}
