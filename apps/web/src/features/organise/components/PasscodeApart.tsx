import { formatPasscode } from '@conclave/client';
import type { Meeting } from '@conclave/protocol';
import { KeyRound, Mail } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { CopyByHand } from '../../../ui/CopyByHand.tsx';
import { useCopy } from '../../home/components/useCopy.ts';
import { openPasscodeMail } from '../model/passcodeMail.ts';
import styles from './PeopleSection.module.css';

/** Why link and passcode go apart (N16), and the passcode. The server does not know it: all of this happens here. */
export function PasscodeApart(props: { readonly meeting: Meeting; readonly passcode: string | null }) {
  const { meeting, passcode } = props;
  const { t } = useTranslation();
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = useCopy(setByHand);
  const icon = { size: 18, 'aria-hidden': true } as const;
  return (
    <div className={styles.apart}>
      <p>{t('organise.people.apart')}</p>
      {passcode === null ? (
        <p>{t('organise.people.noPasscode')}</p>
      ) : (
        <div className={styles.buttons}>
          <Button
            icon={<KeyRound {...icon} />}
            onPress={() => void copy(formatPasscode(passcode), t('home.copiedPasscode'))}
          >
            {t('organise.people.copyPasscode')}
          </Button>
          <Button
            icon={<Mail {...icon} />}
            onPress={() => openPasscodeMail(t, { to: null, title: meeting.title, passcode })}
          >
            {t('organise.people.mailPasscode')}
          </Button>
        </div>
      )}
      {byHand !== null && <CopyByHand text={byHand} onClose={() => setByHand(null)} />}
    </div>
  );
}
