import * as z from 'zod/mini';
import { AccountId, Instant, MeetingId, SessionId } from '../ids.ts';
import { MailLanguage } from '../mailLanguage.ts';
import { MeetingChoices } from '../policy/meetingSettings.ts';
import { Schedule } from '../schedule.ts';

const text = z.string();
const when = z.nullable(Instant);

const invitation = { madeAt: Instant, mailedAt: when, seenAt: when, usedAt: when, revokedAt: when };

/** Everything that the service keeps about one person. Secrets are named, not given: nobody needs a hash of theirs. */
export const PersonalData = z.strictObject({
  format: z.literal('conclave-personal-data/1'),
  exportedAt: Instant,
  account: z.strictObject({
    id: AccountId,
    email: text,
    name: text,
    role: text,
    status: text,
    createdAt: Instant,
    lastSeenAt: when,
    emailVerifiedAt: when,
    suspendedAt: when,
    hasPassword: z.boolean(),
    /** Null: the organisation's. */
    mailLanguage: z.nullable(MailLanguage),
  }),
  sessions: z.array(
    z.strictObject({
      id: SessionId,
      device: text,
      name: z.nullable(text),
      method: text,
      createdAt: Instant,
      lastSeenAt: Instant,
    }),
  ),
  /** Browsers that have signed in, by when: nothing else is known of them. */
  devices: z.array(z.strictObject({ createdAt: Instant, lastSeenAt: Instant })),
  meetings: z.array(
    z.strictObject({
      id: MeetingId,
      title: z.nullable(text),
      createdAt: Instant,
      lastUsedAt: when,
      choices: MeetingChoices,
      schedule: z.nullable(Schedule),
      /** Whom the person has invited. */
      invited: z.array(z.strictObject({ name: text, email: z.nullable(text), ...invitation })),
    }),
  ),
  /** Invitations that others have made for the person's address. */
  invitations: z.array(z.strictObject({ name: text, ...invitation })),
  /** Messages that the service has sent to the person's address. */
  mails: z.array(z.strictObject({ kind: text, subject: text, state: text, createdAt: Instant })),
  /** By table: what other parts of the service keep about the account, without its secrets. */
  more: z.array(z.strictObject({ table: text, rows: z.array(z.unknown()) })),
  /** What is never kept, and what is kept elsewhere. */
  notes: z.array(text),
});
export type PersonalData = z.infer<typeof PersonalData>;

/**
 * What stays of somebody whose data was erased. `log`: lines of the log with the id of the account and no name, for as long as
 * the operator keeps the log. `backups`: what the operator has copied. `meetings-of-others`: what they said there is kept by
 * nobody but the browsers of those who were there.
 */
export const StaysAfterErasure = z.enum(['log', 'backups', 'meetings-of-others']);
export type StaysAfterErasure = z.infer<typeof StaysAfterErasure>;

export const Erasure = z.strictObject({
  sessions: z.int(),
  meetings: z.int(),
  mails: z.int(),
  stays: z.array(StaysAfterErasure),
});
export type Erasure = z.infer<typeof Erasure>;

/** The mail address of the account, typed once more: an erasure cannot be taken back. */
export const ConfirmErasure = z.strictObject({ email: z.string().check(z.maxLength(1_000)) });

/** One kind of data, how long it is kept, and how much of it there is. `days` null: until somebody deletes it. */
export const KeptData = z.strictObject({
  kind: z.enum(['meetings', 'suspended-accounts', 'mails', 'devices', 'missed-calls', 'sessions']),
  days: z.nullable(z.int()),
  count: z.int(),
  /** Older than the period, and gone with the next run. */
  due: z.int(),
});
export type KeptData = z.infer<typeof KeptData>;
export const Retention = z.strictObject({ kept: z.array(KeptData), lastRunAt: when });
export type Retention = z.infer<typeof Retention>;
