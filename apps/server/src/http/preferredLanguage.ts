import { MAIL_LANGUAGES, type MailLanguage } from '@conclave/protocol';

/**
 * Of those that mails are written in, the language that an `Accept-Language` header asks for first (RFC 9110, section 12.5.4; a
 * region or a script after it is as good, RFC 4647, section 3.4); null for none of them.
 */
export function preferredLanguage(header: string | undefined): MailLanguage | null {
  let best: MailLanguage | null = null;
  let bestWeight = 0;
  for (const range of (header ?? '').slice(0, 1_000).split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const language = MAIL_LANGUAGES.find((known) => tag === known || tag.startsWith(`${known}-`));
    const weight = weightOf(parameters);
    if (language === undefined || weight <= bestWeight) continue;
    best = language;
    bestWeight = weight;
  }
  return best;
}

/** From 0, which is not at all, to 1; of what is no weight, 0. */
function weightOf(parameters: readonly string[]): number {
  const given = parameters.find((parameter) => parameter.startsWith('q='));
  if (given === undefined) return 1;
  return /^q=(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(given) ? Number(given.slice(2)) : 0;
}
