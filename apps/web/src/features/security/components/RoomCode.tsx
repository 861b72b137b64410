import type { Meeting, RoomCodeView, VerificationView } from '@conclave/client';
import { Check } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { timeOf } from '../model/clock.ts';
import { Digits } from './Digits.tsx';
import { Emoji } from './Emoji.tsx';
import styles from './RoomCode.module.css';

/** Shorter waits are not worth a word. */
const patienceMs = 3_000;

/** The code that is the same for everybody who is really here. It is agreed on while somebody looks at it. */
export function RoomCode(props: {
  readonly meeting: Meeting;
  readonly verification: VerificationView;
  readonly nameOf: (participantId: string) => string;
}) {
  const { meeting, verification, nameOf } = props;
  const { roomCode, comparison } = verification;
  const { t } = useTranslation();
  useEffect(() => {
    meeting.verification.watchRoomCode(true);
    return () => meeting.verification.watchRoomCode(false);
  }, [meeting]);

  const confirm = async (epoch: number) => {
    const holds = await meeting.verification.confirmRoomCode(epoch).catch(() => false);
    if (!holds) showToast(t('security.room.over'));
  };

  return (
    <section className={styles.section} data-room-code={roomCode.name}>
      <h3>{t('security.room.title')}</h3>
      <p className={styles.soft}>{t('security.room.help')}</p>
      {roomCode.name === 'known' ? (
        <>
          <Emoji emoji={roomCode.emoji} />
          <Digits groups={roomCode.digits} columns={3} name={t('security.room.digits')} />
          <Button
            wide
            icon={<Check size={18} aria-hidden="true" />}
            onPress={() => void confirm(roomCode.epoch)}
          >
            {t(comparison.name === 'holds' ? 'security.room.again' : 'security.room.same')}
          </Button>
          {comparison.name === 'holds' && (
            <p className={styles.done} role="status">
              {t('security.room.comparedAt', { time: timeOf(comparison.at) })}
            </p>
          )}
          <p className={styles.soft}>{t('security.room.differs')}</p>
        </>
      ) : (
        <Waiting roomCode={roomCode} nameOf={nameOf} />
      )}
    </section>
  );
}

function Waiting(props: {
  readonly roomCode: Exclude<RoomCodeView, { name: 'known' }>;
  readonly nameOf: (participantId: string) => string;
}) {
  const { roomCode, nameOf } = props;
  const { t } = useTranslation();
  const [long, setLong] = useState(false);
  const exchanging = roomCode.name === 'exchanging';
  useEffect(() => {
    if (!exchanging) return;
    const timer = setTimeout(() => setLong(true), patienceMs);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [exchanging]);
  return (
    <p className={styles.waiting} role="status">
      {textOf()}
    </p>
  );

  function textOf(): string {
    switch (roomCode.name) {
      case 'alone':
        return t('security.room.alone');
      case 'tooMany':
        return t('security.room.tooMany', { count: roomCode.limit });
      case 'broken':
        return t('security.room.disturbed', { name: nameOf(roomCode.participantId) });
      case 'none':
        return t('security.room.agreeing');
      case 'exchanging': {
        const names = new Intl.ListFormat('en').format(roomCode.missing.map(nameOf));
        return long ? t('security.room.waiting', { names }) : t('security.room.agreeing');
      }
    }
  }
}
