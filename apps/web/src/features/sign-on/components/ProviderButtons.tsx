import '../texts.ts';
import { type ProviderChoice, SIGN_ON_ROUTES } from '@conclave/protocol';
import { LogIn } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { goToProvider } from '../model/goToProvider.ts';
import styles from './ProviderButtons.module.css';

/** A button for each provider; the one that belongs to the typed address stands out. */
export function ProviderButtons(props: {
  readonly providers: readonly ProviderChoice[];
  readonly routed: ProviderChoice | null;
  readonly returnTo: string;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [leaving, setLeaving] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const go = async (provider: ProviderChoice) => {
    if (leaving !== null) return;
    setLeaving(provider.id);
    setProblem(null);
    try {
      await goToProvider(() =>
        call(SIGN_ON_ROUTES.beginSignOn, { params: { id: provider.id }, body: { returnTo: props.returnTo } }),
      );
    } catch (error) {
      setProblem(errorText(error));
      setLeaving(null);
    }
  };

  return (
    <div className={styles.ways}>
      {props.providers.map((provider) => (
        <Button
          key={provider.id}
          wide
          look={props.routed?.id === provider.id ? 'primary' : 'plain'}
          icon={<LogIn size={18} aria-hidden="true" />}
          busy={leaving === provider.id}
          onPress={() => void go(provider)}
        >
          {t('signOn.continueWith', { name: provider.name })}
        </Button>
      ))}
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
