import type { PersonVerification } from '@conclave/client';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { dateOf, timeOf } from '../model/clock.ts';
import styles from './PersonTrust.module.css';
import { TrustMark } from './TrustMark.tsx';

/** One person: what is known of them, when they came, and the way to verify them. */
export function PersonTrust(props: {
  readonly person: PersonVerification;
  readonly name: string;
  readonly guest: boolean;
  readonly onOpen: () => void;
}) {
  const { person, name, guest, onOpen } = props;
  const { trust, joinedAt, joinedSince } = person;
  const { t } = useTranslation();
  const done = trust === 'verified';
  return (
    <li className={styles.person} data-trust={trust}>
      <div className={styles.words}>
        <p className={styles.name}>
          <span dir="auto">{name}</span>
          <TrustMark trust={trust} />
          {joinedSince && <span className={styles.since}>{t('security.joinedSince')}</span>}
        </p>
        <p className={styles.known}>
          {knownText()}
          {joinedAt !== null && `, ${t('security.joinedAt', { time: timeOf(joinedAt) })}`}
        </p>
      </div>
      {trust !== 'self' && (
        <Button
          look={done ? 'quiet' : 'plain'}
          aria-label={t(done ? 'security.details' : 'security.verify', { name })}
          onPress={onOpen}
        >
          {t(done ? 'security.detailsShort' : 'security.verifyShort')}
        </Button>
      )}
    </li>
  );

  function knownText(): string {
    const date = dateOf(person.verified?.at ?? 0);
    if (trust === 'renamed')
      return t('security.trust.renamed', { name, date, before: person.verified?.name ?? '' });
    if (trust !== 'verified') return t(`security.trust.${trust}`);
    if (guest) return t('security.trust.verifiedGuest');
    return t(person.verified?.by === 'qr' ? 'security.trust.verifiedQr' : 'security.trust.verified', {
      date,
    });
  }
}
