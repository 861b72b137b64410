import './texts.ts';
import type { Meeting, ParticipantState } from '@conclave/client';
import {
  DoorOpen,
  Ellipsis,
  Eye,
  EyeOff,
  Flag,
  Hand,
  Mic,
  MicOff,
  MonitorOff,
  MonitorUp,
  Pin,
  PinOff,
  Star,
  StarOff,
  Undo2,
  UserCog,
  UserX,
  Video,
  VideoOff,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Menu, MenuAction, MenuLine } from '../../../../ui/Menu.tsx';
import { useObservable } from '../../../../ui/useObservable.ts';
import { controlsOver } from '../../model/mayRule.ts';
import { SOURCES } from '../../model/orderNews.ts';
import { samePicture } from '../../model/stage.ts';
import { isWebinar } from '../../model/webinar.ts';
import '../webinar/texts.ts';
import { useKnownRooms } from '../breakout/useKnownRooms.ts';
import { useRoomLabel } from '../breakout/useRoomLabel.ts';
import { useConversation, useHandUp } from '../conversation/ConversationContext.ts';
import { useLooking } from '../RoomContext.ts';
import { toggleSpotlight } from './toggleSpotlight.ts';
import { useAct } from './useAct.ts';

export type PersonDialogName = 'remove' | 'appoint' | 'report';

/** Rooms that the menu of a person offers. */
const mostMoves = 8;
const holdIcons = { microphone: MicOff, camera: VideoOff, screen: MonitorOff };
const giveIcons = { microphone: Mic, camera: Video, screen: MonitorUp };

