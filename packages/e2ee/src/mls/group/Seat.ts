import type { CiphersuiteImpl, ClientConfig, PskIndex } from 'ts-mls';
import { equalBytes } from '../bytes/bytes.ts';
import { AuthenticationService } from '../credential/AuthenticationService.ts';
import type { Joiner, NamedJoiner } from '../credential/issueCredential.ts';
import { deriveMeetingKeys, type MeetingKeys } from '../credential/MeetingKeys.ts';
import { defaultSuite, loadSuite, type MlsSuite } from '../crypto/suite.ts';
import { MLS_LIMITS } from '../limits.ts';
import { pskIndexOf } from './externalPsk.ts';
import { Introductions } from './Introductions.ts';

/** What somebody brings to a meeting's group. */
export interface SeatOptions {
  readonly meetingId: string;
  /** The meeting's secret, 32 bytes: `MeetingSecret.psk`. */
  readonly psk: Uint8Array;
  readonly me: Joiner;
  /** Who we are, where our leaf does not say so: for those who may know it. */
  readonly introducing?: NamedJoiner | null;
  /** What is known of unnamed leaves, over all groups of a stay. */
  readonly introductions?: Introductions;
  readonly suite?: MlsSuite;
  /** Unix time in ms, for the life of credentials. */
  readonly now?: () => number;
}

/** One person's place in one meeting: the parts that stay the same from epoch to epoch. */
export interface Seat {
  readonly me: Joiner;
  readonly introducing: NamedJoiner | null;
  readonly introductions: Introductions;
  readonly suite: CiphersuiteImpl;
  readonly suiteName: MlsSuite;
  readonly keys: MeetingKeys;
  readonly authentication: AuthenticationService;
  readonly pskIndex: PskIndex;
  readonly config: ClientConfig;
  readonly now: () => number;
}

/** @throws MlsError `malformed` when the secret is not 32 bytes. */
export async function takeSeat(options: SeatOptions): Promise<Seat> {
  const { meetingId, psk, me, suite: suiteName = defaultSuite, now = Date.now } = options;
  const { introducing = null, introductions = new Introductions() } = options;
  const [suite, keys] = await Promise.all([loadSuite(suiteName), deriveMeetingKeys(psk)]);
  const authentication = new AuthenticationService(meetingId, keys, now);
  return {
    me,
    introducing,
    introductions,
    suite,
    suiteName,
    keys,
    authentication,
    pskIndex: pskIndexOf(keys.externalPsk),
    config: configFor(authentication),
    now,
  };
}

function configFor(authentication: AuthenticationService): ClientConfig {
  return {
    // A sender's messages come in order; gaps are those that the server swallowed. Each step costs, also for a message
    // that then does not open.
    keyRetentionConfig: {
      retainKeysForGenerations: 32,
      retainKeysForEpochs: MLS_LIMITS.pastEpochs,
      maximumForwardRatchetSteps: MLS_LIMITS.ratchetSteps,
    },
    // A leaf's time is the credential's, which we check ourselves by the clock that we are given.
    lifetimeConfig: { maximumTotalLifetime: 2_628_000n, validateLifetimeOnReceive: false },
    keyPackageEqualityConfig: {
      compareKeyPackages: (one, other) =>
        equalBytes(one.leafNode.signaturePublicKey, other.leafNode.signaturePublicKey),
      compareKeyPackageToLeafNode: (one, leaf) =>
        equalBytes(one.leafNode.signaturePublicKey, leaf.signaturePublicKey),
    },
    paddingConfig: { kind: 'padUntilLength', padUntilLength: 256 },
    authService: {
      validateCredential: async (credential, signatureKey) => {
        if (credential.credentialType !== 'basic' || !('identity' in credential)) return false;
        // Its time is judged by `checkCommit`, which knows what is done with it.
        return await authentication.verify(credential.identity, signatureKey, null).then(
          () => true,
          () => false,
        );
      },
    },
  };
}
