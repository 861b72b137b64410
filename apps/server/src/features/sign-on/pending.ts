import {
  AccountId,
  ConclaveError,
  FactorKind,
  type ProviderId,
  ReturnPath,
  type SignOnFactor,
  TestFault,
} from '@conclave/protocol';
import * as z from 'zod';
import { hashToken, makeToken, sameBytes } from '../../security/tokens.ts';
import {
  answerPending,
  findPending,
  findPendingRequest,
  insertPending,
  type PendingRow,
  takePending,
} from '../../storage/repositories/signOn/pending.ts';
import { ExternalPerson } from './person.ts';
import type { SignOnPorts } from './ports.ts';

/** How long somebody may take at the provider. */
const lifetimeMs = 10 * 60_000;

const asked = {
  purpose: z.enum(['sign-in', 'link', 'test']),
  /** Who asked: for linking and testing, which are nobody else's to finish. */
  accountId: z
    .uuid()
    .transform((id) => AccountId.parse(id))
    .nullable(),
  returnTo: z.string().refine((path) => ReturnPath.safeParse(path).success),
};

/** How far a sign-on has come in one browser. Sealed in the database: it holds what must not be known to anybody else. */
export const PendingState = z.discriminatedUnion('step', [
  z.strictObject({
    step: z.literal('asked'),
    ...asked,
    /** OpenID Connect's; null for SAML, which is bound by the ID of the request. */
    checks: z.strictObject({ state: z.string(), nonce: z.string(), verifier: z.string() }).nullable(),
  }),
  /**
   * SAML's answer has come, in a form from another site. The browser that brought it was given a token, and whoever began is known
   * by their cookie: only one that has both goes on. `answerHash` is the token's SHA-256, base64url.
   */
  z.strictObject({ step: z.literal('answered'), ...asked, person: ExternalPerson, answerHash: z.string() }),
  /** The same of a test whose answer was refused: whoever began it is told why. */
  z.strictObject({
    step: z.literal('test-refused'),
    ...asked,
    fault: z.enum(TestFault.options).nullable(),
    answerHash: z.string(),
  }),
  /** The address belongs to an account, whose owner is still to agree. */
  z.strictObject({ step: z.literal('to-link'), person: ExternalPerson }),
  /** They are in there, and our own second factor is asked for. */
  z.strictObject({
    step: z.literal('factor'),
    challenge: z.string(),
    factors: z.array(z.enum(FactorKind.options)),
    returnTo: z.string(),
  }),
  /** While that is asked for: what the session will belong to at the provider. */
  z.strictObject({ step: z.literal('tie'), subject: z.string(), sid: z.string().nullable() }),
  z.strictObject({
    step: z.literal('tested'),
    accountId: z.string(),
    person: ExternalPerson,
  }),
]);
export type PendingState = z.output<typeof PendingState>;
export type StateOf<S extends PendingState['step']> = Extract<PendingState, { step: S }>;

export interface Pending {
  readonly row: PendingRow;
  readonly state: PendingState;
}

/** Keeps a state, and gives what the browser must carry to go on with it. */
export async function keepPending(
  ports: SignOnPorts,
  providerId: ProviderId,
  state: PendingState,
  requestId: string | null = null,
): Promise<string> {
  const token = makeToken();
  await keepPendingAs(ports, token, providerId, state, requestId);
  return token;
}

/** The same, found again by a secret that is there already. */
export async function keepPendingAs(
  ports: SignOnPorts,
  token: string,
  providerId: ProviderId,
  state: PendingState,
  requestId: string | null = null,
): Promise<void> {
  const now = ports.clock();
  const row = {
    token_hash: hashToken(token),
    provider_id: providerId,
    request_id: requestId,
    state: seal(ports, state),
    expires_at: new Date(now + lifetimeMs),
  };
  await insertPending(ports.db, row, new Date(now));
}

/** @throws ConclaveError sign_on.expired, also when it was used before, or was never ours. */
export async function takePendingOf(ports: SignOnPorts, token: string | null): Promise<Pending> {
  const row = token === null ? null : await takePending(ports.db, hashToken(token), new Date(ports.clock()));
  if (row === null) throw new ConclaveError('sign_on.expired');
  return { row, state: open(ports, row) };
}

export async function findPendingOf(ports: SignOnPorts, token: string | null): Promise<Pending | null> {
  const row = token === null ? null : await findPending(ports.db, hashToken(token), new Date(ports.clock()));
  return row === null ? null : { row, state: open(ports, row) };
}

/** The sign-on that a SAML answer belongs to. */
export async function findAsked(
  ports: SignOnPorts,
  providerId: ProviderId,
  requestId: string,
): Promise<PendingRow | null> {
  return findPendingRequest(ports.db, providerId, requestId, new Date(ports.clock()));
}

/**
 * Gives the token that the browser that brought the answer must show again; null when the sign-on was answered before. Without it,
 * whoever began a sign-on and had somebody else answer it would be signed in as them.
 */
export async function storeAnswer(
  ports: SignOnPorts,
  row: PendingRow,
  person: ExternalPerson,
): Promise<string | null> {
  const state = open(ports, row);
  if (state.step !== 'asked') return null;
  const { purpose, accountId, returnTo } = state;
  const answer = makeToken();
  const answerHash = hashToken(answer).toString('base64url');
  const answered = seal(ports, { step: 'answered', purpose, accountId, returnTo, person, answerHash });
  return (await answerPending(ports.db, row, answered)) ? answer : null;
}

/**
 * Keeps why the answer to a test was refused, for whoever began it, and gives the token as `storeAnswer` does. Null when no test
 * waits for it: nobody else is told.
 */
export async function storeTestFault(
  ports: SignOnPorts,
  row: PendingRow,
  fault: TestFault | null,
): Promise<string | null> {
  const state = open(ports, row);
  if (state.step !== 'asked' || state.purpose !== 'test') return null;
  const { purpose, accountId, returnTo } = state;
  const answer = makeToken();
  const answerHash = hashToken(answer).toString('base64url');
  const refused = seal(ports, { step: 'test-refused', purpose, accountId, returnTo, fault, answerHash });
  return (await answerPending(ports.db, row, refused)) ? answer : null;
}

/** Whether it was this browser that brought the answer: `answer` is what it was given then. */
export function wasAnsweredHere(
  state: PendingState,
  answer: string | null,
): state is StateOf<'answered'> | StateOf<'test-refused'> {
  if ((state.step !== 'answered' && state.step !== 'test-refused') || answer === null) return false;
  return sameBytes(hashToken(answer), Buffer.from(state.answerHash, 'base64url'));
}

function seal(ports: SignOnPorts, state: PendingState): Buffer {
  return ports.sealer.seal('sign-on pending', Buffer.from(JSON.stringify(state), 'utf8'));
}

function open(ports: SignOnPorts, row: PendingRow): PendingState {
  return PendingState.parse(JSON.parse(ports.sealer.open('sign-on pending', row.state).toString('utf8')));
}

/** Gives up whatever is under way in a browser. */
export async function dropPending(ports: SignOnPorts, token: string | null): Promise<void> {
  if (token !== null) await takePending(ports.db, hashToken(token), new Date(ports.clock()));
}

/** The question for a second factor that waits in this browser, once. @throws ConclaveError sign_on.expired */
export async function takeFactor(ports: SignOnPorts, token: string | null): Promise<SignOnFactor> {
  const { state } = await takePendingOf(ports, token);
  if (state.step !== 'factor') throw new ConclaveError('sign_on.expired');
  const { challenge, factors, returnTo } = state;
  return { challenge, factors, returnTo };
}
