import type { RoleId, RoleRule, WriteProvider } from '@conclave/protocol';
import { DisplayName, Email } from '@conclave/protocol';
import * as z from 'zod';

/** Most claims that are kept of one sign-on, values of one, characters of a value. */
const maxClaims = 60;
const maxValues = 500;
const maxChars = 400;

/** Somebody as a provider tells of them, after everything that it sent was verified. */
export const ExternalPerson = z.strictObject({
  issuer: z.string(),
  subject: z.string(),
  /** The provider's name for its own session. */
  sid: z.string().nullable(),
  /** Lower case. */
  email: z.string().nullable(),
  /** Whether the provider can be believed that the address is theirs. */
  emailVerified: z.boolean(),
  name: z.string().nullable(),
  claims: z.array(z.tuple([z.string(), z.array(z.string())])),
});
export type ExternalPerson = z.output<typeof ExternalPerson>;

/** Claims as names and texts, cut to what can be shown and compared. What is nested is left out. */
export function readClaims(claims: Readonly<Record<string, unknown>>): ExternalPerson['claims'] {
  return Object.entries(claims)
    .slice(0, maxClaims)
    .map(([name, value]): [string, string[]] => {
      const values = (Array.isArray(value) ? value : [value]).slice(0, maxValues);
      return [name.slice(0, maxChars), values.flatMap((item) => textOf(item))];
    })
    .filter(([, values]) => values.length > 0);
}

function textOf(value: unknown): string[] {
  if (typeof value === 'string') return [value.slice(0, maxChars)];
  if (typeof value === 'number' || typeof value === 'boolean') return [String(value)];
  return [];
}

/** Null for what is no address. */
export function readEmail(value: unknown): string | null {
  const email = Email.safeParse(value);
  return email.success ? email.data : null;
}

/** What the person is called here: their name if it can be one, otherwise the start of their address. */
export function nameFor(person: ExternalPerson): string {
  const candidates = [person.name, person.email?.split('@')[0], 'Member'];
  for (const candidate of candidates) {
    const name = DisplayName.safeParse((candidate ?? '').slice(0, 64));
    if (name.success) return name.data;
  }
  return 'Member';
}

/** The role of the first rule that fits; null when none does. */
export function roleByRules(rules: readonly RoleRule[], claims: ExternalPerson['claims']): RoleId | null {
  const rule = rules.find(({ claim, value }) =>
    claims.some(([name, values]) => name === claim && values.includes(value)),
  );
  return rule?.role ?? null;
}

/**
 * The role that somebody has from now on. An owner stays one. Where no rule fits, a role that only rules give is lost, and one
 * that was given by hand is kept. `current` is null for somebody new.
 */
export function roleFor(
  provider: Pick<WriteProvider, 'roleRules' | 'defaultRole'>,
  claims: ExternalPerson['claims'],
  current: RoleId | null,
): RoleId {
  if (current === 'owner') return current;
  const byRule = roleByRules(provider.roleRules, claims);
  if (byRule !== null) return byRule;
  if (current === null) return provider.defaultRole;
  return provider.roleRules.some((rule) => rule.role === current) ? provider.defaultRole : current;
}
