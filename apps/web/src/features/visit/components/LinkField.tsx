import { Link2 } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { CopyByHand } from '../../../ui/CopyByHand.tsx';
import { useCopy } from '../../home/components/useCopy.ts';
import { meetingLink } from '../../home/model/links.ts';
import styles from './LinkField.module.css';

/** The meeting's link, to look at and to copy. */
export function LinkField({
  meetingId,
  passcode,
}: {
  readonly meetingId: string;
  readonly passcode: string;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = useCopy(setByHand);
  const link = meetingLink(location.origin, meetingId, passcode);
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{t('visit.link')}</label>
      <div className={styles.row}>
        <input
          id={id}
          className={styles.input}
          readOnly
          value={link}
          onFocus={(event) => event.target.select()}
        />
        <Button
          icon={<Link2 size={18} aria-hidden="true" />}
          onPress={() => void copy(link, t('home.copied'))}
        >
          {t('visit.copy')}
        </Button>
      </div>
      {byHand !== null && <CopyByHand text={byHand} onClose={() => setByHand(null)} />}
    </div>
  );
}
