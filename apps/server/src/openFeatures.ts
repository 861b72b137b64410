import type { Background } from './background.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config/config.ts';
import type { Secrets } from './config/secrets.ts';
import { AttackWatch } from './features/accounts/AttackWatch.ts';
import type { AccountsPorts, SessionEnd } from './features/accounts/ports.ts';
import { ContactSecrets } from './features/calls/ContactSecrets.ts';
import { openCalls } from './features/calls/openCalls.ts';
import type { CallsPorts } from './features/calls/ports.ts';
import { RetentionJob } from './features/data/RetentionJob.ts';
import { factorsGuessed } from './features/factors/factorsGuessed.ts';
import { relyingPartyOf } from './features/factors/passkeys/relyingParty.ts';
import { openFiles } from './features/files/openFiles.ts';
import type { FilesPorts } from './features/files/ports.ts';
import { InvitationSecrets } from './features/invitations/InvitationSecrets.ts';
import { cancelAll, prepareCancellations, tellInvited } from './features/invitations/mailInvited.ts';
import type { InvitationsPorts } from './features/invitations/ports.ts';
import type { Mailer } from './features/mail/Mailer.ts';
import type { MeetingNews, MeetingsPorts } from './features/meetings/ports.ts';
import type { PolicyStore } from './features/policy/PolicyStore.ts';
import { entersWithoutPassword } from './features/sign-on/link.ts';
import { openSignOn } from './features/sign-on/openSignOn.ts';
import type { SignOnPorts } from './features/sign-on/ports.ts';
import { signOnTokenIn } from './features/sign-on/signOnToken.ts';
import { beginSsoOnly, keepWaysIn, mayUsePassword } from './features/sign-on/ssoOnly.ts';
import { takeTie } from './features/sign-on/tie.ts';
import type { Origins } from './http/origins.ts';
import { Notifier } from './notifier.ts';
import type { Emit } from './observability/events.ts';
import {
  CODE_SENDS,
  COHOST_LOOKUPS,
  FACTOR_ATTEMPTS,
  INVITATION_MAILS,
  INVITATION_OPENS,
  INVITATIONS_MADE,
  LINK_ATTEMPTS,
  RESET_REQUESTS,
  SIGN_IN_ATTEMPTS,
} from './policy/attempts.ts';
import { factorPolicyOf } from './policy/secondFactors.ts';
import type { Presence } from './presence.ts';
import { AttemptLimiter } from './security/attempts.ts';
import { FactorKeys } from './security/factorKeys.ts';
import { KnownPlaces } from './security/KnownPlaces.ts';
import { PasswordHasher } from './security/passwordHash.ts';
import { Sealer } from './security/sealed.ts';
import { httpSms } from './sms/httpSms.ts';
import type { SettingsStore } from './storage/SettingsStore.ts';
import type { Db } from './storage/tables.ts';

/** What all features stand on. */
export interface Ground {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly db: Db;
  readonly clock: Clock;
  readonly emit: Emit;
  readonly origins: Origins;
  readonly presence: Presence;
  readonly mailer: Mailer;
  readonly background: Background;
  readonly settings: SettingsStore;
  readonly policy: PolicyStore;
  /** A listener failed. */
  onFault(fault: unknown): void;
  /** What is too old could not be deleted. */
  onRetentionFault(fault: unknown): void;
}

export interface Features extends AsyncDisposable {
  readonly accounts: AccountsPorts;
  readonly meetings: MeetingsPorts;
  readonly invitations: InvitationsPorts;
  readonly signOn: SignOnPorts;
  readonly calls: CallsPorts;
  /** The encrypted files of the meetings that are going on. */
  readonly files: FilesPorts;
  /** Takes away what is older than the policy keeps it. */
  readonly retention: RetentionJob;
}

