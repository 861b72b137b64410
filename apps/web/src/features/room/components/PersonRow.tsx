import type { Meeting, ParticipantState, PersonVerification } from '@conclave/client';
import {
  CircleHelp,
  EyeOff,
  MessageCircleQuestion,
  Mic,
  MicOff,
  MonitorUp,
  Pin,
  Star,
  Video,
  VideoOff,
} from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/cx.ts';
import { TrustMark } from '../../security/components/TrustMark.tsx';
import { samePicture } from '../model/stage.ts';
import { Avatar } from './Avatar.tsx';
import { HandMark, LowerHand } from './conversation/LowerHand.tsx';
import { type PersonDialogName, PersonMenu } from './host/PersonMenu.tsx';
import styles from './PersonRow.module.css';
import { QualityIcon } from './QualityIcon.tsx';
import { useLooking } from './RoomContext.ts';

/** Drawn again only where something about them has changed. */
export const PersonRow = memo(function PersonRow(props: {
  readonly participant: ParticipantState;
  readonly trust: PersonVerification['trust'] | undefined;
  readonly speaking: boolean;
  /** A host shows them to everybody. */
  readonly spotlit: boolean;
  /** The breakout room that they are in, in words. */
  readonly elsewhere: string | null;
  /** How they came in, in words. */
  readonly entry: string;
  readonly meeting: Meeting;
  /** Whoever looks at it. */
  readonly asker: ParticipantState | undefined;
  /** Of an audience, in place of what one sends. */
  readonly action?: ReactNode;
  readonly onDialog: (name: PersonDialogName, participant: ParticipantState) => void;
}) {
  const { participant, speaking, asker } = props;
  const { id, name, role, self, sources, allowed } = participant;
  const { t } = useTranslation();
  const { pinned, hidden } = useLooking();
  const picture = { participantId: id, source: 'camera' } as const;
  const isPinned = samePicture(pinned, picture);
  const isHidden = hidden.has(id);
  // In a breakout room they may send nothing here, which nobody has held them to.
  const isFree = allowed.microphone || props.elsewhere !== null;
  const small = { size: 16, role: 'img' } as const;
  // Nobody vouches for the name: it is their own word, and the passcode's.
  const isSelfDeclared = role === 'guest' && participant.invitedAs === null;

  return (
    <li className={styles.row} data-speaking={speaking ? '' : undefined}>
      <Avatar id={id} name={name} size={36} />
      <div className={styles.words}>
        <p className={styles.name}>
          <span dir="auto">{name}</span>
          <TrustMark trust={props.trust} />
          {self && <span className={styles.self}>({t('room.you')})</span>}
        </p>
        <p className={styles.state}>
          <HandMark participantId={id} />
          {role !== 'member' && (
            <span className={cx(styles.role, role === 'guest' && styles.guest)}>{t(`room.${role}`)}</span>
          )}
          {participant.stage !== 'on' ? null : sources.microphone ? (
            <Mic {...small} aria-label={t('room.microphoneIsOn')} />
          ) : (
            <MicOff
              {...small}
              aria-label={isFree || self ? t('room.muted') : t('host.person.heldMicrophone')}
              className={cx(styles.muted, !isFree && styles.held)}
            />
          )}
          {participant.stage !== 'on' ? null : sources.camera ? (
            <Video {...small} aria-label={t('room.cameraIsOn')} />
          ) : (
            <VideoOff {...small} aria-label={t('room.cameraIsOff')} />
          )}
          {sources.screen && <MonitorUp {...small} aria-label={t('room.screenIsOn')} />}
          {props.spotlit && (
            <Star
              {...small}
              aria-label={t(self ? 'room.spotlitYou' : 'room.spotlit')}
              className={styles.lit}
            />
          )}
          {isPinned && <Pin {...small} aria-label={t('room.pinned')} />}
          {isHidden && <EyeOff {...small} aria-label={t('room.hidden')} />}
          <QualityIcon participant={participant} />
          {props.elsewhere !== null && <span dir="auto">{props.elsewhere}</span>}
          {!participant.connected && <span>{t('room.away')}</span>}
        </p>
        <p className={styles.entry}>
          {participant.entry === null ? (
            <CircleHelp size={14} aria-hidden="true" />
          ) : (
            isSelfDeclared && <MessageCircleQuestion size={14} aria-hidden="true" />
          )}
          {/* Hosts are marked as such already. */}
          {participant.entry !== 'host' && <span dir="auto">{props.entry}</span>}
          <span>
            <span className="visually-hidden">{t('host.sinceBefore')} </span>
            {clock(participant.joinedAt)}
          </span>
        </p>
        {props.action !== null && props.action !== undefined && (
          <div className={styles.action}>{props.action}</div>
        )}
      </div>
      {!self && (
        <div className={styles.actions}>
          {asker?.controls.includes('hands') === true && <LowerHand participantId={id} name={name} />}
          <PersonMenu
            meeting={props.meeting}
            participant={participant}
            self={asker}
            onDialog={(dialog) => props.onDialog(dialog, participant)}
          />
        </div>
      )}
    </li>
  );
});

function clock(instant: string): string {
  return new Date(instant).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
