import '../texts.ts';
import { type PendingLink, SIGN_ON_ROUTES } from '@conclave/protocol';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useWho } from '../../account/components/useWho.ts';
import { StepUpHost } from '../../factors/components/StepUpHost.tsx';
import styles from './ConnectPage.module.css';

/**
 * Somebody came from a provider with the address of an account here. They sign in to it as they always did, and say that the two are
 * one: nobody else can say it for them.
 */
export default function ConnectPage() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const navigate = useNavigate();
  const who = useWho();
  const [pending, setPending] = useState<PendingLink | null | 'gone'>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  useEffect(() => {
    call(SIGN_ON_ROUTES.pendingLink).then(setPending, () => setPending('gone'));
  }, []);

  const connect = async (provider: string) => {
    setBusy(true);
    try {
      await call(SIGN_ON_ROUTES.confirmLink);
      showToast(t('signOn.connected', { provider }));
      await navigate('/', { replace: true });
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  const drop = async () => {
    await call(SIGN_ON_ROUTES.dropLink).catch(() => {});
    await navigate(who.name === 'account' ? '/' : '/sign-in', { replace: true });
  };

  if (pending === null || who.name === 'unknown') {
    return (
      <Page title={t('signOn.connectTitle')} width="narrow">
        <Loading />
      </Page>
    );
  }
  if (pending === 'gone') {
    return (
      <Page title={t('signOn.connectTitle')} width="narrow">
        <Notice kind="warn">{t('signOn.connectGone')}</Notice>
        <div>
          <Button onPress={() => void navigate('/sign-in')}>{t('signOn.toSignIn')}</Button>
        </div>
      </Page>
    );
  }
  const { provider, email } = pending;
  const signedIn = who.name === 'account';
  return (
    <Page title={t('signOn.connectTitle')} lead={t('signOn.connectLead', { provider, email })} width="narrow">
      <p>
        {signedIn
          ? t('signOn.connectAsk', { provider, name: who.account.name, email: who.account.email })
          : t('signOn.connectHow', { provider })}
      </p>
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      {signedIn && <StepUpHost />}
      <div className={styles.actions}>
        {signedIn ? (
          <Button look="primary" busy={busy} onPress={() => void connect(provider)}>
            {t('signOn.connect')}
          </Button>
        ) : (
          <Button
            look="primary"
            onPress={() => void navigate('/sign-in', { state: { from: '/sign-on/connect', email } })}
          >
            {t('signOn.connectSignIn')}
          </Button>
        )}
        <Button onPress={() => void drop()}>{t('signOn.notNow')}</Button>
      </div>
    </Page>
  );
}
