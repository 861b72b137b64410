import { ConclaveError, type PasskeyRequest, type SentCodeKind } from '@conclave/protocol';
import type { AccountRow } from '../../storage/repositories/accounts.ts';
import type { AccountsPorts } from '../accounts/ports.ts';
import { type HeldFactors, heldFactors } from './heldFactors.ts';
import { makePasskeyChallenge } from './passkeys/challenges.ts';
import { passkeyRequest } from './passkeys/options.ts';
import { type Purpose, subjectOf } from './purposes.ts';
import { destinationOf, sendCode } from './sentCodes.ts';
import { waitingSignIn } from './waitingSignIn.ts';

type Asking = Exclude<Purpose, { kind: 'set-up' }>;

/** Sends the code of a second step. @returns to whom, with most of it hidden */
export async function sendSignInCode(
  ports: AccountsPorts,
  input: { readonly challenge: string; readonly kind: SentCodeKind },
  address: string,
): Promise<string> {
  const { account, purpose } = await waitingSignIn(ports, input.challenge);
  return sendFactorCode(ports, account, input.kind, purpose, address);
}

export async function askFactorPasskey(ports: AccountsPorts, challenge: string): Promise<PasskeyRequest> {
  const { account, purpose } = await waitingSignIn(ports, challenge);
  return askOwnPasskey(ports, account, purpose);
}

/** @throws ConclaveError factor.unavailable when the account has none of that kind that is asked for */
export async function sendFactorCode(
  ports: AccountsPorts,
  account: AccountRow,
  kind: SentCodeKind,
  purpose: Asking,
  address: string,
): Promise<string> {
  const factor = askable(await heldFactors(ports, account.id), kind)[0];
  if (factor === undefined) throw new ConclaveError('factor.unavailable');
  return sendCode(ports, account, destinationOf(ports, account, factor), purpose, address);
}

/** @throws ConclaveError factor.unavailable */
export async function askOwnPasskey(
  ports: AccountsPorts,
  account: AccountRow,
  purpose: Asking,
): Promise<PasskeyRequest> {
  const passkeys = askable(await heldFactors(ports, account.id), 'passkey');
  const party = ports.factors.relyingParty();
  if (party === null || passkeys.length === 0) throw new ConclaveError('factor.unavailable');
  const asked = { kind: purpose.kind, subject: subjectOf(purpose) };
  const challenge = makePasskeyChallenge(ports.factors.keys, asked, ports.clock());
  return passkeyRequest(party, challenge, passkeys);
}

function askable({ rows, askable: kinds }: HeldFactors, kind: SentCodeKind | 'passkey') {
  return kinds.includes(kind) ? rows.filter((row) => row.kind === kind) : [];
}
