import '../texts.ts';
import { Copy } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyByHand } from '../../../ui/CopyByHand.tsx';
import { IconButton } from '../../../ui/IconButton.tsx';
import { useCopy } from '../../home/components/useCopy.ts';
import styles from './CopyField.module.css';

/** A text to be taken somewhere else, whole. */
export function CopyField({ label, text }: { readonly label: string; readonly text: string }) {
  const { t } = useTranslation();
  const [byHand, setByHand] = useState(false);
  const copy = useCopy(() => setByHand(true));
  return (
    <div className={styles.field}>
      <span className={styles.label}>{label}</span>
      <span className={styles.row}>
        <code className={styles.text}>{text}</code>
        <IconButton
          name={t('signOnAdmin.form.copy', { what: label })}
          onPress={() => void copy(text, t('signOnAdmin.form.copied', { what: label }))}
        >
          <Copy size={18} aria-hidden="true" />
        </IconButton>
      </span>
      {byHand && <CopyByHand text={text} onClose={() => setByHand(false)} />}
    </div>
  );
}
