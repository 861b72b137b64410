import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/cx.ts';
import styles from './Banner.module.css';

/** One line above the stage. It is read out when it appears. */
export function Banner(props: {
  readonly kind?: 'info' | 'warn' | 'active';
  readonly dismissable?: boolean;
  readonly onDismiss?: () => void;
  readonly action?: { readonly name: string; readonly run: () => void };
  /** The other answer, where there are two. */
  readonly refusal?: { readonly name: string; readonly run: () => void };
  readonly children: ReactNode;
}) {
  const { t } = useTranslation();
  const [gone, setGone] = useState(false);
  if (gone) return null;
  return (
    <div
      className={cx(
        styles.banner,
        styles[props.kind ?? 'info'],
        props.refusal !== undefined && styles.asking,
      )}
      role="status"
    >
      <p className={styles.text}>{props.children}</p>
      {props.action !== undefined && (
        <Button className={styles.action ?? ''} onPress={props.action.run}>
          {props.action.name}
        </Button>
      )}
      {props.refusal !== undefined && (
        <Button className={styles.refusal ?? ''} onPress={props.refusal.run}>
          {props.refusal.name}
        </Button>
      )}
      {props.dismissable === true && (
        <Button
          className={styles.close ?? ''}
          aria-label={t('ui.close')}
          onPress={() => {
            setGone(true);
            props.onDismiss?.();
          }}
        >
          <X size={18} aria-hidden="true" />
        </Button>
      )}
    </div>
  );
}
