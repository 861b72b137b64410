import { DirectoryPage, DirectoryQuery } from './calls.ts';
import { AddContact, Contact, ContactList, ContactParams } from './contacts.ts';
import type { RouteTable } from './route.ts';

/** Whom one calls: the people of the organisation, and one's own list. */
export const CONTACT_ROUTES = {
  searchDirectory: {
    method: 'GET',
    path: '/directory',
    access: 'account',
    query: DirectoryQuery,
    response: DirectoryPage,
  },
  listContacts: { method: 'GET', path: '/contacts', access: 'account', response: ContactList },
  addContact: { method: 'POST', path: '/contacts', access: 'account', body: AddContact, response: Contact },
  /** A link is dead with its contact, and a ring by it over. */
  deleteContact: {
    method: 'DELETE',
    path: '/contacts/:id',
    access: 'account',
    params: ContactParams,
    response: null,
  },
  /** A personal link, by which this contact can call. Another one in place of one that there is, which is dead at once. */
  makeContactLink: {
    method: 'POST',
    path: '/contacts/:id/link',
    access: 'account',
    params: ContactParams,
    response: Contact,
  },
  revokeContactLink: {
    method: 'DELETE',
    path: '/contacts/:id/link',
    access: 'account',
    params: ContactParams,
    response: Contact,
  },
} as const satisfies RouteTable;
