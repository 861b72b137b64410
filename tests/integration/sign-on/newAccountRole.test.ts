import type { Account, RoleId } from '@conclave/protocol';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { changePolicy } from '../policy/changePolicy.ts';
import { bootSignOn, oidcInput, type SignOnWorld, signOn, whoIs } from './bootSignOn.ts';

let world: SignOnWorld;
beforeAll(async () => {
  world = await bootSignOn();
});
afterAll(async () => world[Symbol.asyncDispose]());
beforeEach(async () => {
  await changePolicy(world.owner, { newAccountRole: 'member' });
});

async function comesFirst(sub: string, more: object = {}): Promise<Account | null> {
  const email = `${sub}@example.org`;
  world.real.signsIn = { sub, email, email_verified: true, name: sub, ...more };
  return whoIs((await signOn(world, world.provider.id)).client);
}

test('who signs on first has no role beyond the policy’s, whatever the provider’s default is', async () => {
  expect(await comesFirst('one')).toMatchObject({ role: 'member' });
  await changePolicy(world.owner, { newAccountRole: 'organiser' });
  expect(await comesFirst('two')).toMatchObject({ role: 'organiser' });
  expect(await comesFirst('one')).toMatchObject({ role: 'member' });
});

test('a rule of the provider gives its role nevertheless, and who loses it gets no more than the policy’s', async () => {
  const roleRules = [{ claim: 'groups', value: 'staff', role: 'auditor' as RoleId }];
  const input = oidcInput(world.real, { roleRules, clientSecret: null });
  const params = { id: world.provider.id };
  expect((await world.owner.call('changeProvider', { params, body: input })).status).toBe(200);
  expect(await comesFirst('three', { groups: ['staff'] })).toMatchObject({ role: 'auditor' });
  expect(await comesFirst('three')).toMatchObject({ role: 'member' });
});

test('and so has whom the directory makes', async () => {
  const settings = { defaultRole: 'organiser', groupRules: [] };
  expect((await world.owner.call('setScimSettings', { body: settings })).status).toBe(204);
  const made = await world.owner.call('createScimToken', { body: { name: 'Directory', provider: null } });
  const { token } = made.body as { token: string };
  const answer = await fetch(`${world.server.origin}/scim/v2/Users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    body: JSON.stringify({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      userName: 'four@example.org',
    }),
  });
  expect(answer.status).toBe(201);
  const { db } = world.server.context.database;
  const row = db.selectFrom('accounts').select('role_id').where('email', '=', 'four@example.org');
  expect(await row.executeTakeFirst()).toEqual({ role_id: 'member' });
});
