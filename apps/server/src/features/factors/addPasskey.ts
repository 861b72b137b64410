import { randomUUID } from 'node:crypto';
import {
  ConclaveError,
  type FactorAdded,
  FactorId,
  type PasskeyAttestation,
  type PasskeyCreation,
} from '@conclave/protocol';
import { findAccount } from '../../storage/repositories/accounts.ts';
import {
  type FactorRow,
  insertFactor,
  listFactorRows,
  lockFactors,
} from '../../storage/repositories/factors.ts';
import { spendChallenge } from '../../storage/repositories/spentChallenges.ts';
import type { Caller } from '../accounts/authenticate.ts';
import { describeDevice } from '../accounts/describeDevice.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { afterAdding, refuseTooMany } from './afterAdding.ts';
import { refuseUnlessOffered } from './listFactors.ts';
import { hashChallenge, makePasskeyChallenge, readPasskeyChallenge } from './passkeys/challenges.ts';
import { passkeyCreation } from './passkeys/options.ts';
import { verifyAttestation } from './passkeys/verify.ts';

const purposeOf = (caller: Caller) => ({ kind: 'add', subject: caller.sessionId }) as const;

/** @throws ConclaveError factor.unavailable */
export async function askNewPasskey(ports: AccountsPorts, caller: Caller): Promise<PasskeyCreation> {
  refuseUnlessOffered(ports, 'passkey');
  const party = ports.factors.relyingParty();
  const account = await findAccount(ports.db, caller.accountId);
  if (account === null || party === null) throw new ConclaveError('factor.unavailable');
  const held = await listFactorRows(ports.db, account.id);
  const challenge = makePasskeyChallenge(ports.factors.keys, purposeOf(caller), ports.clock());
  const passkeys = held.filter(({ kind }) => kind === 'passkey');
  return passkeyCreation(party, challenge, account, passkeys);
}

/**
 * Takes the passkey that the browser made. A name is made from the browser where none is given.
 * @throws ConclaveError factor.wrong, factor.exists, factor.limit, factor.unavailable
 */
export async function addPasskey(
  ports: AccountsPorts,
  caller: Caller,
  input: { readonly attestation: PasskeyAttestation; readonly name?: string | undefined },
  userAgent: string | undefined,
): Promise<FactorAdded> {
  refuseUnlessOffered(ports, 'passkey');
  const party = ports.factors.relyingParty();
  const account = await findAccount(ports.db, caller.accountId);
  if (account === null || party === null) throw new ConclaveError('factor.unavailable');
  let asked: { readonly hash: Buffer; readonly until: Date } | null = null;
  const passkey = await verifyAttestation(party, input.attestation, (challenge) => {
    const until = readPasskeyChallenge(ports.factors.keys, purposeOf(caller), challenge, ports.clock());
    asked = until === null ? null : { hash: hashChallenge(challenge), until };
    return until !== null;
  });
  if (passkey === null || asked === null) throw new ConclaveError('factor.wrong');
  const { hash, until }: { readonly hash: Buffer; readonly until: Date } = asked;
  if (!(await spendChallenge(ports.db, hash, until))) throw new ConclaveError('factor.wrong');
  const row: FactorRow = {
    id: FactorId.parse(randomUUID()),
    account_id: account.id,
    kind: 'passkey',
    name: input.name ?? describeDevice(userAgent),
    created_at: new Date(ports.clock()),
    last_used_at: null,
    pending_until: null,
    sealed: null,
    last_step: null,
    credential_id: passkey.credentialId,
    public_key: passkey.publicKey,
    counter: String(passkey.counter),
    transports: passkey.transports,
  };
  await ports.db.transaction().execute(async (transaction) => {
    refuseTooMany(await lockFactors(transaction, account.id));
    if (!(await insertFactor(transaction, row))) throw new ConclaveError('factor.exists');
  });
  return afterAdding(ports, caller, account, row);
}
