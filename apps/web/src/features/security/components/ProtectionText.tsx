import { ShieldCheck, ShieldEllipsis } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../ui/Notice.tsx';
import type { Shield } from '../model/shield.ts';
import styles from './ProtectionText.module.css';
import { useReasonText } from './useReasonText.ts';

/** What the shield's colour means now, and everything that it asks to look at. */
export function ProtectionText(props: {
  readonly shield: Shield;
  readonly nameOf: (participantId: string) => string;
  readonly refused: number;
}) {
  const { shield, nameOf, refused } = props;
  const { t } = useTranslation();
  const reasonText = useReasonText(nameOf);
  const forming = shield.level === 'forming';
  const Icon = forming ? ShieldEllipsis : ShieldCheck;
  return (
    <div className={styles.text}>
      <p className={styles.word} data-forming={forming ? '' : undefined}>
        <Icon size={22} aria-hidden="true" />
        <strong>{t(forming ? 'security.shield.forming' : 'security.shield.secured')}</strong>
      </p>
      <p className={styles.meaning}>{t(forming ? 'security.forming' : 'security.secured')}</p>
      {shield.concerns.map((concern) => (
        <Notice key={`${concern.reason} ${concern.participantId ?? ''}`} kind="warn">
          <p>{reasonText(concern, refused)}</p>
        </Notice>
      ))}
    </div>
  );
}
