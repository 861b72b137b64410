import type { Doubt, ParticipantState, PersonVerification } from '@conclave/client';
import { EyeOff, MicOff, MonitorUp, Pin, Star } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/cx.ts';
import { TrackVideo } from '../../../ui/TrackVideo.tsx';
import { DoubtMark } from '../../security/components/DoubtMark.tsx';
import { TrustMark } from '../../security/components/TrustMark.tsx';
import type { Size } from '../model/fitTiles.ts';
import { samePicture } from '../model/stage.ts';
import { Avatar } from './Avatar.tsx';
import { TileConversation } from './conversation/TileConversation.tsx';
import { QualityIcon } from './QualityIcon.tsx';
import { useLooking } from './RoomContext.ts';
import styles from './Tile.module.css';
import { TileActions } from './TileActions.tsx';

/** One picture of one person, with whatever must be known about it. Drawn again only where that has changed. */
export const Tile = memo(function Tile(props: {
  readonly participant: ParticipantState;
  readonly source: 'camera' | 'screen';
  readonly doubts: readonly Doubt[];
  readonly trust: PersonVerification['trust'] | undefined;
  readonly speaking: boolean;
  readonly size: Size;
  readonly large: boolean;
  /** A host shows them to everybody. */
  readonly spotlit: boolean;
}) {
  const { participant, source, speaking, size, large } = props;
  const { t } = useTranslation();
  const { pinned, hidden, togglePin } = useLooking();
  const [touched, setTouched] = useState(false);
  const { id, self, name } = participant;
  const picture = { participantId: id, source } as const;
  const isHidden = source === 'camera' && hidden.has(id);
  const isPinned = samePicture(pinned, picture);
  const track = isHidden ? null : source === 'screen' ? participant.screen : participant.camera;
  // A screen is large by itself, and one that the server does not send cannot be made so.
  const canPin = isPinned || source === 'camera' || (!large && track !== null);
  const marks = { 'data-participant-id': id, 'data-self': String(self), 'data-source': source };

  return (
    // Double click and tap are only shorter ways to the tile's own buttons.
    <article
      className={cx(styles.tile, speaking && source === 'camera' && styles.speaking)}
      data-touched={touched ? '' : undefined}
      style={{ width: size.width, height: size.height }}
      aria-label={source === 'screen' ? t('room.screenOf', { name }) : name}
      onDoubleClick={() => canPin && togglePin(picture)}
      onPointerUp={(event) => {
        const onButton = event.target instanceof Element && event.target.closest('button') !== null;
        if (event.pointerType === 'touch' && !onButton) setTouched(!touched);
      }}
    >
      {/* Behind the picture too, which is empty until its first frame has come. */}
      <div className={styles.none}>
        {source === 'screen' && track === null && <p className={styles.waiting}>{waitingText()}</p>}
        {source === 'camera' && participant.connected && (
          <Avatar id={id} name={name} size={Math.min(120, Math.max(36, size.height * 0.4))} />
        )}
      </div>
      {track !== null && (
        <TrackVideo
          {...marks}
          track={track}
          className={cx(
            styles.video,
            source === 'screen' && styles.whole,
            self && source === 'camera' && styles.mirror,
          )}
          aria-label={source === 'screen' ? t('room.screenOf', { name }) : name}
        />
      )}
      <DoubtMark doubts={props.doubts} participantId={id} source={source} />
      {!participant.connected && <p className={styles.away}>{t('room.away')}</p>}
      <p className={styles.label}>
        {source === 'camera' && !participant.sources.microphone && (
          <MicOff size={16} className={styles.muted} role="img" aria-label={t('room.muted')} />
        )}
        {source === 'screen' && <MonitorUp size={16} aria-hidden="true" />}
        {source === 'camera' && !self && <QualityIcon participant={participant} onStage />}
        <span className={styles.name} dir="auto">
          {nameOf()}
        </span>
        <TrustMark trust={props.trust} />
        {participant.role === 'guest' && <span className={styles.guest}>{t('room.guest')}</span>}
        {props.spotlit && (
          <Star size={14} role="img" aria-label={t(self ? 'room.spotlitYou' : 'room.spotlit')} />
        )}
        {isPinned && <Pin size={14} role="img" aria-label={t('room.pinned')} />}
        {isHidden && <EyeOff size={14} role="img" aria-label={t('room.hidden')} />}
      </p>
      {source === 'camera' && <TileConversation participantId={id} large={large} />}
      <TileActions
        participantId={id}
        source={source}
        name={name}
        self={self}
        pinned={isPinned}
        hidden={isHidden}
        canPin={canPin}
      />
    </article>
  );

  function waitingText(): string {
    // The server shows everybody one screen, the latest; it would be untrue that this one is coming.
    return t(large ? 'room.screenWaiting' : 'room.screenInstead', { name });
  }

  function nameOf(): string {
    if (source === 'screen') return self ? t('room.yourScreen') : t('room.screenOf', { name });
    return self ? t('room.you') : name;
  }
});
