import type { MeetingRules, ParticipantRole, SourceSet } from '@conclave/protocol';

/** What a meeting lets two people do. */
export type DirectPathPolicy = Pick<MeetingRules, 'directPath'>;

/** What the rule asks about a participant. */
export interface DirectPerson {
  readonly role: ParticipantRole;
  readonly allowed: SourceSet;
  /** Of each source: whether their client has still to say that it is off. */
  readonly mustSayOff: Readonly<Record<'microphone' | 'camera' | 'screen', boolean>>;
  /** Their own word; null until they have said something. */
  readonly agreed: boolean | null;
}

/**
 * Two people may talk over a direct path where the meeting allows it, when nobody else is here, both may send
 * everything (the server can refuse only what passes through it), and both let the other see their address.
 */
export function mayBeDirect(policy: DirectPathPolicy, people: readonly DirectPerson[]): boolean {
  return couldBeDirect(policy, people) && people.every(showsAddress);
}

/** A guest is asked when nothing but an agreement is missing, and nobody has refused theirs. */
export function isAskedToAgree(
  policy: DirectPathPolicy,
  people: readonly DirectPerson[],
  person: DirectPerson,
): boolean {
  const mayYetAgree = people.every((each) => showsAddress(each) || each.agreed === null);
  return couldBeDirect(policy, people) && mayYetAgree && !showsAddress(person);
}

function couldBeDirect(policy: DirectPathPolicy, people: readonly DirectPerson[]): boolean {
  return policy.directPath === 'allowed' && people.length === 2 && people.every(maySendEverything);
}

/** Members of the organisation do unless they said no; guests only after they said yes. */
function showsAddress({ role, agreed }: DirectPerson): boolean {
  return agreed ?? role !== 'guest';
}

/**
 * On a direct path no server drops what may not be sent. So it is for people who may send everything, and not while somebody
 * who was stopped has still to say that they have.
 */
export function maySendEverything({ allowed, mustSayOff }: DirectPerson): boolean {
  const isStopped = mustSayOff.microphone || mustSayOff.camera || mustSayOff.screen;
  return !isStopped && allowed.microphone && allowed.camera && allowed.screen && allowed.screenAudio;
}