/** What one can do about somebody: what to look at, and as host or co-host what their controls allow. */
export function PersonMenu(props: {
  readonly meeting: Meeting;
  readonly participant: ParticipantState;
  readonly self: ParticipantState | undefined;
  readonly onDialog: (name: PersonDialogName) => void;
}) {
  const { meeting, participant, self, onDialog } = props;
  const { id, name, sources, allowed, role } = participant;
  const { moderation } = meeting;
  const { t } = useTranslation();
  const act = useAct();
  const conversation = useConversation();
  const handUp = useHandUp(id);
  const { pinned, hidden, togglePin, toggleHidden } = useLooking();
  const orders = useObservable(meeting.state, (state) => state.orders);
  const webinar = useObservable(meeting.state, isWebinar);
  const picture = { participantId: id, source: 'camera' } as const;
  const isPinned = samePicture(pinned, picture);
  const isHidden = hidden.has(id);
  const controls = controlsOver(self, participant);
  const may = (control: (typeof controls)[number]) => controls.includes(control);
  const { breakoutRoom } = participant;
  const rooms = useKnownRooms(meeting);
  const roomLabel = useRoomLabel(rooms);
  const movable = may('breakout') && rooms !== null && !rooms.closing ? rooms.rooms : [];
  const canBring = movable.length > 0 && breakoutRoom !== null;
  // More than that are in the panel of the rooms.
  const moves = (movable.length <= mostMoves ? movable : [])
    .filter((room) => room.id !== breakoutRoom)
    .map((room) => ({ id: room.id, name: roomLabel(room.id) }));
  const one = { who: 'some', participantIds: [id] } as const;
  const lit = orders.spotlight.some((other) => other === id);
  const icon = { size: 18, 'aria-hidden': true } as const;
  // Nobody holds what hosts and co-hosts send; it can be stopped.
  const holdable = participant.breakoutRoom === null && role !== 'cohost' && role !== 'host';
  const onStage = participant.stage === 'on';
  const anythingOn = sources.microphone || sources.camera || sources.screen;

  return (
    <Menu dark name={t('host.person.menu', { name })} icon={<Ellipsis size={18} aria-hidden="true" />}>
      {may('media') && sources.microphone && (
        <MenuAction
          icon={<MicOff {...icon} />}
          onAction={() => act(() => moderation.stop(['microphone'], one))}
        >
          {t('host.person.mute')}
        </MenuAction>
      )}
      {may('media') && sources.camera && (
        <MenuAction
          icon={<VideoOff {...icon} />}
          onAction={() => act(() => moderation.stop(['camera'], one))}
        >
          {t('host.person.stopCamera')}
        </MenuAction>
      )}
      {may('media') && sources.screen && (
        <MenuAction
          icon={<MonitorOff {...icon} />}
          onAction={() => act(() => moderation.stop(['screen'], one))}
        >
          {t('host.person.stopScreen')}
        </MenuAction>
      )}
      {may('media') &&
        holdable &&
        onStage &&
        SOURCES.map((source) => {
          const Icon = allowed[source] ? holdIcons[source] : giveIcons[source];
          return (
            <MenuAction
              key={source}
              icon={<Icon {...icon} />}
              onAction={() => act(() => moderation.hold([source], one, allowed[source]))}
            >
              {t(`host.person.${allowed[source] ? 'hold' : 'give'}.${source}`)}
            </MenuAction>
          );
        })}
      {may('media') && webinar && onStage && holdable && (
        <MenuAction icon={<Undo2 {...icon} />} onAction={() => act(() => moderation.stage(id, false))}>
          {t('webinar.people.back')}
        </MenuAction>
      )}
      {may('media') && (anythingOn || (onStage && holdable)) && <MenuLine />}
      {may('hands') && handUp && (
        <MenuAction icon={<Hand {...icon} />} onAction={() => conversation.lowerHand(id)}>
          {t('host.person.lowerHand')}
        </MenuAction>
      )}
      {self?.controls.includes('spotlight') === true && onStage && (
        <MenuAction
          icon={lit ? <StarOff {...icon} /> : <Star {...icon} />}
          onAction={() => act(() => moderation.spotlight(toggleSpotlight(orders.spotlight, id)))}
        >
          {t(lit ? 'host.person.spotlightOver' : 'host.person.spotlight')}
        </MenuAction>
      )}
      {onStage && (
        <MenuAction
          icon={isPinned ? <PinOff {...icon} /> : <Pin {...icon} />}
          onAction={() => togglePin(picture)}
        >
          {isPinned ? t('room.unpin', { name }) : t('room.pin', { name })}
        </MenuAction>
      )}
      {onStage && (
        <MenuAction
          icon={isHidden ? <Eye {...icon} /> : <EyeOff {...icon} />}
          onAction={() => toggleHidden(id)}
        >
          {isHidden ? t('room.show', { name }) : t('room.hide', { name })}
        </MenuAction>
      )}
      {onStage && <MenuLine />}
      {moves.map(({ id: roomId, name: room }) => (
        <MenuAction
          key={roomId}
          icon={<DoorOpen {...icon} />}
          onAction={() => act(async () => meeting.breakouts?.assign(id, roomId))}
        >
          {t('breakout.lead.moveTo', { room })}
        </MenuAction>
      ))}
      {canBring && (
        <MenuAction
          icon={<Undo2 {...icon} />}
          onAction={() => act(async () => meeting.breakouts?.assign(id, null))}
        >
          {t('breakout.lead.moveBack')}
        </MenuAction>
      )}
      {may('appoint') && role !== 'guest' && (
        <MenuAction icon={<UserCog {...icon} />} onAction={() => onDialog('appoint')}>
          {t(role === 'cohost' ? 'host.person.controls' : 'host.person.appoint')}
        </MenuAction>
      )}
      {self?.role !== 'host' && (
        <MenuAction icon={<Flag {...icon} />} onAction={() => onDialog('report')}>
          {t('host.person.report')}
        </MenuAction>
      )}
      {may('remove') && (
        <MenuAction danger icon={<UserX {...icon} />} onAction={() => onDialog('remove')}>
          {t('host.person.remove')}
        </MenuAction>
      )}
    </Menu>
  );
}
