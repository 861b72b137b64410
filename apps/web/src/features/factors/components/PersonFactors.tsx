import './texts.ts';
import { PERSON_FACTOR_ROUTES, type PersonFactors as Summary } from '@conclave/protocol';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { showToast } from '../../../ui/toasts.ts';
import { ConfirmDialog } from '../../home/components/ConfirmDialog.tsx';
import { KIND_ICONS } from '../model/kinds.ts';
import { withStepUp } from '../model/stepUp.ts';
import styles from './SecuritySection.module.css';

/** For an administrator: which second factors somebody has, and taking them away when they are lost. */
export function PersonFactors(props: { readonly id: string; readonly name: string }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [summary, setSummary] = useState<Summary | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const load = useCallback(async () => {
    try {
      setSummary(await call(PERSON_FACTOR_ROUTES.personFactors, { params: { id: props.id } }));
    } catch (error) {
      setProblem(errorText(error));
    }
  }, [props.id, errorText]);
  useEffect(() => void load(), [load]);

  const none = summary?.kinds.length === 0;
  return (
    <section className={styles.section}>
      <h3>{t('factors.person.title')}</h3>
      {problem !== null && <p role="alert">{problem}</p>}
      {none && <p className={styles.soft}>{t('factors.person.none')}</p>}
      {summary !== null && !none && (
        <>
          <ul className={styles.summary}>
            {summary.kinds.map((kind) => {
              const Icon = KIND_ICONS[kind];
              return (
                <li key={kind}>
                  <Icon size={18} aria-hidden="true" /> {t(`factors.kinds.${kind}`)}
                </li>
              );
            })}
            <li>{t('factors.person.codes', { count: summary.recoveryCodes })}</li>
          </ul>
          <div>
            <Button onPress={() => setAsking(true)}>{t('factors.person.reset')}</Button>
          </div>
        </>
      )}
      {asking && (
        <ConfirmDialog
          danger
          title={t('factors.person.resetTitle', { name: props.name })}
          text={t('factors.person.resetText')}
          confirm={t('factors.person.resetConfirm')}
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            const params = { id: props.id };
            await withStepUp(() => call(PERSON_FACTOR_ROUTES.resetFactors, { params }));
            showToast(t('factors.person.done', { name: props.name }));
            await load();
          }}
        />
      )}
    </section>
  );
}
