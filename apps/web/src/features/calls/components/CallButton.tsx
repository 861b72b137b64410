import { Phone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import styles from './CallButton.module.css';
import { useCallCentre, useCalls } from './useCalls.ts';

/** Calls somebody with an account here. Nothing, while calls are off. */
export function CallButton(props: {
  readonly accountId: string;
  readonly name: string;
  /** They have called. */
  readonly back?: boolean;
}) {
  const { accountId, name, back = false } = props;
  const { t } = useTranslation();
  const calls = useCallCentre();
  const view = useCalls();
  if (view?.calls === 'off') return null;
  return (
    <Button
      aria-label={t(back ? 'calls.missed.backOf' : 'calls.callOf', { name })}
      icon={<Phone size={18} aria-hidden="true" />}
      isDisabled={calls === null}
      onPress={() => void calls?.ring({ accountId, name })}
    >
      <span className={styles.word}>{t(back ? 'calls.missed.back' : 'calls.call')}</span>
    </Button>
  );
}
