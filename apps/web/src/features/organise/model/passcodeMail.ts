import { formatPasscode } from '@conclave/client';
import type { TFunction } from 'i18next';

/**
 * A message of one's own mail program (RFC 6068): it is made here, and goes through no server of this service.
 */
export function mailtoAddress(to: string | null, subject: string, body: string): string {
  const address = to === null ? '' : encodeURIComponent(to).replace('%40', '@');
  const lines = body.replaceAll('\n', '\r\n');
  return `mailto:${address}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines)}`;
}

/** Opens the person's mail program with the passcode in a message, and no link. */
export function openPasscodeMail(
  t: TFunction,
  given: { readonly to: string | null; readonly title: string | null; readonly passcode: string },
): void {
  const title = given.title ?? t('organise.people.untitled');
  const passcode = formatPasscode(given.passcode);
  const link = document.createElement('a');
  link.href = mailtoAddress(
    given.to,
    t('organise.people.passcodeSubject', { title }),
    t('organise.people.passcodeBody', { title, passcode }),
  );
  link.click();
}
