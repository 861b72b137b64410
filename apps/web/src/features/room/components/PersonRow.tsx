import type { ParticipantState, PersonVerification } from '@conclave/client';
import { Eye, EyeOff, Mic, MicOff, MonitorUp, Pin, PinOff, Video, VideoOff } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/cx.ts';
import { IconButton } from '../../../ui/IconButton.tsx';
import { TrustMark } from '../../security/components/TrustMark.tsx';
import { samePicture } from '../model/stage.ts';
import { Avatar } from './Avatar.tsx';
import { HandMark, LowerHand } from './conversation/LowerHand.tsx';
import styles from './PersonRow.module.css';
import { QualityIcon } from './QualityIcon.tsx';
import { useLooking } from './RoomContext.ts';

/** Drawn again only where something about them has changed. */
export const PersonRow = memo(function PersonRow(props: {
  readonly participant: ParticipantState;
  readonly trust: PersonVerification['trust'] | undefined;
  readonly speaking: boolean;
  /** Whoever looks at it is a host. */
  readonly asHost: boolean;
}) {
  const { participant, speaking, asHost } = props;
  const { id, name, role, self, sources } = participant;
  const { t } = useTranslation();
  const { pinned, hidden, togglePin, toggleHidden } = useLooking();
  const picture = { participantId: id, source: 'camera' } as const;
  const isPinned = samePicture(pinned, picture);
  const isHidden = hidden.has(id);
  const small = { size: 16, role: 'img' } as const;
  const action = { size: 18, 'aria-hidden': true } as const;

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
          {sources.microphone ? (
            <Mic {...small} aria-label={t('room.microphoneIsOn')} />
          ) : (
            <MicOff {...small} aria-label={t('room.muted')} className={styles.muted} />
          )}
          {sources.camera ? (
            <Video {...small} aria-label={t('room.cameraIsOn')} />
          ) : (
            <VideoOff {...small} aria-label={t('room.cameraIsOff')} />
          )}
          {sources.screen && <MonitorUp {...small} aria-label={t('room.screenIsOn')} />}
          <QualityIcon participant={participant} />
          {!participant.connected && <span>{t('room.away')}</span>}
        </p>
      </div>
      {!self && (
        <div className={styles.actions}>
          {asHost && <LowerHand participantId={id} name={name} />}
          <IconButton
            name={isPinned ? t('room.unpin', { name }) : t('room.pin', { name })}
            onPress={() => togglePin(picture)}
          >
            {isPinned ? <PinOff {...action} /> : <Pin {...action} />}
          </IconButton>
          <IconButton
            name={isHidden ? t('room.show', { name }) : t('room.hide', { name })}
            onPress={() => toggleHidden(id)}
          >
            {isHidden ? <Eye {...action} /> : <EyeOff {...action} />}
          </IconButton>
        </div>
      )}
    </li>
  );
});
