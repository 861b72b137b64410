import { instantIn, letter, type Reader, type Sender, textsFor } from './letter.ts';
import type { OutgoingMail } from './MailPort.ts';

/** Who rang is not in the subject, which screens show when they are locked. */
export function missedCallMail(reader: Reader, caller: string, at: Date, sender: Sender): OutgoingMail {
  const texts = textsFor(reader, sender);
  const { subject, what, why } = texts.missedCall;
  return letter('missed-call', reader, subject, false, sender, [
    what({ caller, when: instantIn(texts, at) }),
    `${sender.origin}/people/missed`,
    why,
  ]);
}
