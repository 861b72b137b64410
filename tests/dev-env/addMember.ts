import { randomUUID } from 'node:crypto';
import type { RoleId } from '@conclave/protocol';
import type { RunningServer } from '@conclave/server';
import { ApiClient } from './ApiClient.ts';
import { OWNER } from './people.ts';

/** Somebody with an account who is not the owner, signed in: straight into the database, without an invitation. */
export async function addMember(
  server: RunningServer,
  role: RoleId = 'organiser',
): Promise<{ readonly client: ApiClient; readonly accountId: string; readonly email: string }> {
  const { db, passwords } = server.context.accountsPorts;
  const accountId = randomUUID();
  const email = `${accountId}@example.org`;
  await db
    .insertInto('accounts')
    .values({
      id: accountId as never,
      email,
      name: 'Grace Hopper',
      role_id: role,
      password_hash: await passwords.hash(OWNER.password),
      created_at: new Date(),
    })
    .execute();
  const client = new ApiClient(server.origin);
  const answer = await client.call('signIn', { body: { email, password: OWNER.password } });
  if (answer.status !== 200) throw new Error(`the member could not sign in: ${answer.code}`);
  return { client, accountId, email };
}
