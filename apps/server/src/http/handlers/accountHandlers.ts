import type { ACCOUNT_ROUTES } from '@conclave/protocol';
import type { Context } from '../../context.ts';
import { checkOwnerLink } from '../../features/accounts/checkOwnerLink.ts';
import { createOwner } from '../../features/accounts/createOwner.ts';
import { me } from '../../features/accounts/me.ts';
import { signIn } from '../../features/accounts/signIn.ts';
import { signOut } from '../../features/accounts/signOut.ts';
import { answerSignIn } from './answerSignIn.ts';
import type { HandlersOf } from './types.ts';

export function createAccountHandlers({
  accountsPorts: accounts,
}: Context): HandlersOf<typeof ACCOUNT_ROUTES> {
  return {
    me: ({ caller }) => me(accounts, caller),
    async checkOwnerLink({ body, address }) {
      await checkOwnerLink(accounts, body.token, address);
      return undefined;
    },
    async createOwner({ body, address, from, setSession }) {
      const { account, sessionToken } = await createOwner(accounts, body, address, from);
      setSession(sessionToken);
      return account;
    },
    async signIn({ body, address, from, ...cookies }) {
      return answerSignIn(await signIn(accounts, body, address, from), cookies);
    },
    async signOut({ caller, setSession }) {
      await signOut(accounts, caller);
      setSession(null);
      return undefined;
    },
  };
}
