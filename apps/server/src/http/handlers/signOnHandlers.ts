import { ConclaveError, type SIGN_ON_ROUTES } from '@conclave/protocol';
import type { Context } from '../../context.ts';
import { changePolicy } from '../../features/policy/changePolicy.ts';
import { beginSignOn } from '../../features/sign-on/begin.ts';
import { choiceOfDomain, choices } from '../../features/sign-on/choices.ts';
import { confirmLink, listIdentities, pendingLink, unlink } from '../../features/sign-on/link.ts';
import {
  changeProvider,
  createProvider,
  removeProvider,
  signOnOverview,
} from '../../features/sign-on/manageProviders.ts';
import { dropPending, takeFactor } from '../../features/sign-on/pending.ts';
import { anyProvider, usableProvider } from '../../features/sign-on/providers.ts';
import {
  createScimToken,
  revokeScimToken,
  scimOverview,
  setScimSettings,
} from '../../features/sign-on/scim/tokens.ts';
import { signOnTokenIn } from '../../features/sign-on/signOnToken.ts';
import { testResult } from '../../features/sign-on/testResult.ts';
import type { HandlersOf } from './types.ts';

export function createSignOnHandlers({ signOnPorts: ports }: Context): HandlersOf<typeof SIGN_ON_ROUTES> {
  return {
    listSignOn: () => choices(ports),
    routeSignOn: ({ query }) => choiceOfDomain(ports, query.domain),
    async beginSignOn({ params, body, address, setSignOn }) {
      const provider = await usableProvider(ports, params.id);
      const asked = { purpose: 'sign-in', accountId: null, returnTo: body.returnTo } as const;
      const { url, token } = await beginSignOn(ports, provider, asked, address);
      setSignOn(token);
      return { url };
    },
    async signOnFactor({ from, setSignOn }) {
      setSignOn(null);
      return takeFactor(ports, signOnTokenIn(from.cookieHeader));
    },
    pendingLink: ({ from }) => pendingLink(ports, signOnTokenIn(from.cookieHeader)),
    async confirmLink({ caller, from, setSignOn }) {
      setSignOn(null);
      await confirmLink(ports, caller.accountId, signOnTokenIn(from.cookieHeader));
      return undefined;
    },
    async dropLink({ from, setSignOn }) {
      setSignOn(null);
      await dropPending(ports, signOnTokenIn(from.cookieHeader));
      return undefined;
    },

    listIdentities: ({ caller }) => listIdentities(ports, caller.accountId),
    async beginLink({ caller, params, body, address, setSignOn }) {
      const provider = await usableProvider(ports, params.id);
      const asked = { purpose: 'link', accountId: caller.accountId, returnTo: body.returnTo } as const;
      const { url, token } = await beginSignOn(ports, provider, asked, address);
      setSignOn(token);
      return { url };
    },
    async unlinkIdentity({ caller, params }) {
      await unlink(ports, caller.accountId, params.id);
      return undefined;
    },

    signOnOverview: ({ caller }) => signOnOverview(ports, caller),
    createProvider: ({ caller, body }) => createProvider(ports, caller, body),
    changeProvider: ({ caller, params, body }) => changeProvider(ports, caller, params.id, body),
    async deleteProvider({ caller, params }) {
      await removeProvider(ports, caller, params.id);
      return undefined;
    },
    async testProvider({ caller, params, body, address, setSignOn }) {
      const provider = await anyProvider(ports, params.id);
      const asked = { purpose: 'test', accountId: caller.accountId, returnTo: body.returnTo } as const;
      const { url, token } = await beginSignOn(ports, provider, asked, address);
      setSignOn(token);
      return { url };
    },
    async testResult({ caller, from, setSignOn }) {
      setSignOn(null);
      return testResult(ports, caller.accountId, signOnTokenIn(from.cookieHeader));
    },
    async setSsoOnly({ caller, body }) {
      if (!caller.permissions.has('policy.manage')) throw new ConclaveError('auth.forbidden');
      const { accounts } = ports;
      const { version } = accounts.policy.state;
      const changes = { signOn: body.ssoOnly ? 'sso-only' : 'password-and-sso' } as const;
      await changePolicy(accounts, caller, { version, changes });
      return undefined;
    },

    scimOverview: () => scimOverview(ports),
    createScimToken: ({ caller, body }) => createScimToken(ports, caller, body),
    async revokeScimToken({ caller, params }) {
      await revokeScimToken(ports, caller, params.id);
      return undefined;
    },
    async setScimSettings({ caller, body }) {
      await setScimSettings(ports, caller, body);
      return undefined;
    },
  };
}
