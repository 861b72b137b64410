import { Eye, EyeOff, Pin, PinOff } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { Picture } from '../model/stage.ts';
import { useLooking } from './RoomContext.ts';
import styles from './TileActions.module.css';

/** Enlarge a picture or put it out of sight. They appear with the pointer, the focus or a tap. */
export function TileActions(props: {
  readonly picture: Picture;
  readonly name: string;
  readonly self: boolean;
  readonly pinned: boolean;
  readonly hidden: boolean;
  readonly canPin: boolean;
}) {
  const { picture, self, pinned, hidden, canPin } = props;
  const { t } = useTranslation();
  const { togglePin, toggleHidden } = useLooking();
  const screen = picture.source === 'screen';
  const name = screen ? t('room.screenOf', { name: props.name }) : props.name;
  const icon = { size: 18, 'aria-hidden': true } as const;
  return (
    <div className={styles.actions}>
      {canPin && (
        <Button
          className={styles.action ?? ''}
          aria-label={pinned ? t('room.unpin', { name }) : t('room.pin', { name })}
          onPress={() => togglePin(picture)}
        >
          {pinned ? <PinOff {...icon} /> : <Pin {...icon} />}
        </Button>
      )}
      {!self && !screen && (
        <Button
          className={styles.action ?? ''}
          aria-label={hidden ? t('room.show', { name }) : t('room.hide', { name })}
          onPress={() => toggleHidden(picture.participantId)}
        >
          {hidden ? <Eye {...icon} /> : <EyeOff {...icon} />}
        </Button>
      )}
    </div>
  );
}
