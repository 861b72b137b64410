import type { LinkFor, ProviderChoice } from '@conclave/protocol';
import { SIGN_ON_ROUTES } from '@conclave/protocol';
import { beforeEach, expect, test, vi } from 'vitest';
import { invitedWay } from './invitedWay.ts';

const staff = { id: 'a', name: 'Staff', preset: 'generic' } as unknown as ProviderChoice;
const partners = { id: 'b', name: 'Partners', preset: 'generic' } as unknown as ProviderChoice;
const link: LinkFor = { purpose: 'invitation', email: 'grace@example.org', name: 'Grace' };

/** What the service answers; what is undefined cannot be had. */
const answers = new Map<unknown, unknown>();
vi.mock('../../../api/call.ts', () => ({
  call: async (route: unknown) => {
    const answer = answers.get(route);
    if (answer === undefined) throw new Error('cannot be had');
    return answer;
  },
}));
beforeEach(() => {
  answers.clear();
  answers.set(SIGN_ON_ROUTES.listSignOn, { providers: [staff, partners], ssoOnly: true });
  answers.set(SIGN_ON_ROUTES.routeSignOn, { provider: partners });
});

test('whoever is invited where passwords are off is led to the provider of their address', async () => {
  expect(await invitedWay(link)).toEqual({
    kind: 'provider',
    providers: [staff, partners],
    meant: partners,
  });
});

test('and chooses a password once when the provider has left open whether the account is theirs', async () => {
  answers.set(SIGN_ON_ROUTES.pendingLink, { provider: 'Staff', email: 'Grace@example.org' });
  expect(await invitedWay(link)).toEqual({ kind: 'prove' });
  answers.set(SIGN_ON_ROUTES.pendingLink, { provider: 'Staff', email: 'ada@example.org' });
  expect(await invitedWay(link)).toMatchObject({ kind: 'provider' });
});

test('where passwords are allowed, or it cannot be known, there is a password to choose', async () => {
  answers.set(SIGN_ON_ROUTES.listSignOn, { providers: [staff], ssoOnly: false });
  expect(await invitedWay(link)).toEqual({ kind: 'password' });
  answers.clear();
  expect(await invitedWay(link)).toEqual({ kind: 'password' });
});

test('an owner who forgot the password chooses another, whatever the ways in are', async () => {
  expect(await invitedWay({ ...link, purpose: 'reset' })).toEqual({ kind: 'password' });
});
