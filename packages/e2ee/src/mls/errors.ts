/**
 * Why an operation of the group was refused.
 *
 * - `malformed`: not the bytes that RFC 9420 or our credential's grammar allow.
 * - `too_large`: past a limit of `MLS_LIMITS`.
 * - `bad_credential`: signature, admission tag, meeting or time is wrong: a ghost or a stale KeyPackage.
 * - `bad_admission`: a host's word that is of another meeting, or not signed by the device that it names.
 * - `duplicate`: an identity or a key that another leaf of the tree has.
 * - `bad_key_package`: a KeyPackage that is not of our profile or not correctly signed.
 * - `bad_commit`: a commit outside our profile (proposals, PSK, UpdatePath) or that does not lead to the next epoch.
 * - `bad_welcome`: a Welcome that does not lead to a valid group, or not with this meeting's secret.
 * - `bad_message`: an application message that does not decrypt, is replayed, or whose sender is no member now.
 * - `wrong_group`: of another group.
 * - `stale_epoch`: of an epoch that is over (a commit that lost, a replay) or whose keys are gone.
 * - `future_epoch`: of an epoch that is not reached: something was missed.
 * - `refused`: the caller's policy said no.
 * - `seen_before`: a KeyPackage whose leaf was in this group already: a replay.
 * - `not_a_member`: a leaf that is blank, or one's own where that makes no sense.
 * - `removed`: this member was removed; the group can be used no more.
 * - `closed`: the group was closed.
 */
export type MlsErrorCode =
  | 'malformed'
  | 'too_large'
  | 'bad_credential'
  | 'bad_admission'
  | 'duplicate'
  | 'bad_key_package'
  | 'bad_commit'
  | 'bad_welcome'
  | 'bad_message'
  | 'wrong_group'
  | 'stale_epoch'
  | 'future_epoch'
  | 'refused'
  | 'seen_before'
  | 'not_a_member'
  | 'removed'
  | 'closed';

/** Every refusal of this folder. The text names what was wrong, never a key, a name or the bytes themselves. */
export class MlsError extends Error {
  readonly code: MlsErrorCode;

  constructor(code: MlsErrorCode, text: string, options?: ErrorOptions) {
    super(text, options);
    this.name = 'MlsError';
    this.code = code;
  }
}

/** The error as one of ours: what the library threw keeps its text as the cause. */
export function asMlsError(error: unknown, code: MlsErrorCode, text: string): MlsError {
  return error instanceof MlsError ? error : new MlsError(code, text, { cause: error });
}
