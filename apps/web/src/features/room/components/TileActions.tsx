import { Eye, EyeOff, Pin, PinOff } from 'lucide-react';
import { memo } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { Picture } from '../model/stage.ts';
import { useLooking } from './RoomContext.ts';
import styles from './TileActions.module.css';

/** Enlarge a picture or put it out of sight. They appear with the pointer, the focus or a tap. */
export const TileActions = memo(function TileActions(props: {
  readonly participantId: string;
  readonly source: Picture['source'];
  readonly name: string;
  readonly self: boolean;
  readonly pinned: boolean;
  readonly hidden: boolean;
  readonly canPin: boolean;
}) {
  const { participantId, source, self, pinned, hidden, canPin } = props;
  const { t } = useTranslation();
  const { togglePin, toggleHidden } = useLooking();
  const screen = source === 'screen';
  const name = screen ? t('room.screenOf', { name: props.name }) : props.name;
  const icon = { size: 18, 'aria-hidden': true } as const;
  return (
    <div className={styles.actions}>
      {canPin && (
        <Button
          className={styles.action ?? ''}
          aria-label={pinned ? t('room.unpin', { name }) : t('room.pin', { name })}
          onPress={() => togglePin({ participantId, source })}
        >
          {pinned ? <PinOff {...icon} /> : <Pin {...icon} />}
        </Button>
      )}
      {!self && !screen && (
        <Button
          className={styles.action ?? ''}
          aria-label={hidden ? t('room.show', { name }) : t('room.hide', { name })}
          onPress={() => toggleHidden(participantId)}
        >
          {hidden ? <Eye {...icon} /> : <EyeOff {...icon} />}
        </Button>
      )}
    </div>
  );
});
