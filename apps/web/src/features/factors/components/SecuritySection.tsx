import './texts.ts';
import { type Account, type FactorAdded, type FactorList, OWN_FACTOR_ROUTES } from '@conclave/protocol';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Loading } from '../../../ui/Loading.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { session } from '../../account/model/session.ts';
import { AddFactor } from './AddFactor.tsx';
import { FactorRow } from './FactorRow.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import styles from './SecuritySection.module.css';
import { ShownCodes } from './ShownCodes.tsx';

/** “Sign-in security”: one's own second factors and recovery codes. */
export default function SecuritySection({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [list, setList] = useState<FactorList | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [shown, setShown] = useState<readonly string[] | null>(null);
  const [now, setNow] = useState(() => Date.now());

  const load = useCallback(async () => {
    try {
      setList(await call(OWN_FACTOR_ROUTES.listFactors));
      setNow(Date.now());
      setProblem(null);
    } catch (error) {
      if (RequestError.of(error).code === 'auth.required') session.ended();
      else setProblem(errorText(error));
    }
  }, [errorText]);
  useEffect(() => void load(), [load]);

  const added = ({ factor, recoveryCodes }: FactorAdded) => {
    showToast(t('factors.done', { name: t(`factors.kinds.${factor.kind}`) }));
    setShown(recoveryCodes);
    void load();
    // Whoever had to set one up may do everything again; not before the codes were seen, which that would close.
    if (account.restricted && recoveryCodes === null) void session.reload();
  };
  const closeCodes = () => {
    setShown(null);
    void load();
    if (account.restricted) void session.reload();
  };

  return (
    <>
      <p className={styles.soft}>{t('factors.lead')}</p>
      {account.restricted && <Notice kind="warn">{t('factors.mustSetUp')}</Notice>}
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      {list === null && problem === null && <Loading />}
      {list !== null && (
        <>
          <section className={styles.section}>
            <h2>{t('factors.list')}</h2>
            {list.factors.length === 0 ? (
              <p className={styles.soft}>{t('factors.none')}</p>
            ) : (
              <ul className={styles.list}>
                {list.factors.map((factor) => (
                  <FactorRow
                    key={factor.id}
                    factor={factor}
                    only={list.factors.length === 1}
                    now={now}
                    onChanged={load}
                  />
                ))}
              </ul>
            )}
          </section>
          <AddFactor list={list} email={account.email} onAdded={added} />
          {list.factors.length > 0 && <RecoveryCodes left={list.recoveryCodes} onMade={setShown} />}
        </>
      )}
      {shown !== null && <ShownCodes codes={shown} email={account.email} onClose={closeCodes} />}
    </>
  );
}
