import type { ClientMessage, ServerMessage } from '@conclave/protocol';
import { askHelp, giveTicket, returnFromBreakout } from '../features/breakout/visit.ts';
import {
  agreeToDirectPath,
  relayDirectSignal,
  reportDirectPath,
} from '../features/participation/directPath.ts';
import { giveFileAccess } from '../features/participation/giveFileAccess.ts';
import { giveRelays } from '../features/participation/giveRelays.ts';
import {
  acknowledgeEpoch,
  commitToGroup,
  refuseApplicant,
  rejoinGroup,
  sendToGroup,
} from '../features/participation/group.ts';
import { leave } from '../features/participation/leave.ts';
import { admit, moderate, report, takeStage, turnAway } from '../features/participation/moderate.ts';
import { negotiate } from '../features/participation/negotiate.ts';
import type { ParticipationPorts, Place } from '../features/participation/ports.ts';
import { setSources } from '../features/participation/setSources.ts';
import { setView } from '../features/participation/setView.ts';

/** What somebody who is in a meeting may ask for. */
export type PlacedMessage = Exclude<ClientMessage, { type: 'join' | 'join-breakout' | 'resume' | 'ping' }>;

/** @throws ConclaveError when it is refused. */
export async function answer(
  ports: ParticipationPorts,
  place: Place,
  message: PlacedMessage,
): Promise<ServerMessage> {
  const { request } = message;
  switch (message.type) {
    case 'offer':
      return { type: 'answer', request, sdp: await negotiate(ports, place, message) };
    case 'relays':
      return { type: 'relays', request, relays: giveRelays(ports, place) };
    case 'file-access':
      return { type: 'file-access', request, ...giveFileAccess(ports, place) };
    case 'group-rejoin':
      return { type: 'group-seat', request, group: rejoinGroup(ports, place, message) };
    case 'breakout-ticket':
      return { type: 'breakout-ticket', request, ...giveTicket(ports, place, message) };
    case 'moderate':
      await moderate(ports, place, message);
      return { type: 'ok', request };
    case 'turn-away':
      await turnAway(ports, place, message);
      return { type: 'ok', request };
    default:
      obey(ports, place, message);
      return { type: 'ok', request };
  }
}

function obey(
  ports: ParticipationPorts,
  place: Place,
  message: Exclude<
    PlacedMessage,
    {
      type:
        | 'offer'
        | 'relays'
        | 'file-access'
        | 'group-rejoin'
        | 'moderate'
        | 'turn-away'
        | 'breakout-ticket';
    }
  >,
): void {
  switch (message.type) {
    case 'sources':
      setSources(ports, place, message.sources);
      return;
    case 'view':
      setView(ports, place, message.view);
      return;
    case 'direct-consent':
      agreeToDirectPath(ports, place, message);
      return;
    case 'direct-signal':
      relayDirectSignal(ports, place, message);
      return;
    case 'direct-report':
      reportDirectPath(ports, place, message);
      return;
    case 'group-commit':
      commitToGroup(ports, place, message);
      return;
    case 'group-ack':
      acknowledgeEpoch(ports, place, message);
      return;
    case 'group-message':
      sendToGroup(ports, place, message);
      return;
    case 'group-refuse':
      refuseApplicant(ports, place, message);
      return;
    case 'admit':
      admit(ports, place, message);
      return;
    case 'take-stage':
      takeStage(ports, place, message);
      return;
    case 'report':
      report(ports, place, message);
      return;
    case 'breakout-leave':
      returnFromBreakout(ports, place);
      return;
    case 'breakout-help':
      askHelp(ports, place, message);
      return;
    case 'leave':
      leave(ports, place, 'left');
      return;
  }
}
