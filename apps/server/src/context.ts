import { join } from 'node:path';
import type { MeetingId } from '@conclave/protocol';
import type { DestinationStream } from 'pino';
import { Background } from './background.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config/config.ts';
import { prepareDataFolder } from './config/dataFolder.ts';
import { loadSecrets } from './config/secrets.ts';
import { AttackWatch } from './features/accounts/AttackWatch.ts';
import { authenticate, type Caller } from './features/accounts/authenticate.ts';
import type { AccountsPorts, SessionEnd } from './features/accounts/ports.ts';
import { RetentionJob } from './features/data/RetentionJob.ts';
import { factorsGuessed } from './features/factors/factorsGuessed.ts';
import { relyingPartyOf } from './features/factors/passkeys/relyingParty.ts';
import { FileAccesses } from './features/files/FileAccesses.ts';
import { FileShelf } from './features/files/FileShelf.ts';
import type { FilesPorts } from './features/files/ports.ts';
import { Mailer } from './features/mail/Mailer.ts';
import { smtpTransport } from './features/mail/smtp.ts';
import { findForJoin } from './features/meetings/findForJoin.ts';
import type { JoinableMeeting, MeetingNews, MeetingsPorts } from './features/meetings/ports.ts';
import { PolicyStore } from './features/policy/PolicyStore.ts';
import { policyStorage } from './features/policy/policyStorage.ts';
import type { PolicyPort } from './features/policy/ports.ts';
import { openSignOn } from './features/sign-on/openSignOn.ts';
import type { SignOnPorts } from './features/sign-on/ports.ts';
import { signOnTokenIn } from './features/sign-on/signOnToken.ts';
import { keepWaysIn, mayUsePassword, refuseEarlySsoOnly } from './features/sign-on/ssoOnly.ts';
import { takeTie } from './features/sign-on/tie.ts';
import { type ClientAddress, createClientAddress } from './http/clientAddress.ts';
import { Origins } from './http/origins.ts';
import { Notifier } from './notifier.ts';
import { createEmit, type Emit, logSink } from './observability/events.ts';
import { createLog, type Log } from './observability/log.ts';
import {
  CODE_SENDS,
  FACTOR_ATTEMPTS,
  LINK_ATTEMPTS,
  PROOF_ATTEMPTS,
  RESET_REQUESTS,
  SIGN_IN_ATTEMPTS,
} from './policy/attempts.ts';
import { Presence } from './presence.ts';
import { AttemptLimiter } from './security/attempts.ts';
import { FactorKeys } from './security/factorKeys.ts';
import { KnownPlaces } from './security/KnownPlaces.ts';
import { PasswordHasher } from './security/passwordHash.ts';
import { Sealer } from './security/sealed.ts';
import { httpSms } from './sms/httpSms.ts';
import { StartRefused } from './startRefused.ts';
import { folderBlobs } from './storage/blobs/folderBlobs.ts';
import type { Database } from './storage/database.ts';
import { lockDataFolder } from './storage/dataFolderLock.ts';
import { bindInstallation } from './storage/installation.ts';
import { migrate } from './storage/migrate.ts';
import { openPglite } from './storage/pglite.ts';
import { openPostgres } from './storage/postgres.ts';
import { markMeetingUsed } from './storage/repositories/meetings.ts';
import { SettingsStore } from './storage/SettingsStore.ts';

/** What every part of one running server shares. The only place that picks adapters. */
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
  readonly signOnPorts: SignOnPorts;
}

export interface MeetingsStore {
  findForJoin(id: MeetingId): Promise<JoinableMeeting | null>;
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
  await refuseSilentDatabase(database);
  await migrate(database);
  await bindInstallation(database.db, secrets);

