import { MailDomain } from '@conclave/protocol';
import * as z from 'zod/mini';

/** The domain of an address that is whole, or null while it is being typed. */
export function domainOf(email: string): string | null {
  const at = email.lastIndexOf('@');
  const domain = at < 1 ? null : z.safeParse(MailDomain, email.slice(at + 1));
  return domain?.success ? domain.data : null;
}
