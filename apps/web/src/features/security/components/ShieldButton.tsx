import { ShieldAlert, ShieldCheck, ShieldEllipsis } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { cx } from '../../../ui/cx.ts';
import type { Shield } from '../model/shield.ts';
import styles from './ShieldButton.module.css';

const icons = { forming: ShieldEllipsis, secured: ShieldCheck, attention: ShieldAlert };

/** How the meeting is protected, in a word; opens the panel that says it in full. */
export function ShieldButton(props: {
  readonly shield: Shield;
  readonly open: boolean;
  readonly onPress: () => void;
}) {
  const { shield, open, onPress } = props;
  const { t } = useTranslation();
  const [first] = shield.concerns;
  // Keys that are not agreed on for so long are no passing thing.
  const level = first?.reason === 'waiting' ? 'attention' : shield.level;
  const word = level === 'attention' && first !== undefined ? first.reason : level;
  const Icon = icons[level];
  return (
    <Button
      className={cx(styles.shield, styles[level])}
      aria-expanded={open}
      data-level={level}
      onPress={onPress}
    >
      <Icon size={20} aria-hidden="true" />
      <span className={styles.word}>
        {t(word === 'attention' ? 'security.title' : `security.shield.${word}`)}
      </span>
    </Button>
  );
}
