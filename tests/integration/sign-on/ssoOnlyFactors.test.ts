import { expect, test } from 'vitest';
import { addMember } from '../../dev-env/addMember.ts';
import { setUpPasskey, setUpTotp } from '../../dev-env/factors.ts';
import { OWNER } from '../../dev-env/people.ts';
import { SoftAuthenticator } from '../../dev-env/SoftAuthenticator.ts';
import { walkThrough } from '../../dev-env/signOn/walkThrough.ts';
import { changePolicy } from '../policy/changePolicy.ts';
import { bootSignOn, comeBack, urlIn } from './bootSignOn.ts';

test('who comes in when no provider answers is who could under the policy that comes', async () => {
  await using world = await bootSignOn();
  const { owner, real, provider, server } = world;
  const { policy } = server.context;
  // One who comes in by a passkey alone, and has an app too.
  await setUpTotp(owner, Date.now());
  await setUpPasskey(owner, new SoftAuthenticator(server.origin));
  real.signsIn = { sub: 'ada', email: OWNER.email, email_verified: true, name: OWNER.name };
  const begun = await owner.call('beginLink', { params: { id: provider.id }, body: { returnTo: '/' } });
  await comeBack(owner, await walkThrough(urlIn(begun), server.origin));
  const removed = await owner.call('removePassword', { body: { current: OWNER.password } });
  expect(removed.status).toBe(204);

  // Another owner, whose password alone is not enough.
  const { client: second } = await addMember(server, 'owner');

  const others = policy.current().factors.filter((kind) => kind !== 'passkey');
  const all = policy.current().factors;
  // Both at once.
  await expect(changePolicy(owner, { signOn: 'sso-only', factors: others })).rejects.toThrow(
    'sign_on.not_ready',
  );
  // One after the other, in both orders.
  await changePolicy(owner, { factors: others });
  await expect(changePolicy(owner, { signOn: 'sso-only' })).rejects.toThrow('sign_on.not_ready');
  const names = async () =>
    ((await owner.call('signOnOverview')).body as { ownersWithoutFactor: string[] }).ownersWithoutFactor;
  // An app lets nobody in who has nothing to begin with.
  expect(await names()).toContain(OWNER.name);
  await changePolicy(owner, { factors: all });
  expect(await names()).not.toContain(OWNER.name);
  await changePolicy(owner, { signOn: 'sso-only' });
  await expect(changePolicy(owner, { factors: others })).rejects.toThrow('sign_on.not_ready');
  expect(policy.current()).toMatchObject({ signOn: 'sso-only', factors: all });

  // With a password and an app it is.
  await setUpTotp(second, Date.now());
  await changePolicy(owner, { factors: others });
  expect(policy.current().factors).toEqual(others);
});
