import '../texts.ts';
import { SIGN_ON_ROUTES, type SignOnOverview, type SsoOnlyProblem } from '@conclave/protocol';
import { CircleCheck, CircleDashed } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call } from '../../../api/call.ts';
import { withStepUp } from '../../../api/stepUp.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { showToast } from '../../../ui/toasts.ts';
import styles from './SignOnSection.module.css';
import { SsoOnlyDialog } from './SsoOnlyDialog.tsx';

/** Switches passwords off, and says what has to be so before. */
export function SsoOnlyCard(props: {
  readonly overview: SignOnOverview;
  readonly mayManage: boolean;
  readonly onChanged: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { ssoOnly, problems } = props.overview;

  const set = async (to: boolean) => {
    await withStepUp(() => call(SIGN_ON_ROUTES.setSsoOnly, { body: { ssoOnly: to } }));
    showToast(to ? t('signOnAdmin.only.switchedOn') : t('signOnAdmin.only.switchedOff'));
    props.onChanged();
  };
  const allow = async () => {
    setProblem(null);
    try {
      await set(false);
    } catch (error) {
      setProblem(errorText(error));
    }
  };

  return (
    <section className={styles.part}>
      <h2>{t('signOnAdmin.only.title')}</h2>
      <div className={styles.card}>
        <p>{t('signOnAdmin.only.lead')}</p>
        <p>
          <strong>{ssoOnly ? t('signOnAdmin.only.isOn') : t('signOnAdmin.only.isOff')}</strong>
        </p>
        <h3>{ssoOnly ? t('signOnAdmin.only.whileOn') : t('signOnAdmin.only.before')}</h3>
        <ul className={styles.checks}>
          <Check of="no-provider-used" problems={problems} what="used" />
          <Check of="no-owner-with-factor" problems={problems} what="factor" />
        </ul>
        {problem !== null && (
          <Notice kind="error" live>
            {problem}
          </Notice>
        )}
        {props.mayManage && (
          <div>
            {ssoOnly ? (
              <Button onPress={() => void allow()}>{t('signOnAdmin.only.turnOff')}</Button>
            ) : (
              <Button isDisabled={problems.length > 0} onPress={() => setAsking(true)}>
                {t('signOnAdmin.only.turnOn')}
              </Button>
            )}
          </div>
        )}
      </div>
      {asking && (
        <SsoOnlyDialog
          overview={props.overview}
          onClose={() => setAsking(false)}
          onConfirm={() => set(true)}
        />
      )}
    </section>
  );
}

/** Where what is missing is set up. */
const WAYS = { used: '/account/linked', factor: '/account/security' } as const;

function Check(props: {
  readonly of: SsoOnlyProblem;
  readonly problems: readonly SsoOnlyProblem[];
  readonly what: 'used' | 'factor';
}) {
  const { t } = useTranslation();
  const missing = props.problems.includes(props.of);
  const Icon = missing ? CircleDashed : CircleCheck;
  return (
    <li className={styles.check}>
      <Icon size={20} aria-hidden="true" className={missing ? styles.bad : styles.good} />
      <div>
        <span>{t(`signOnAdmin.only.${props.what}`)}</span>{' '}
        <span className="visually-hidden">
          ({missing ? t('signOnAdmin.only.missing') : t('signOnAdmin.only.done')})
        </span>
        {missing && (
          <p>
            <Link to={WAYS[props.what]}>{t(`signOnAdmin.only.${props.what}How`)}</Link>
          </p>
        )}
      </div>
    </li>
  );
}
