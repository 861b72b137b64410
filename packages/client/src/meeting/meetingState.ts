import type { DirectLink } from '../direct/DirectLink.ts';
import type { Encryption } from '../encryption/Encryption.ts';
import type { MediaTransport } from '../media/MediaTransport.ts';
import { doubtsOf } from './doubts.ts';
import type { LobbyKnock } from './LobbyWatch.ts';
import { audienceSize, participantStates, seesAll } from './participantStates.ts';
import { ownStage, type Roster } from './roster.ts';
import type { ConnectionState, MeetingPhase, MeetingState, ParticipantState } from './types.ts';

/** What a stay consists of at one moment. */
export interface MeetingParts {
  readonly phase: MeetingPhase;
  readonly roster: Roster;
  readonly encryption: Encryption;
  readonly transport: MediaTransport | null;
  readonly direct: DirectLink;
  /** What is captured here. */
  readonly camera: MediaStreamTrack | null;
  readonly screen: {
    readonly track: MediaStreamTrack | null;
    readonly problem: MeetingState['screenProblem'];
  };
  readonly connection: ConnectionState;
  readonly turnedOff: boolean;
  readonly lobby: readonly LobbyKnock[];
}

/** All that may be shown of it: of the server's word only what the group does not contradict. */
export function meetingState(parts: MeetingParts): MeetingState {
  const { phase, roster, encryption, transport, direct, camera, screen, connection } = parts;
  const { shown } = direct;
  const group = encryption.group.get();
  const participants = participantStates({
    roster,
    people: group.people,
    unjudged: encryption.unjudged,
    local: { camera, screen: screen.track },
    trackOf: (mid, participantId) => provedTrackOf(parts, mid, participantId),
    direct: shown,
  });
  return {
    phase,
    meeting: roster.meeting,
    selfId: roster.self,
    participants,
    encryption: seen(group, roster, participants),
    verification: seen(encryption.verification.state.get(), roster, participants),
    doubts: doubtsOf(
      roster.slots,
      (mid) => isDoubtful(parts, mid),
      shown === null ? [] : encryption.ownedDoubts,
    ),
    speakers: shown?.speakers ?? roster.speakers,
    allowed: roster.allowed,
    rules: roster.rules,
    orders: roster.orders,
    controls: participants.find(({ self }) => self)?.controls ?? [],
    stage: ownStage(roster),
    audience: audienceSize(roster, group.people),
    heldBy: namesOf(roster, participants),
    lobby: parts.lobby,
    removals: roster.removals,
    turnedOff: parts.turnedOff,
    audioTracks: [...(transport?.audioTracks() ?? []), ...direct.soundTracks()],
    screenProblem: screen.problem,
    connection,
    direct: direct.terms,
  };
}

/** To whoever does not host a webinar its audience is a number, here as in the list of people. */
function seen<P extends { readonly participantId: string }, T extends { readonly people: readonly P[] }>(
  of: T,
  roster: Roster,
  participants: readonly ParticipantState[],
): T {
  if (seesAll(roster)) return of;
  const ids = new Set(participants.map(({ id }) => id));
  return { ...of, people: of.people.filter(({ participantId }) => ids.has(participantId)) };
}

function namesOf({ heldBy }: Roster, participants: readonly ParticipantState[]): MeetingState['heldBy'] {
  const name = (id: string | null) => participants.find((one) => one.id === id)?.name ?? null;
  return { microphone: name(heldBy.microphone), camera: name(heldBy.camera), screen: name(heldBy.screen) };
}

/** The track of a slot, once what comes there is proved to be this person's: the server's word is not enough. */
function provedTrackOf(
  { encryption, transport }: MeetingParts,
  mid: string,
  participantId: string,
): MediaStreamTrack | null {
  const line = transport?.cipherLineOf(mid) ?? null;
  const isProved = line !== null && encryption.senderOf(line) === participantId;
  return isProved ? (transport?.trackOf(mid) ?? null) : null;
}

function isDoubtful({ encryption, transport }: MeetingParts, mid: string): boolean {
  const line = transport?.cipherLineOf(mid) ?? null;
  return line !== null && encryption.isDoubtful(line);
}
