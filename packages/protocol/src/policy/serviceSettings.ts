import * as z from 'zod/mini';
import { Uuid } from '../ids.ts';

const days = (most: number) => z.int().check(z.minimum(1), z.maximum(most));
/** Days after which something is deleted; null keeps it. */
const keptFor = z.nullable(days(3650));
/** What the operator tells everybody; empty while they have said nothing. Line ends are kept. */
const statement = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(2_000)),
    z.transform((text: string) => text.normalize('NFC').replace(/\r\n?/g, '\n').trim()),
  ),
  z.string().check(
    z.maxLength(500),
    z.refine((text) => !/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/u.test(text.replaceAll('\n', '')), {
      error: 'contains characters that cannot be seen',
    }),
  ),
);

/** A second factor that may be set up. Recovery codes come with every one of them. */
export const AllowedFactor = z.enum(['totp', 'passkey', 'email', 'sms']);
export type AllowedFactor = z.infer<typeof AllowedFactor>;

/** The settings of the service as a whole: one value each. */
export const SERVICE_SETTINGS = {
  /** Characters. Fewer than 15 only where everybody has a second factor (NIST SP 800-63B-4, section 3.1.1.2). */
  passwordLength: z.int().check(z.minimum(8), z.maximum(64)),
  /** What a password has to be made of besides. The same section advises against it; an organisation may ask for it. */
  passwordComposition: z.enum(['any', 'letters-and-digits', 'letters-digits-and-signs']),
  /** Who has to have a second factor. `privileged`: whoever may read or change anything that is not their own. */
  secondFactor: z.enum(['nobody', 'privileged', 'everybody']),
  factors: z.array(AllowedFactor).check(
    z.minLength(1),
    z.maxLength(AllowedFactor.options.length),
    z.refine((factors) => new Set(factors).size === factors.length, { error: 'names a factor twice' }),
  ),
  /** A session that nobody uses ends, and every one ends so long after the sign-in. */
  sessionIdleDays: days(90),
  sessionAbsoluteDays: days(365),
  signOn: z.enum(['password-and-sso', 'sso-only']),
  /** Nobody becomes an owner or an administrator by signing in for the first time. */
  newAccountRole: z.union([z.enum(['member', 'organiser', 'auditor']), Uuid]),
  /** Counted from when somebody was in it last, or from when it was made. */
  keepUnusedMeetingsDays: keptFor,
  /** Counted from the suspension. Whatever belongs to the account goes with it. */
  keepSuspendedAccountsDays: keptFor,
  /** Messages that the service has sent or could not send. */
  keepMailsDays: days(365),
  /** Browsers that somebody has signed in with, counted from when they did so last: one that is forgotten is new again. */
  keepDevicesDays: days(365),
  /** Calls without a meeting: also from contacts outside who were given a link, among people with an account, or none. */
  calls: z.enum(['contacts', 'organisation', 'off']),
  /** Who may search for people by name. */
  directory: z.enum(['everybody', 'organisers', 'nobody']),
  /** Who rang whom in vain. Of calls that were answered nothing is kept. */
  keepMissedCallsDays: days(365),
  storageLocation: statement,
  mediaLocation: statement,
  /** Whom to ask about personal data. */
  dataContact: statement,
} as const satisfies Record<string, z.ZodMiniType>;

export type ServiceSettingId = keyof typeof SERVICE_SETTINGS;
export const SERVICE_SETTING_IDS = Object.keys(SERVICE_SETTINGS) as readonly ServiceSettingId[];
