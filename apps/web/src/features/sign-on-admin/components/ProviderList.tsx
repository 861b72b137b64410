import '../texts.ts';
import { type Provider, SIGN_ON_ROUTES } from '@conclave/protocol';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { withStepUp } from '../../../api/stepUp.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { timeAgo } from '../../../i18n/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { goToProvider } from '../../sign-on/model/goToProvider.ts';
import styles from './SignOnSection.module.css';

/** The providers that there are, and what can be done with each. */
export function ProviderList(props: {
  readonly providers: readonly Provider[];
  readonly mayManage: boolean;
  /** The one that was just saved: to test it is what comes next. */
  readonly saved: Provider['id'] | null;
  readonly onEdit: (provider: Provider) => void;
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [testing, setTesting] = useState<string | null>(null);
  const [deleting, setDeleting] = useState<Provider | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [now] = useState(() => Date.now());

  const test = async ({ id }: Provider) => {
    setTesting(id);
    setProblem(null);
    try {
      await goToProvider(() =>
        call(SIGN_ON_ROUTES.testProvider, { params: { id }, body: { returnTo: location.pathname } }),
      );
    } catch (error) {
      setProblem(errorText(error));
      setTesting(null);
    }
  };

  if (props.providers.length === 0) return <p className={styles.soft}>{t('signOnAdmin.none')}</p>;
  return (
    <>
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      <ul className={styles.list}>
        {props.providers.map((provider) => (
          <li key={provider.id} className={styles.row}>
            <div className={styles.words}>
              <h3>
                {provider.name}
                <span className={provider.enabled ? styles.mark : `${styles.mark} ${styles.off}`}>
                  {provider.enabled ? t('signOnAdmin.on') : t('signOnAdmin.off')}
                </span>
              </h3>
              <p>
                {provider.kind === 'saml' ? provider.entityId : provider.issuer}
                {provider.domains.length > 0 && <> · {provider.domains.join(', ')}</>}
              </p>
              <p>
                {t('signOnAdmin.linked', { count: provider.identities })},{' '}
                {provider.lastUsedAt === null
                  ? t('signOnAdmin.neverUsed')
                  : t('signOnAdmin.lastUsed', { when: timeAgo(provider.lastUsedAt, now) })}
              </p>
            </div>
            {props.mayManage && (
              <div className={styles.actions}>
                <Button
                  aria-label={t('signOnAdmin.testOf', { name: provider.name })}
                  busy={testing === provider.id}
                  autoFocus={props.saved === provider.id}
                  onPress={() => void test(provider)}
                >
                  {t('signOnAdmin.test')}
                </Button>
                <Button
                  aria-label={t('signOnAdmin.editOf', { name: provider.name })}
                  onPress={() => props.onEdit(provider)}
                >
                  {t('signOnAdmin.edit')}
                </Button>
                <Button
                  aria-label={t('signOnAdmin.deleteOf', { name: provider.name })}
                  onPress={() => setDeleting(provider)}
                >
                  {t('signOnAdmin.delete')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
      {deleting !== null && (
        <ConfirmDialog
          danger
          title={t('signOnAdmin.deleteTitle')}
          text={t('signOnAdmin.deleteText')}
          confirm={t('signOnAdmin.delete')}
          onClose={() => setDeleting(null)}
          onConfirm={async () => {
            await withStepUp(() => call(SIGN_ON_ROUTES.deleteProvider, { params: { id: deleting.id } }));
            showToast(t('signOnAdmin.deleted'));
            props.onChanged();
          }}
        />
      )}
    </>
  );
}