  const { db } = database;
  const emit = createEmit(log, [logSink(log)]);
  const onFault = (fault: unknown) => log.error({ fault }, 'a listener failed');
  const origins = new Origins(config.http.publicOrigin ?? 'http://localhost');
  const presence = new Presence();
  const transport = config.mail === null ? null : opened.use(smtpTransport(config.mail));
  const mailer = opened.use(new Mailer({ db, clock, emit, transport, onFault }));
  const background = opened.use(new Background());
  const attacks = new AttackWatch();
  const settings = new SettingsStore(db, clock, onFault);
  const policy = await PolicyStore.open({
    storage: policyStorage(settings),
    pins: config.policyPins,
    clock,
    onFault,
  });
  const sealer = new Sealer(secrets.passwordPepper);
  const accountsPorts: AccountsPorts = {
    db,
    clock,
    emit,
    mail: mailer,
    settings,
    origin: () => origins.public,
    policy,
    mayEnterByOneself: (account, cookieHeader) =>
      mayUsePassword(signOnPorts, account, signOnTokenIn(cookieHeader)),
    takeTie: (challenge) => takeTie(signOnPorts, challenge),
    refuseEarlySsoOnly: () => refuseEarlySsoOnly(signOnPorts),
    keepWaysIn: (transaction, change) => keepWaysIn(signOnPorts, transaction, change),
    passwords: new PasswordHasher(secrets.passwordPepper, config.passwords.profile),
    sessionEnded: new Notifier<SessionEnd>(onFault),
    signInAttempts: new AttemptLimiter(SIGN_IN_ATTEMPTS, (name, key, { wrong }) =>
      background.add(attacks.onLimit(accountsPorts, name, key, wrong).catch(onFault)),
    ),
    knownPlaces: new KnownPlaces(),
    factors: {
      keys: new FactorKeys(secrets.passwordPepper),
      policy: () => {
        const { secondFactor, factors } = policy.current();
        return { secondFactor, allowedFactors: [...factors, 'recovery'] };
      },
      sms: config.sms === null ? null : httpSms(config.sms),
      relyingParty: () => relyingPartyOf(origins.public),
      attempts: new AttemptLimiter(FACTOR_ATTEMPTS, (name, key, { wrong }) =>
        background.add(factorsGuessed(accountsPorts, name, key, wrong).catch(onFault)),
      ),
      sends: new AttemptLimiter(CODE_SENDS),
    },
    linkAttempts: new AttemptLimiter(LINK_ATTEMPTS),
    resetRequests: new AttemptLimiter(RESET_REQUESTS),
  };
  const meetingsPorts: MeetingsPorts = {
    db,
    clock,
    emit,
    policy,
    meetingNews: new Notifier<MeetingNews>(onFault),
    participantsIn: (id) => presence.participantsIn(id),
  };
  const retention = new RetentionJob({ accounts: accountsPorts, meetings: meetingsPorts }, (fault) =>
    log.error({ fault }, 'what is too old could not be deleted'),
  );
  opened.use(retention);
  const signOnPorts: SignOnPorts = openSignOn(accountsPorts, {
    allowPrivate: config.signOn.allowPrivateNetworks,
    sealer,
  });
  const blobs = folderBlobs(join(config.dataFolder, 'files'));
  // Of meetings that a crash has ended nobody has the keys any more.
  await blobs.clear();
  opened.defer(() => blobs.clear());
  const files: FilesPorts = {
    clock,
    emit,
    settings: config.files,
    blobs,
    shelf: new FileShelf(blobs, onFault),
    accesses: new FileAccesses(),
  };
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
    authenticate: (cookieHeader) => authenticate(accountsPorts, cookieHeader),
    onSessionEnded: (listener) => accountsPorts.sessionEnded.listen(listener),
    proofAttempts: new AttemptLimiter(PROOF_ATTEMPTS),
    meetings: {
      findForJoin: (id) => findForJoin(db, id),
      markUsed: (id) => markMeetingUsed(db, id, new Date(clock())),
      onNews: (listener) => meetingsPorts.meetingNews.listen(listener),
    },
    background,
    mailer,
    files,
    policy,
    retention,
    accountsPorts,
    meetingsPorts,
    signOnPorts,
    [Symbol.asyncDispose]: () => lifetime.disposeAsync(),
  };
}

async function openDatabase(config: Config, log: Log): Promise<Database> {
  const { url, poolSize } = config.database;
  if (url === null) {
    return openPglite(config.dataFolder).catch((cause) => {
      throw new StartRefused(`The database in ${config.dataFolder} could not be opened.`, { cause });
    });
  }
  return openPostgres(url, poolSize, (fault) => log.warn({ fault }, 'a database connection broke'));
}

async function refuseSilentDatabase(database: Database): Promise<void> {
  await database.ping().catch((cause) => {
    const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
    throw new StartRefused(`The database does not answer${code}. Check database.url.`, { cause });
  });
}
