import type { InvitationId, MeetingId } from '@conclave/protocol';
import type { DestinationStream } from 'pino';
import { Background } from './background.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config/config.ts';
import { prepareDataFolder } from './config/dataFolder.ts';
import { loadSecrets } from './config/secrets.ts';
import { authenticate, type Caller } from './features/accounts/authenticate.ts';
import type { AccountsPorts, SessionEnd } from './features/accounts/ports.ts';
import type { CallsPorts } from './features/calls/ports.ts';
import type { RetentionJob } from './features/data/RetentionJob.ts';
import type { FilesPorts } from './features/files/ports.ts';
import {
  type FoundInvitation,
  findInvitation,
  markInvitationUsed,
} from './features/invitations/findInvitation.ts';
import type { InvitationsPorts } from './features/invitations/ports.ts';
import { Mailer } from './features/mail/Mailer.ts';
import { smtpTransport } from './features/mail/smtp.ts';
import { findForJoin } from './features/meetings/findForJoin.ts';
import type { JoinableMeeting, MeetingNews, MeetingsPorts } from './features/meetings/ports.ts';
import type { RemovalStore } from './features/participation/ports.ts';
import { PolicyStore } from './features/policy/PolicyStore.ts';
import { policyStorage } from './features/policy/policyStorage.ts';
import type { PolicyPort } from './features/policy/ports.ts';
import type { SignOnPorts } from './features/sign-on/ports.ts';
import { TestCalls } from './features/test-calls/TestCalls.ts';
import { type ClientAddress, createClientAddress } from './http/clientAddress.ts';
import { Origins } from './http/origins.ts';
import { createEmit, type Emit, logSink } from './observability/events.ts';
import { createLog, type Log } from './observability/log.ts';
import { openFeatures } from './openFeatures.ts';
import { PROOF_ATTEMPTS } from './policy/attempts.ts';
import { Presence } from './presence.ts';
import { AttemptLimiter } from './security/attempts.ts';
import type { Database } from './storage/database.ts';
import { lockDataFolder } from './storage/dataFolderLock.ts';
import { bindInstallation } from './storage/installation.ts';
import { migrate } from './storage/migrate.ts';
import { openDatabase } from './storage/openDatabase.ts';
import { findMeeting, markMeetingUsed } from './storage/repositories/meetings.ts';
import { deleteRemoval, insertRemoval } from './storage/repositories/removals.ts';
import { SettingsStore } from './storage/SettingsStore.ts';

/** What every part of one running server shares. */
export interface Context extends AsyncDisposable {
  readonly config: Config;
  readonly log: Log;
  readonly emit: Emit;
  readonly clock: Clock;
  readonly database: Database;
  readonly origins: Origins;
  readonly presence: Presence;
  readonly clientAddress: ClientAddress;
  /** Whether an `Origin` header is that of our own pages. */
  isAllowedOrigin(origin: string | undefined): boolean;
  /** Who sent this Cookie header; null for nobody whom we know. */
  authenticate(cookieHeader: string | undefined): Promise<Caller | null>;
  /** Told at once when a session ends by sign-out, revocation or age: what it holds open must be closed. */
  onSessionEnded(listener: (end: SessionEnd) => void): Disposable;
  /** Guesses of passcodes. `begin` before the check; `succeeded` on the attempt when the proof was right. */
  readonly proofAttempts: AttemptLimiter<'address' | 'meeting'>;
  readonly meetings: MeetingsStore;
  readonly testCalls: TestCalls;
  /** Work that nobody waits for: it ends before the database closes. */
  readonly background: Background;
  readonly mailer: Mailer;
  /** What the organisation has decided. */
  readonly policy: PolicyPort;
  /** Takes away what is older than the policy keeps it. */
  readonly retention: RetentionJob;
  /** The encrypted files of the meetings that are going on. */
  readonly files: FilesPorts;
  readonly accountsPorts: AccountsPorts;
  readonly meetingsPorts: MeetingsPorts;
  readonly invitationsPorts: InvitationsPorts;
  readonly signOnPorts: SignOnPorts;
  readonly callsPorts: CallsPorts;
}

