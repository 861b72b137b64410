import '../texts.ts';
import { type Provider, type ScimOverview, type ScimToken, SIGN_ON_ROUTES } from '@conclave/protocol';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { withStepUp } from '../../../api/stepUp.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { timeAgo } from '../../../i18n/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { CopyField } from './CopyField.tsx';
import { ScimRoles } from './ScimRoles.tsx';
import { ScimTokenDialog } from './ScimTokenDialog.tsx';
import styles from './SignOnSection.module.css';

/** Directories that make and suspend accounts, and the tokens they do it with. */
export function ScimCard(props: { readonly providers: readonly Provider[]; readonly mayManage: boolean }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [overview, setOverview] = useState<ScimOverview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ScimToken | null>(null);
  const [now, setNow] = useState(() => Date.now());

  const load = useCallback(async () => {
    try {
      setOverview(await call(SIGN_ON_ROUTES.scimOverview));
      setNow(Date.now());
      setProblem(null);
    } catch (error) {
      setProblem(errorText(error));
    }
  }, [errorText]);
  useEffect(() => void load(), [load]);

  return (
    <section className={styles.part}>
      <h2>{t('signOnAdmin.scim.title')}</h2>
      <p className={styles.soft}>{t('signOnAdmin.scim.lead')}</p>
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      {overview === null && problem === null && <Loading />}
      {overview !== null && (
        <div className={styles.card}>
          <CopyField label={t('signOnAdmin.scim.baseUrl')} text={overview.baseUrl} />
          <p>{t('signOnAdmin.scim.users', { count: overview.users })}</p>
          <header className={styles.head}>
            <h3>{t('signOnAdmin.scim.tokens')}</h3>
            {props.mayManage && (
              <Button onPress={() => setMaking(true)}>{t('signOnAdmin.scim.create')}</Button>
            )}
          </header>
          {overview.tokens.length === 0 && <p className={styles.soft}>{t('signOnAdmin.scim.noTokens')}</p>}
          {overview.tokens.length > 0 && (
            <ul className={styles.list}>
              {overview.tokens.map((token) => (
                <li key={token.id} className={styles.row}>
                  <div className={styles.words}>
                    <h3>{token.name}</h3>
                    <p>
                      {token.lastUsedAt === null
                        ? t('signOnAdmin.neverUsed')
                        : t('signOnAdmin.lastUsed', { when: timeAgo(token.lastUsedAt, now) })}
                    </p>
                  </div>
                  {props.mayManage && (
                    <Button
                      aria-label={t('signOnAdmin.scim.revokeOf', { name: token.name })}
                      onPress={() => setRevoking(token)}
                    >
                      {t('signOnAdmin.scim.revoke')}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
          {props.mayManage && <ScimRoles overview={overview} />}
        </div>
      )}
      {making && (
        <ScimTokenDialog
          providers={props.providers}
          onClose={() => {
            setMaking(false);
            void load();
          }}
        />
      )}
      {revoking !== null && (
        <ConfirmDialog
          danger
          title={t('signOnAdmin.scim.revokeTitle')}
          text={t('signOnAdmin.scim.revokeText')}
          confirm={t('signOnAdmin.scim.revoke')}
          onClose={() => setRevoking(null)}
          onConfirm={async () => {
            await withStepUp(() => call(SIGN_ON_ROUTES.revokeScimToken, { params: { id: revoking.id } }));
            showToast(t('signOnAdmin.scim.revoked'));
            await load();
          }}
        />
      )}
    </section>
  );
}
