import type { OWN_ACCOUNT_ROUTES } from '@conclave/protocol';
import type { Context } from '../../context.ts';
import { changePassword } from '../../features/accounts/changePassword.ts';
import { askForReset, checkLink, useLink } from '../../features/accounts/links.ts';
import { changeProfile } from '../../features/accounts/me.ts';
import { removePassword } from '../../features/accounts/removePassword.ts';
import {
  listSessions,
  renameSession,
  revokeOtherSessions,
  revokeSession,
} from '../../features/accounts/sessions.ts';
import { answerSignIn } from './answerSignIn.ts';
import type { HandlersOf } from './types.ts';

export function createOwnAccountHandlers(context: Context): HandlersOf<typeof OWN_ACCOUNT_ROUTES> {
  const { accountsPorts: accounts, log } = context;
  return {
    listSessions: async ({ caller }) => ({ sessions: await listSessions(accounts, caller) }),
    async renameSession({ caller, params, body }) {
      await renameSession(accounts, caller, params.id, body.name);
      return undefined;
    },
    async revokeSession({ caller, params, setSession }) {
      await revokeSession(accounts, caller, params.id);
      if (params.id === caller.sessionId) setSession(null);
      return undefined;
    },
    async revokeOtherSessions({ caller }) {
      await revokeOtherSessions(accounts, caller);
      return undefined;
    },
    changeProfile: ({ caller, body }) => changeProfile(accounts, caller, body),
    async changePassword({ caller, body, address }) {
      await changePassword(accounts, caller, body, address);
      return undefined;
    },
    async removePassword({ caller, body, address }) {
      await removePassword(accounts, caller, body, address);
      return undefined;
    },
    async askForReset({ body, address, from }) {
      const { done } = await askForReset(accounts, body.email, address, from);
      context.background.add(
        done.catch((fault: unknown) => log.error({ fault }, 'a link for a new password could not be sent')),
      );
      return undefined;
    },
    checkLink: ({ body, address }) => checkLink(accounts, body.token, address),
    async useLink({ body, address, from, ...cookies }) {
      return answerSignIn(await useLink(accounts, body, address, from), cookies);
    },
  };
}
