import * as z from 'zod/mini';
import { AccountId, ContactId, Instant, Token256 } from '../ids.ts';
import { DisplayName, Email } from '../text.ts';

/** Somebody whom one calls, or who may call one. Names are as the owner of the list has written them. */
export const Contact = z.strictObject({
  id: ContactId,
  name: DisplayName,
  email: z.nullable(z.string()),
  /** Null for somebody from outside, or whose account is gone. */
  accountId: z.nullable(AccountId),
  /** For a contact from outside: the secret of the link by which they call; null when there is none. */
  secret: z.nullable(Token256),
  /** When the link was opened first. */
  linkSeenAt: z.nullable(Instant),
});
export type Contact = z.infer<typeof Contact>;
export const ContactList = z.strictObject({ contacts: z.array(Contact) });

/** By the whole address of an account here it is that person; all others are from outside. */
export const AddContact = z.strictObject({ name: DisplayName, email: z.nullable(Email) });
export type AddContact = z.infer<typeof AddContact>;
export const ContactParams = z.strictObject({ id: ContactId });
