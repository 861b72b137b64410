import type { BreakoutVisit, KnownBreakout, MeetingBreakouts } from '@conclave/client';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { clockOf } from '../../model/breakouts.ts';
import { useAct } from '../host/useAct.ts';
import styles from './BreakoutBanners.module.css';
import { useLeft } from './useLeft.ts';
import { useRoomLabel } from './useRoomLabel.ts';

/** Where one is, for how long, and the ways out. */
export function InsideRoom(props: {
  readonly breakouts: MeetingBreakouts;
  readonly rooms: KnownBreakout;
  readonly visit: BreakoutVisit;
}) {
  const { breakouts, rooms, visit } = props;
  const { t } = useTranslation();
  const act = useAct();
  const label = useRoomLabel(rooms);
  const left = useLeft(rooms.endsAt);
  const [asked, setAsked] = useState(false);
  const ask = () => {
    setAsked(!asked);
    act(() => breakouts.askHelp(!asked), asked ? undefined : t('breakout.inside.helpDone'));
  };
  return (
    <section className={styles.inside} aria-label={t('breakout.title')}>
      <p className={styles.name} dir="auto">
        {label(visit.roomId)}
      </p>
      {left !== null && <p className={styles.left}>{t('breakout.inside.left', { time: clockOf(left) })}</p>}
      <div className={styles.actions}>
        <Button className={styles.action ?? ''} aria-pressed={asked} onPress={ask}>
          {t(asked ? 'breakout.inside.helpAsked' : 'breakout.inside.help')}
        </Button>
        <Button className={styles.action ?? ''} onPress={() => act(() => breakouts.back())}>
          {t('breakout.inside.back')}
        </Button>
      </div>
    </section>
  );
}
