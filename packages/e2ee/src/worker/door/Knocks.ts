import { type Bytes, equalInConstantTime } from '../../bytes.ts';
import { signAdmission } from '../../mls/admission/signAdmission.ts';
import type { CredentialFields, MeetingGroup, NamedFields, SigningHost } from '../../mls/index.ts';
import { deviceCode } from '../../mls/verification/personCode.ts';
import { mostKnocks } from './mostKnocks.ts';

/** Somebody who waits at the door, as the server tells it. */
export interface Knock {
  readonly participantId: string;
  readonly name: string;
  readonly keyPackage: Bytes;
  /** Who they are, where the KeyPackage does not say it. */
  readonly introduction: Bytes | null;
}

/** What their KeyPackage proves. */
export interface InspectedKnock {
  readonly participantId: string;
  /** They know the passcode, and are whom the server names, from first to last: only such ones can be let in. */
  readonly valid: boolean;
  /** Their own word, signed; what the server says where nothing is proved. */
  readonly name: string;
  /** As their device claims; null for guests. */
  readonly accountId: string | null;
  /** Six groups of five digits: half of what two people compare (person code). Null where nothing is proved. */
  readonly deviceCode: string | null;
}

export interface SignedAdmission {
  readonly participantId: string;
  readonly admission: Bytes;
}

interface Looked {
  readonly knock: Knock;
  /** Whom a host lets in: what stands in the leaf. */
  readonly who: CredentialFields | null;
  readonly result: InspectedKnock;
}

/** What a host's device finds of those who wait, and signs. */
export class Knocks {
  readonly #looked = new Map<string, Looked>();

  async inspect(knock: Knock, group: MeetingGroup): Promise<InspectedKnock> {
    const known = this.#looked.get(knock.participantId);
    if (known !== undefined && isSame(known.knock, knock)) return known.result;
    // A page knocks once under an id. Another device under it would be let in by what was read of the first one.
    const proved = known === undefined ? await proven(knock, group) : null;
    const { participantId, name } = knock;
    const result: InspectedKnock =
      proved === null
        ? { participantId, valid: false, name, accountId: null, deviceCode: null }
        : {
            participantId,
            valid: true,
            name: proved.person.name,
            accountId: proved.person.kind === 'member' ? proved.person.accountId : null,
            deviceCode: (await deviceCode(proved.person.deviceKey)).join(' '),
          };
    const who = proved?.leaf ?? null;
    this.#looked.delete(participantId);
    this.#looked.set(participantId, { knock, who, result });
    for (const oldest of this.#looked.keys()) {
      if (this.#looked.size <= mostKnocks) break;
      this.#looked.delete(oldest);
    }
    return result;
  }

  /** Of those who were looked at and found to be valid: of others there is none. @param issuedAt ms since 1970 */
  async sign(
    participantIds: readonly string[],
    { meetingId, host, issuedAt }: { meetingId: string; host: SigningHost; issuedAt: number },
  ): Promise<readonly SignedAdmission[]> {
    const valid = [...new Set(participantIds)].flatMap((id) => this.#looked.get(id)?.who ?? []);
    return await Promise.all(
      valid.map(async (who) => ({
        participantId: who.participantId,
        admission: await signAdmission(meetingId, who, host, issuedAt),
      })),
    );
  }
}

function isSame(one: Knock, other: Knock): boolean {
  const none = new Uint8Array();
  return (
    one.name === other.name &&
    equalInConstantTime(one.keyPackage, other.keyPackage) &&
    equalInConstantTime(one.introduction ?? none, other.introduction ?? none)
  );
}

interface Proved {
  readonly leaf: CredentialFields;
  /** Who that is: as the leaf says, or as it introduces itself. */
  readonly person: NamedFields;
}

/** Under the name that the server shows: a host lets in whom they have read of. */
async function proven(
  { participantId, name, keyPackage, introduction }: Knock,
  group: MeetingGroup,
): Promise<Proved | null> {
  try {
    const leaf = await group.inspect(keyPackage);
    const isUnnamed = leaf.kind === 'unnamed';
    if (isUnnamed && introduction === null) return null;
    const person =
      !isUnnamed || introduction === null ? leaf : await group.inspectIntroduction(keyPackage, introduction);
    if (person.kind === 'unnamed' || person.participantId !== participantId || person.name !== name)
      return null;
    return { leaf, person };
  } catch (error) {
    if (group.lifetime !== 'active') throw error;
    return null;
  }
}
