import type { Meeting } from '@conclave/protocol';
import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { WhenLine } from '../../home/components/WhenLine.tsx';
import styles from './MeetingHead.module.css';

/** When the meeting is that the page is about, and whose; and the way back. */
export function MeetingHead({ meeting }: { readonly meeting: Meeting }) {
  const { t } = useTranslation();
  return (
    <div className={styles.head}>
      {meeting.next !== null && (
        <p>
          <WhenLine meeting={meeting} />
        </p>
      )}
      {meeting.role === 'cohost' && <p>{t('home.helped', { host: meeting.hostName })}</p>}
      <Link to="/" className={styles.back}>
        <ArrowLeft size={18} aria-hidden="true" /> {t('organise.back')}
      </Link>
    </div>
  );
}
