import type { OwnFactorKind, Recurrence } from '@conclave/protocol';
import type { Device } from '../accounts/describeDevice.ts';
import type { Purpose } from '../factors/purposes.ts';

type Text<Given> = (given: Given) => string;
interface At {
  /** As `instantIn` says it. */
  readonly when: string;
}

/**
 * The words of all mails in one language. Whatever takes something is a function of it, so that each language has its own order,
 * and what it takes is one line. None may be missing.
 */
export interface MailTexts {
  /** Of dates, lists and plurals (BCP 47). */
  readonly locale: string;
  readonly greeting: Text<{ name: string }>;
  readonly from: Text<{ origin: string }>;
  /** A day and a time of day, in UTC. */
  readonly instant: Text<{ day: string; time: string }>;
  readonly device: Text<Device>;
  readonly invitation: {
    readonly subject: Text<{ inviter: string }>;
    readonly why: Text<{ inviter: string; service: string }>;
    readonly open: string;
    /** Where passwords are off. */
    readonly openSignOn: string;
    readonly until: string;
  };
  readonly reset: {
    readonly subject: string;
    readonly why: string;
    readonly until: string;
    readonly notYou: string;
  };
  readonly passwordChanged: { readonly subject: string; readonly what: Text<At>; readonly notYou: string };
  readonly passwordRemoved: { readonly subject: string; readonly what: Text<At>; readonly notYou: string };
  readonly newDevice: {
    readonly subject: Text<{ device: string }>;
    readonly what: Text<{ device: string } & At>;
    readonly notYou: string;
  };
  readonly identityLinked: {
    readonly subject: Text<{ provider: string }>;
    readonly what: Text<{ provider: string } & At>;
    readonly notYou: string;
  };
  readonly meeting: {
    readonly untitled: string;
    readonly subject: Text<{ inviter: string; title: string | null }>;
    readonly changedSubject: Text<{ title: string }>;
    readonly cancelledSubject: Text<{ title: string }>;
    readonly why: Text<{ inviter: string; email: string; service: string }>;
    readonly what: Text<{ title: string }>;
    readonly when: Text<At>;
    readonly open: Text<{ name: string }>;
    readonly passcodeApart: Text<{ inviter: string }>;
    readonly notYou: Text<{ inviter: string }>;
    readonly cancelled: Text<{ inviter: string }>;
    /** In an entry for calendars. */
    readonly entry: Text<{ inviter: string }>;
  };
  readonly schedule: ScheduleTexts;
  readonly missedCall: {
    readonly subject: string;
    readonly what: Text<{ caller: string } & At>;
    readonly why: string;
  };
  readonly addressChanged: { readonly subject: string; readonly what: Text<At>; readonly notYou: string };
  readonly attack: {
    readonly subject: string;
    readonly one: Text<{ account: string; attempts: number }>;
    readonly many: Text<{ attempts: number }>;
    readonly done: string;
  };
  readonly factors: FactorTexts;
}

/** When a meeting takes place: days and times as the language writes them. */
export interface ScheduleTexts {
  readonly sameDay: Text<{ day: string; from: string; to: string; zone: string }>;
  readonly overnight: Text<{ day: string; from: string; lastDay: string; to: string; zone: string }>;
  readonly every: Text<{ every: Recurrence['every']; interval: number }>;
  /** @param and makes one list of several words */
  readonly onDays: (given: { days: readonly string[]; and: (items: readonly string[]) => string }) => string;
  readonly times: Text<{ count: number }>;
  readonly until: Text<{ day: string }>;
}

export interface FactorTexts {
  /** The beginning of a sentence. */
  readonly kinds: Readonly<Record<OwnFactorKind, string>>;
  readonly code: {
    readonly subject: string;
    readonly why: Readonly<Record<Purpose['kind'], string>>;
    readonly until: string;
    readonly notSigningIn: string;
    /** A text message: short, and in letters that phones have room for. */
    readonly sms: Text<{ code: string }>;
  };
  readonly guessed: { readonly subject: string; readonly what: string; readonly next: string };
  readonly added: { readonly subject: string; readonly what: Text<{ kind: string } & At> };
  readonly removed: { readonly subject: string; readonly what: Text<{ kind: string } & At> };
  readonly reset: {
    readonly subject: string;
    readonly what: Text<At>;
    readonly byPassword: string;
    /** Comes before the address of the page where one asks for a link to choose one. */
    readonly withoutPassword: string;
    readonly notAsked: string;
  };
  readonly recovery: {
    readonly subject: string;
    readonly what: Text<{ left: number } & At>;
    readonly few: string;
  };
  readonly notYou: string;
}
