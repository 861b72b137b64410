import {
  ChangePerson,
  Invited,
  InvitePerson,
  MailList,
  PeoplePage,
  PeopleQuery,
  Person,
  PersonParams,
  Role,
  RoleList,
  RoleParams,
  WriteRole,
} from './people.ts';
import type { RouteTable } from './route.ts';

/** Who is here, and what they may do. */
export const PEOPLE_ROUTES = {
  listPeople: {
    method: 'GET',
    path: '/admin/people',
    access: 'people.read',
    query: PeopleQuery,
    response: PeoplePage,
  },
  invitePerson: {
    method: 'POST',
    path: '/admin/people',
    access: 'people.manage',
    stepUp: true,
    body: InvitePerson,
    response: Invited,
  },
  /** Once more, with a new link; the former one ends. */
  inviteAgain: {
    method: 'POST',
    path: '/admin/people/:id/invitation',
    access: 'people.manage',
    stepUp: true,
    params: PersonParams,
    response: Invited,
  },
  changePerson: {
    method: 'PATCH',
    path: '/admin/people/:id',
    access: 'people.manage',
    stepUp: true,
    params: PersonParams,
    body: ChangePerson,
    response: Person,
  },
  /** Everywhere: whoever has their devices has nothing of them any more. */
  signPersonOut: {
    method: 'DELETE',
    path: '/admin/people/:id/sessions',
    access: 'people.manage',
    params: PersonParams,
    response: null,
  },
  listRoles: { method: 'GET', path: '/admin/roles', access: 'people.read', response: RoleList },
  createRole: {
    method: 'POST',
    path: '/admin/roles',
    access: 'roles.manage',
    stepUp: true,
    body: WriteRole,
    response: Role,
  },
  changeRole: {
    method: 'PUT',
    path: '/admin/roles/:id',
    access: 'roles.manage',
    stepUp: true,
    params: RoleParams,
    body: WriteRole,
    response: Role,
  },
  /** One that somebody still has is kept. */
  deleteRole: {
    method: 'DELETE',
    path: '/admin/roles/:id',
    access: 'roles.manage',
    stepUp: true,
    params: RoleParams,
    response: null,
  },
  listMails: { method: 'GET', path: '/admin/mails', access: 'mail.read', response: MailList },
} as const satisfies RouteTable;
