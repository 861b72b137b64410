import type { Account } from '@conclave/protocol';
import { ApiClient } from './ApiClient.ts';

export const OWNER = {
  email: 'ada@analytical-engine.example',
  name: 'Ada Lovelace',
  password: 'violet kettle orbits slowly',
} as const;

/** The token in the owner link that a server printed. */
export function ownerTokenOf(server: { readonly ownerLink: string | null }): string {
  const token = server.ownerLink?.split('#')[1];
  if (token === undefined) throw new Error('this server has an owner already');
  return token;
}

/** Makes the owner's account, and gives the browser that did it. */
export async function setUpOwner(server: {
  readonly origin: string;
  readonly ownerLink: string | null;
}): Promise<{ client: ApiClient; account: Account }> {
  const client = new ApiClient(server.origin);
  const answer = await client.call('createOwner', { body: { token: ownerTokenOf(server), ...OWNER } });
  if (answer.status !== 200) throw new Error(`the owner could not be made: ${answer.code}`);
  return { client, account: answer.body as Account };
}
