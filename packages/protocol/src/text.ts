import * as z from 'zod/mini';
import { LIMITS } from './limits.ts';

// Control and format characters (bidirectional overrides and zero-width marks among them) let one name look
// like another. ZWJ and ZWNJ stay: emoji and several scripts need them.
const forbidden =
  /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/u;

function line(max: number) {
  return z.pipe(
    z.pipe(
      z.string().check(z.maxLength(max * 4)),
      z.transform((text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim()),
    ),
    z.string().check(
      z.minLength(1),
      z.maxLength(max),
      z.refine((text) => !forbidden.test(text), { error: 'contains characters that cannot be seen' }),
    ),
  );
}

/** A name that people choose for themselves: one line, NFC, trimmed. */
export const DisplayName = line(LIMITS.participantName);
export const MeetingTitle = line(LIMITS.meetingTitle);
/** Lower-cased. Deliverability is shown by sending mail, not by a grammar. */
export const Email = z.pipe(
  z.string().check(z.trim(), z.toLowerCase(), z.maxLength(LIMITS.email)),
  z.email(),
);
/** Length is counted in code points; strength is judged by the server's password rules. */
export const Password = z.string().check(z.minLength(1), z.maxLength(LIMITS.passwordMax * 4));
