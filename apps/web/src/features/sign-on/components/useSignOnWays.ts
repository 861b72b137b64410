import { type ProviderChoice, SIGN_ON_ROUTES, type SignOnChoices } from '@conclave/protocol';
import { useEffect, useState } from 'react';
import { call } from '../../../api/call.ts';
import { domainOf } from '../model/domainOf.ts';

/** The providers that there are, and the one that belongs to the address which is being typed. */
export interface SignOnWays {
  /** Null until it is known, and when it cannot be had: then there are passwords. */
  readonly choices: SignOnChoices | null;
  readonly routed: ProviderChoice | null;
  /** Asks at once which one belongs to the address, for who does not wait. Null: none, or it cannot be had. */
  readonly route: () => Promise<ProviderChoice | null>;
}

/** Typing goes on for this long before the server is asked, ms. */
const restMs = 300;

export function useSignOnWays(email: string): SignOnWays {
  const [choices, setChoices] = useState<SignOnChoices | null>(null);
  const [routed, setRouted] = useState<ProviderChoice | null>(null);
  const domain = domainOf(email);
  const any = (choices?.providers.length ?? 0) > 0;
  useEffect(() => {
    let current = true;
    call(SIGN_ON_ROUTES.listSignOn).then(
      (found) => current && setChoices(found),
      () => {},
    );
    return () => {
      current = false;
    };
  }, []);
  useEffect(() => {
    setRouted(null);
    if (domain === null || !any) return;
    let current = true;
    const timer = setTimeout(() => {
      call(SIGN_ON_ROUTES.routeSignOn, { query: { domain } }).then(
        ({ provider }) => current && setRouted(provider),
        () => {},
      );
    }, restMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [domain, any]);
  const route = async () => {
    if (domain === null) return null;
    return call(SIGN_ON_ROUTES.routeSignOn, { query: { domain } }).then(
      ({ provider }) => provider,
      () => null,
    );
  };
  return { choices, routed, route };
}
