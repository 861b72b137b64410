import type { PEOPLE_ROUTES } from '@conclave/protocol';
import type { Context } from '../../context.ts';
import { endSessionsOf } from '../../features/accounts/endSession.ts';
import { listMails } from '../../features/mail/listMails.ts';
import { changePerson } from '../../features/people/changePerson.ts';
import { inviteAgain, invitePerson } from '../../features/people/invitePerson.ts';
import { listPeople } from '../../features/people/listPeople.ts';
import { findManaged } from '../../features/people/manage.ts';
import { changeRole, createRole, deleteRole, listRoles } from '../../features/people/roles.ts';
import type { HandlersOf } from './types.ts';

export function createPeopleHandlers({ accountsPorts: accounts }: Context): HandlersOf<typeof PEOPLE_ROUTES> {
  return {
    listPeople: ({ query }) => listPeople(accounts, query),
    invitePerson: ({ caller, body }) => invitePerson(accounts, caller, body),
    inviteAgain: ({ caller, params }) => inviteAgain(accounts, caller, params.id),
    changePerson: ({ caller, params, body }) => changePerson(accounts, caller, params.id, body),
    async signPersonOut({ caller, params }) {
      const { id } = await findManaged(accounts.db, caller, params.id);
      await endSessionsOf(accounts, id, 'revoked');
      return undefined;
    },
    listRoles: async () => ({ roles: await listRoles(accounts) }),
    createRole: ({ caller, body }) => createRole(accounts, caller, body),
    changeRole: ({ caller, params, body }) => changeRole(accounts, caller, params.id, body),
    async deleteRole({ caller, params }) {
      await deleteRole(accounts, caller, params.id);
      return undefined;
    },
    listMails: ({ caller }) => listMails(accounts, caller),
  };
}
