import * as z from 'zod/mini';

/** The languages that the service writes to people in (ISO 639-1). */
export const MAIL_LANGUAGES = ['en', 'de', 'fr', 'es'] as const;
export const MailLanguage = z.enum(MAIL_LANGUAGES);
export type MailLanguage = z.infer<typeof MailLanguage>;