export interface MeetingsStore {
  findForJoin(id: MeetingId): Promise<JoinableMeeting | null>;
  /** Whom an invitation to it is for; null when the secret is of none that is good. */
  findInvitation(id: MeetingId, secret: string): Promise<FoundInvitation | null>;
  /** Notes that somebody has come in with it. */
  markInvitationUsed(id: InvitationId): Promise<void>;
  readonly removals: RemovalStore;
  /** Notes that somebody is in it now. */
  markUsed(id: MeetingId): Promise<void>;
  /** Told at once when a meeting is deleted or renamed, or its old links end with a new passcode. */
  onNews(listener: (event: MeetingNews) => void): Disposable;
}

export interface ContextOptions {
  readonly config: Config;
  readonly clock?: Clock;
  /** Where the log goes instead of standard error. */
  readonly logInto?: DestinationStream;
}

/** Opens everything that lasts as long as the server. @throws StartRefused */
export async function openContext(options: ContextOptions): Promise<Context> {
  const { config, clock = systemClock } = options;
  const log = createLog(config.log, options.logInto);
  await using opened = new AsyncDisposableStack();
  prepareDataFolder(config.dataFolder);
  opened.use(lockDataFolder(config.dataFolder));
  const secrets = loadSecrets(config.dataFolder);
  const database = opened.use(await openDatabase(config, log));
  await migrate(database);
  await bindInstallation(database.db, secrets);

  const { db } = database;
  const emit = createEmit(log, [logSink(log)]);
  const onFault = (fault: unknown) => log.error({ fault }, 'a listener failed');
  const origins = new Origins(config.http.publicOrigin ?? 'http://localhost');
  const presence = new Presence();
  const transport = config.mail === null ? null : opened.use(smtpTransport(config.mail));
  const mailer = opened.use(
    new Mailer({ db, clock, emit, transport, language: config.mailLanguage, onFault }),
  );
  const background = opened.use(new Background());
  const settings = new SettingsStore(db, clock, onFault);
  const policy = await PolicyStore.open({
    storage: policyStorage(settings),
    pins: config.policyPins,
    clock,
    onFault,
  });
  const features = opened.use(
    await openFeatures({
      ...{ config, secrets, db, clock, emit, origins, presence, mailer, background, settings, policy },
      onFault,
      onRetentionFault: (fault) => log.error({ fault }, 'what is too old could not be deleted'),
    }),
  );
  const { accounts, meetings, invitations } = features;
  const lifetime = opened.move();

  return {
    config,
    log,
    emit,
    clock,
    database,
    origins,
    presence,
    clientAddress: createClientAddress(config.http.trustedProxies),
    isAllowedOrigin: (origin) => origins.isAllowed(origin),
    authenticate: (cookieHeader) => authenticate(accounts, cookieHeader),
    onSessionEnded: (listener) => accounts.sessionEnded.listen(listener),
    proofAttempts: new AttemptLimiter(PROOF_ATTEMPTS),
    meetings: {
      findForJoin: (id) => findForJoin(db, id),
      findInvitation: (id, secret) => findInvitation({ db }, id, secret),
      markInvitationUsed: (id) => markInvitationUsed(invitations, id),
      removals: {
        keep: (id, removal) => insertRemoval(db, id, removal),
        forget: (id, participantId) => deleteRemoval(db, id, participantId),
      },
      markUsed: (id) => markMeetingUsed(db, id, new Date(clock())),
      onNews: (listener) => meetings.meetingNews.listen(listener),
    },
    testCalls: new TestCalls({
      clock,
      emit,
      policy,
      isTaken: async (id) => (await findMeeting(db, id)) !== null || presence.isTaken(id),
    }),
    background,
    mailer,
    policy,
    files: features.files,
    retention: features.retention,
    accountsPorts: accounts,
    meetingsPorts: meetings,
    invitationsPorts: invitations,
    signOnPorts: features.signOn,
    callsPorts: features.calls,
    [Symbol.asyncDispose]: () => lifetime.disposeAsync(),
  };
}
