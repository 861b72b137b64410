import './guardTexts.ts';
import { ShieldAlert } from 'lucide-react';
import { type KeyboardEvent, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../../ui/Button.tsx';
import type { SecretKind } from '../../model/secrets/findSecret.ts';
import styles from './SecretQuestion.module.css';

/** A question above the field. It never repeats what was found; not pasting has the focus, and is what Escape does. */
export function SecretQuestion(props: {
  readonly on: 'paste' | 'send';
  readonly kind: SecretKind;
  readonly onRefuse: () => void;
  readonly onAllow: () => void;
}) {
  const { on, kind, onRefuse, onAllow } = props;
  const { t } = useTranslation();
  const title = useId();
  const text = useId();
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    // The panel around it would close.
    event.stopPropagation();
    onRefuse();
  };
  return (
    <div
      className={styles.question}
      role="alertdialog"
      aria-labelledby={title}
      aria-describedby={text}
      onKeyDown={press}
    >
      <ShieldAlert size={20} aria-hidden="true" />
      <div className={styles.words}>
        <p id={title} className={styles.title}>
          {t(`guards.secret.title.${kind}`)}
        </p>
        <p id={text}>{t('guards.secret.everyone')}</p>
      </div>
      <div className={styles.answers}>
        <Button onPress={onAllow}>{t(on === 'paste' ? 'guards.secret.paste' : 'guards.secret.send')}</Button>
        <Button look="primary" autoFocus onPress={onRefuse}>
          {t(on === 'paste' ? 'guards.secret.noPaste' : 'guards.secret.noSend')}
        </Button>
      </div>
    </div>
  );
}
