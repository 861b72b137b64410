import type { Schedule } from '@conclave/protocol';
import { letter, type Reader, type Sender, textsFor } from './letter.ts';
import type { OutgoingMail } from './MailPort.ts';
import type { MailTexts } from './texts.ts';
import { whenInWords } from './whenInWords.ts';

interface AboutMeeting {
  readonly organizer: { readonly name: string; readonly email: string };
  readonly title: string | null;
  readonly schedule: Schedule | null;
  readonly sender: Sender;
  /** An iCalendar object; null when it has no time. */
  readonly calendar: string | null;
}

/** An invitation to a meeting, to whoever it is for: their own link, and never the passcode. */
export function meetingInvitationMail(
  reader: Reader,
  about: AboutMeeting & { readonly link: string; readonly isUpdate: boolean },
): OutgoingMail {
  const { organizer, title, sender, link } = about;
  const inviter = organizer.name;
  const all = textsFor(reader, sender);
  const texts = all.meeting;
  const subject = about.isUpdate
    ? texts.changedSubject({ title: title ?? texts.untitled })
    : texts.subject({ inviter, title });
  return withExtra(
    letter('meeting-invitation', reader, subject, true, sender, [
      texts.why({ inviter, email: organizer.email, service: new URL(sender.origin).host }),
      ...facts(all, about),
      texts.open({ name: reader.name }),
      link,
      texts.passcodeApart({ inviter }),
      texts.notYou({ inviter }),
    ]),
    about,
    'REQUEST',
  );
}

export function cancelledMail(reader: Reader, about: AboutMeeting): OutgoingMail {
  const { organizer, title, sender } = about;
  const all = textsFor(reader, sender);
  const texts = all.meeting;
  const subject = texts.cancelledSubject({ title: title ?? texts.untitled });
  return withExtra(
    letter('meeting-cancelled', reader, subject, false, sender, [
      texts.cancelled({ inviter: organizer.name }),
      ...facts(all, about),
    ]),
    about,
    'CANCEL',
  );
}

function facts(texts: MailTexts, { title, schedule }: AboutMeeting): string[] {
  const { what, when } = texts.meeting;
  const lines = [
    ...(title === null ? [] : [what({ title })]),
    ...(schedule === null ? [] : [when({ when: whenInWords(schedule, texts) })]),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
}

/** Whoever answers writes to the organiser, not to the service. */
function withExtra(
  mail: OutgoingMail,
  { organizer, calendar }: AboutMeeting,
  method: 'REQUEST' | 'CANCEL',
): OutgoingMail {
  return {
    ...mail,
    extra: {
      ...mail.extra,
      replyTo: { name: organizer.name, address: organizer.email },
      ...(calendar !== null && { calendar: { method, content: calendar } }),
    },
  };
}
