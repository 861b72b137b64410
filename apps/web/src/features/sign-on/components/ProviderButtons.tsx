import '../texts.ts';
import type { ProviderChoice } from '@conclave/protocol';
import { LogIn } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import styles from './ProviderButtons.module.css';
import type { ProviderVisit } from './useProviderVisit.ts';

/** A button for each provider; the one that is meant, if any, stands out. */
export function ProviderButtons(props: {
  readonly providers: readonly ProviderChoice[];
  readonly meant: ProviderChoice | null;
  readonly visit: ProviderVisit;
  /** Whether the one that is meant has the focus when it appears: where there is nothing else to do. */
  readonly focused: boolean;
}) {
  const { t } = useTranslation();
  const { leaving, problem, go } = props.visit;
  return (
    <div className={styles.ways}>
      {props.providers.map((provider) => {
        const isMeant = props.meant?.id === provider.id;
        return (
          <Button
            key={provider.id}
            wide
            look={isMeant ? 'primary' : 'plain'}
            icon={<LogIn size={18} aria-hidden="true" />}
            busy={leaving === provider.id}
            autoFocus={props.focused && isMeant}
            onPress={() => void go(provider)}
          >
            {t('signOn.continueWith', { name: provider.name })}
          </Button>
        );
      })}
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
    </div>
  );
}

/** Between the providers and the password. */
export function Or() {
  const { t } = useTranslation();
  return <p className={styles.or}>{t('signOn.or')}</p>;
}
