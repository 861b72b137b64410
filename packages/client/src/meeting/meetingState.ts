import type { DirectLink } from '../direct/DirectLink.ts';
import type { Encryption } from '../encryption/Encryption.ts';
import type { MediaTransport } from '../media/MediaTransport.ts';
import { doubtsOf } from './doubts.ts';
import { participantStates } from './participantStates.ts';
import type { Roster } from './roster.ts';
import type { ConnectionState, MeetingPhase, MeetingState } from './types.ts';

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
}

/** All that may be shown of it: of the server's word only what the group does not contradict. */
export function meetingState(parts: MeetingParts): MeetingState {
  const { phase, roster, encryption, transport, direct, camera, screen, connection } = parts;
  const { shown } = direct;
  const group = encryption.group.get();
  return {
    phase,
    meeting: roster.meeting,
    selfId: roster.self,
    participants: participantStates({
      roster,
      people: group.people,
      local: { camera, screen: screen.track },
      trackOf: (mid, participantId) => provedTrackOf(parts, mid, participantId),
      direct: shown,
    }),
    encryption: group,
    verification: encryption.verification.state.get(),
    doubts: doubtsOf(
      roster.slots,
      (mid) => isDoubtful(parts, mid),
      shown === null ? [] : encryption.ownedDoubts,
    ),
    speakers: shown?.speakers ?? roster.speakers,
    allowed: roster.allowed,
    rules: roster.rules,
    turnedOff: parts.turnedOff,
    audioTracks: [...(transport?.audioTracks() ?? []), ...direct.soundTracks()],
    screenProblem: screen.problem,
    connection,
    direct: direct.terms,
  };
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
