import './texts.ts';
import { type FactorAdded, OWN_FACTOR_ROUTES } from '@conclave/protocol';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useLoaded } from '../../../api/useLoaded.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { Rows, Section } from '../../../ui/Section.tsx';
import { Shown } from '../../../ui/Shown.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { useAccount } from '../../account/components/useAccount.ts';
import { session } from '../../account/model/session.ts';
import { AddFactor } from './AddFactor.tsx';
import { FactorRow } from './FactorRow.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { ShownCodes } from './ShownCodes.tsx';

/** “Sign-in security”: one's own second factors and recovery codes. */
export default function SecuritySection() {
  const { t } = useTranslation();
  const account = useAccount();
  const [shown, setShown] = useState<readonly string[] | null>(null);
  const load = useCallback(
    async () => ({ list: await call(OWN_FACTOR_ROUTES.listFactors), now: Date.now() }),
    [],
  );
  const { state, reload } = useLoaded(load);

  // Whoever had to set one up may do everything again; not before the codes were seen, which that would close.
  const settle = async () => {
    await reload();
    if (account.restricted) await session.reload();
  };
  const added = ({ factor, recoveryCodes }: FactorAdded) => {
    showToast(t('factors.done', { name: t(`factors.kinds.${factor.kind}`) }));
    setShown(recoveryCodes);
    void (recoveryCodes === null ? settle() : reload());
  };

  return (
    <>
      {account.restricted && <Notice kind="warn">{t('factors.mustSetUp')}</Notice>}
      <Shown state={state} reload={reload}>
        {({ list, now }) => (
          <>
            <Section
              title={t('factors.list')}
              lead={list.factors.length === 0 ? t('factors.none') : t('factors.lead')}
            >
              {list.factors.length > 0 && (
                <Rows>
                  {list.factors.map((factor) => (
                    <FactorRow
                      key={factor.id}
                      factor={factor}
                      only={list.factors.length === 1}
                      now={now}
                      onChanged={reload}
                    />
                  ))}
                </Rows>
              )}
            </Section>
            <AddFactor list={list} email={account.email} onAdded={added} />
            {list.factors.length > 0 && (
              <RecoveryCodes
                left={list.recoveryCodes}
                onMade={(codes) => {
                  setShown(codes);
                  void reload();
                }}
              />
            )}
          </>
        )}
      </Shown>
      {shown !== null && (
        <ShownCodes
          codes={shown}
          email={account.email}
          onClose={() => {
            setShown(null);
            void settle();
          }}
        />
      )}
    </>
  );
}
