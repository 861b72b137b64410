import '../texts.ts';
import { type Identity, type IdentityList, type ProviderChoice, SIGN_ON_ROUTES } from '@conclave/protocol';
import { Link2 } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { withStepUp } from '../../../api/stepUp.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { timeAgo } from '../../../i18n/when.ts';
import { Button } from '../../../ui/Button.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { goToProvider } from '../model/goToProvider.ts';
import { forgetWords, wordInAddress } from '../model/words.ts';
import styles from './LinkedAccounts.module.css';
import { useRefusal } from './useRefusal.ts';

/** Accounts of somewhere else that let the person in, and those that could. */
export default function LinkedAccounts() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const refusal = useRefusal();
  const [list, setList] = useState<IdentityList | null>(null);
  const [problem, setProblem] = useState<string | null>(refusal);
  const [busy, setBusy] = useState<string | null>(null);
  const [now, setNow] = useState(() => Date.now());

  const load = useCallback(async () => {
    try {
      setList(await call(SIGN_ON_ROUTES.listIdentities));
      setNow(Date.now());
    } catch (error) {
      setProblem(errorText(error));
    }
  }, [errorText]);
  useEffect(() => void load(), [load]);
  useEffect(() => {
    if (wordInAddress('linked') === null) return;
    showToast(t('signOn.linked'));
    forgetWords();
  }, [t]);

  const act = async (id: string, what: () => Promise<unknown>) => {
    setBusy(id);
    setProblem(null);
    try {
      await what();
    } catch (error) {
      setProblem(errorText(error));
    }
    setBusy(null);
  };
  const link = (provider: ProviderChoice) =>
    act(provider.id, () =>
      goToProvider(() =>
        withStepUp(() =>
          call(SIGN_ON_ROUTES.beginLink, {
            params: { id: provider.id },
            body: { returnTo: location.pathname },
          }),
        ),
      ),
    );
  const unlink = (identity: Identity) =>
    act(identity.id, async () => {
      await withStepUp(() => call(SIGN_ON_ROUTES.unlinkIdentity, { params: { id: identity.id } }));
      showToast(t('signOn.unlinked', { name: identity.provider.name }));
      await load();
    });

  return (
    <>
      <p className={styles.lead}>{t('signOn.listLead')}</p>
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      {list === null && problem === null && <Loading />}
      {list !== null && list.identities.length === 0 && <p className={styles.soft}>{t('signOn.none')}</p>}
      {list !== null && list.identities.length > 0 && (
        <ul className={styles.list}>
          {list.identities.map((identity) => (
            <li key={identity.id} className={styles.row}>
              <Link2 size={22} aria-hidden="true" />
              <div className={styles.words}>
                <h2>{identity.provider.name}</h2>
                <p>
                  {identity.email !== null && <>{identity.email} · </>}
                  {identity.lastUsedAt === null
                    ? t('signOn.unused')
                    : t('signOn.usedAt', { when: timeAgo(identity.lastUsedAt, now) })}
                </p>
              </div>
              <Button
                aria-label={t('signOn.unlinkOf', { name: identity.provider.name })}
                busy={busy === identity.id}
                onPress={() => void unlink(identity)}
              >
                {t('signOn.unlink')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {list !== null && list.linkable.length > 0 && (
        <div className={styles.more}>
          {list.linkable.map((provider) => (
            <Button key={provider.id} busy={busy === provider.id} onPress={() => void link(provider)}>
              {t('signOn.link', { name: provider.name })}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}
