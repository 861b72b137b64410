import { type AccountId, ConclaveError, type TestRefusal, type TestResult } from '@conclave/protocol';
import { takePendingOf } from './pending.ts';
import { roleFor } from './person.ts';
import type { SignOnPorts } from './ports.ts';
import { anyProvider } from './providers.ts';
import { OUTCOMES, type Resolved, resolvePerson } from './resolve.ts';
import { rolesOf } from './roleWithoutRule.ts';

/** What came from the provider, for the administrator who went through it, once. @throws ConclaveError sign_on.expired */
export async function testResult(
  ports: SignOnPorts,
  accountId: AccountId,
  token: string | null,
): Promise<TestResult> {
  const { row, state } = await takePendingOf(ports, token);
  if (state.step !== 'tested' || state.accountId !== accountId) throw new ConclaveError('sign_on.expired');
  const provider = await anyProvider(ports, row.provider_id);
  const { person } = state;
  const resolved = await resolvePerson(ports, provider, person);
  const current = 'account' in resolved ? resolved.account.role_id : null;
  const refusal = refusalOf(resolved);
  return {
    provider: row.provider_id,
    claims: person.claims.map(([name, values]) => ({ name, value: values.join(', ').slice(0, 1_000) })),
    subject: person.subject,
    email: person.email,
    emailVerified: person.emailVerified,
    role: roleFor(await rolesOf(ports, provider), person.claims, current),
    outcome: refusal === null ? OUTCOMES[resolved.kind] : 'refused',
    refusal,
  };
}

function refusalOf(resolved: Resolved): TestRefusal | null {
  if (resolved.kind === 'refused') return resolved.why;
  if (resolved.kind === 'new') return null;
  const { status } = resolved.account;
  const isOut = status === 'suspended' || (resolved.kind === 'known' && status !== 'active');
  return isOut ? 'suspended' : null;
}
