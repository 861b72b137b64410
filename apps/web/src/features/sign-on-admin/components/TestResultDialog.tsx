import '../texts.ts';
import { type Provider, SIGN_ON_ROUTES, type TestResult } from '@conclave/protocol';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { withStepUp } from '../../../api/stepUp.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog, DialogActions } from '../../../ui/Dialog.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { useAccount } from '../../account/components/useAccount.ts';
import { useRoleName } from '../../admin/model/useRoleName.ts';
import { goToProvider } from '../../sign-on/model/goToProvider.ts';
import { useOwnRoles } from './RoleSelect.tsx';
import styles from './SignOnSection.module.css';

/** Asked for once: the server tells it once. */
let asked: Promise<TestResult> | null = null;

/** What came from the provider in the test that this browser has been through. */
export function TestResultDialog({
  providers,
  onClose,
}: {
  readonly providers: readonly Provider[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [result, setResult] = useState<TestResult | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    asked ??= call(SIGN_ON_ROUTES.testResult);
    asked.then(setResult, (error: unknown) => setProblem(errorText(error)));
  }, [errorText]);
  const close = () => {
    asked = null;
    onClose();
  };
  return (
    <Dialog title={t('signOnAdmin.result.title')} onClose={close}>
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      {result === null && problem === null && <Loading />}
      {result !== null && (
        <>
          <Result result={result} />
          <LinkOwn
            result={result}
            provider={providers.find(({ id, enabled }) => enabled && id === result.provider)}
          />
        </>
      )}
    </Dialog>
  );
}

function Result({ result }: { readonly result: TestResult }) {
  const { t } = useTranslation();
  const nameOf = useRoleName(useOwnRoles());
  const trust = result.emailVerified ? t('signOnAdmin.result.verified') : t('signOnAdmin.result.unverified');
  return (
    <>
      <Notice kind={result.outcome === 'refused' ? 'warn' : 'info'}>
        {result.refusal === null
          ? t(`signOnAdmin.result.outcome.${result.outcome}`)
          : t(`signOnAdmin.result.refusal.${result.refusal}`)}
      </Notice>
      <dl className={styles.claims}>
        <dt>{t('signOnAdmin.result.subject')}</dt>
        <dd>{result.subject}</dd>
        <dt>{t('signOnAdmin.result.email')}</dt>
        <dd>{result.email === null ? t('signOnAdmin.result.noEmail') : `${result.email} (${trust})`}</dd>
        <dt>{t('signOnAdmin.result.role')}</dt>
        <dd>{nameOf(result.role)}</dd>
      </dl>
      <h3>{t('signOnAdmin.result.claims')}</h3>
      {/* Scrolls, so it has to be reached by keyboard too. */}
      <dl className={styles.claims} tabIndex={0}>
        {result.claims.map(({ name, value }) => (
          <div key={name} className={styles.pair}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** What was tested may be the tester's own: then it is linked from here, by the same way through the provider that anybody takes. */
function LinkOwn({
  result,
  provider,
}: {
  readonly result: TestResult;
  readonly provider: Provider | undefined;
}) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { email } = useAccount();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  if (provider === undefined || result.outcome !== 'asks-to-link' || result.email !== email) return null;
  const link = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const at = { params: { id: provider.id }, body: { returnTo: location.pathname } };
      await goToProvider(() => withStepUp(() => call(SIGN_ON_ROUTES.beginLink, at)));
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  return (
    <>
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      <DialogActions>
        <Button look="primary" busy={busy} onPress={() => void link()}>
          {t('signOnAdmin.result.link')}
        </Button>
      </DialogActions>
    </>
  );
}
