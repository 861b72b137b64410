import { RequestError } from '../../../api/RequestError.ts';

/** Fields of the form that say themselves what they need. Their texts stand below `signOnAdmin.wrong`. */
const FIELDS = [
  'name',
  'tenant',
  'issuer',
  'clientId',
  'clientSecret',
  'hostedDomain',
  'scopes',
  'domains',
  'entityId',
  'ssoUrl',
  'certificates',
] as const;
export type WrongField = (typeof FIELDS)[number];

/** What is shown where: `field` null at the form's end. `own`: the field's own text says more than the error's. */
export interface Fault {
  readonly field: WrongField | null;
  readonly own: boolean;
}

/** @param preset of Microsoft the issuer is made of the tenant, which is what was typed */
export function faultOf(error: unknown, preset: string): Fault {
  const { code, field } = RequestError.of(error);
  const named = field === 'issuer' && preset === 'microsoft' ? 'tenant' : field;
  const known = FIELDS.find((one) => one === named) ?? null;
  return { field: known, own: known !== null && code === 'request.invalid' };
}