/** Gives every feature what it needs. Here alone it is said which of them knows of which. */
export async function openFeatures(ground: Ground): Promise<Features> {
  const { config, secrets, clock, emit, background, onFault } = ground;
  await using opened = new AsyncDisposableStack();
  const accounts: AccountsPorts = accountsPorts(ground, () => ({ accounts, signOn }));
  const meetings: MeetingsPorts = meetingsPorts(ground, () => invitations);
  const invitationSecrets = new InvitationSecrets(secrets.passwordPepper);
  const invitations: InvitationsPorts = {
    ...meetings,
    mail: ground.mailer,
    origin: () => ground.origins.public,
    secrets: invitationSecrets,
    made: new AttemptLimiter(INVITATIONS_MADE),
    mails: new AttemptLimiter(INVITATION_MAILS),
    opened: new AttemptLimiter(INVITATION_OPENS),
  };
  const { ports: calls } = opened.use(
    openCalls(accounts, {
      background,
      onFault,
      secrets: new ContactSecrets(secrets.passwordPepper),
      invitationSecrets,
    }),
  );
  const retention = opened.use(new RetentionJob({ accounts, meetings }, ground.onRetentionFault));
  const signOn = openSignOn(accounts, {
    allowPrivate: config.signOn.allowPrivateNetworks,
    sealer: new Sealer(secrets.passwordPepper),
  });
  const { ports: files } = opened.use(await openFiles({ config, clock, emit, onFault }));
  const lifetime = opened.move();
  return {
    ...{ accounts, meetings, invitations, signOn, calls, files, retention },
    [Symbol.asyncDispose]: () => lifetime.disposeAsync(),
  };
}

/** @param others there by the time that they are asked for */
function accountsPorts(
  ground: Ground,
  others: () => { readonly accounts: AccountsPorts; readonly signOn: SignOnPorts },
): AccountsPorts {
  const { config, secrets, db, clock, emit, mailer, settings, origins, policy, background, onFault } = ground;
  const attacks = new AttackWatch();
  return {
    db,
    clock,
    emit,
    mail: mailer,
    settings,
    origin: () => origins.public,
    policy,
    mayEnterByOneself: (account, cookieHeader) =>
      mayUsePassword(others().signOn, account, signOnTokenIn(cookieHeader)),
    takeTie: (challenge) => takeTie(others().signOn, challenge),
    beginSsoOnly: (change) => beginSsoOnly(others().signOn, change),
    keepWaysIn: (transaction, change) => keepWaysIn(others().signOn, transaction, change),
    entersWithoutPassword: (account, transaction) =>
      entersWithoutPassword(others().signOn, account, transaction),
    passwords: new PasswordHasher(secrets.passwordPepper, config.passwords.profile),
    sessionEnded: new Notifier<SessionEnd>(onFault),
    signInAttempts: new AttemptLimiter(SIGN_IN_ATTEMPTS, (name, key, { wrong }) =>
      background.add(attacks.onLimit(others().accounts, name, key, wrong).catch(onFault)),
    ),
    knownPlaces: new KnownPlaces(),
    factors: {
      keys: new FactorKeys(secrets.passwordPepper),
      policy: () => factorPolicyOf(policy.current()),
      sms: config.sms === null ? null : httpSms(config.sms),
      relyingParty: () => relyingPartyOf(origins.public),
      attempts: new AttemptLimiter(FACTOR_ATTEMPTS, (name, key, { wrong }) =>
        background.add(factorsGuessed(others().accounts, name, key, wrong).catch(onFault)),
      ),
      sends: new AttemptLimiter(CODE_SENDS),
    },
    linkAttempts: new AttemptLimiter(LINK_ATTEMPTS),
    resetRequests: new AttemptLimiter(RESET_REQUESTS),
  };
}

/** @param invitations there by the time that it is asked for */
function meetingsPorts(ground: Ground, invitations: () => InvitationsPorts): MeetingsPorts {
  const { db, clock, emit, policy, presence, onFault } = ground;
  return {
    db,
    clock,
    emit,
    policy,
    meetingNews: new Notifier<MeetingNews>(onFault),
    participantsIn: (id) => presence.participantsIn(id),
    isTaken: (id) => presence.isTaken(id),
    running: (id) => presence.find(id),
    cohostLookups: new AttemptLimiter(COHOST_LOOKUPS),
    tellInvited: (caller, before, after) => tellInvited(invitations(), caller, before, after),
    prepareCancellations: async (meeting) => {
      const cancellations = await prepareCancellations(invitations(), meeting);
      return async (caller) => void (await cancelAll(invitations(), caller, cancellations));
    },
  };
}
