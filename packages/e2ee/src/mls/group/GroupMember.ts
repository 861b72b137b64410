import type { CredentialFields } from '../credential/MemberCredential.ts';
import type { Leaf } from '../tree/leaves.ts';

/**
 * A member as the tree and its proven credential say: the only source of who is in the meeting. Of an unnamed leaf as its
 * introduction says, where we have one that is true.
 */
export type GroupMember = CredentialFields & { readonly leafIndex: number };

/** What a commit does to the group. */
export interface GroupChange {
  /** The leaf that commits. */
  readonly committer: GroupMember;
  readonly added: readonly GroupMember[];
  readonly removed: readonly GroupMember[];
}

/** What a commit means to do, before it is taken: who is added has no leaf yet. */
export interface ProposedChange {
  readonly committer: GroupMember;
  readonly added: readonly CredentialFields[];
  readonly removed: readonly GroupMember[];
}

/** Whether this member goes along with a commit. False leaves it at its epoch, outside of what the others do. */
export type ChangePolicy = (change: ProposedChange) => boolean | Promise<boolean>;

export function memberOf(leaf: Leaf): GroupMember {
  return { leafIndex: leaf.leafIndex, ...fieldsOf(leaf.credential) };
}

/** The credential without its proofs, which are of no use to anybody else. */
export function fieldsOf(credential: CredentialFields): CredentialFields {
  const { participantId, deviceKey, notAfter } = credential;
  if (credential.kind === 'unnamed') return { kind: 'unnamed', participantId, deviceKey, notAfter };
  const common = { participantId, name: credential.name, deviceKey, notAfter };
  return credential.kind === 'member'
    ? { kind: 'member', accountId: credential.accountId, ...common }
    : { kind: 'guest', ...common };
}
