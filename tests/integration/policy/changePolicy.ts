import type { PolicyChanges, PolicyView } from '@conclave/protocol';
import { ApiClient } from '../../dev-env/ApiClient.ts';

/** Changes the policy as somebody who may. @throws Error when it is refused */
export async function changePolicy(client: ApiClient, changes: PolicyChanges): Promise<PolicyView> {
  const { version } = (await client.call('readPolicy')).body as PolicyView;
  const answer = await client.call('changePolicy', { body: { version, changes } });
  if (answer.code !== null) throw new Error(`the policy was not changed: ${answer.code}`);
  return answer.body as PolicyView;
}

/** The browser of whoever has this cookie. */
export function browserOf(origin: string, cookie: string): ApiClient {
  const client = new ApiClient(origin);
  client.cookie = cookie;
  return client;
}
