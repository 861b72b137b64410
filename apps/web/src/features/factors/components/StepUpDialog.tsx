import './proofTexts.ts';
import { CONFIRM_ROUTES, type ConfirmationKind } from '@conclave/protocol';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import type { PendingStepUp } from '../../../api/stepUp.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Loading } from '../../../ui/Loading.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import styles from './Proof.module.css';
import { type GivenProof, Proof, type ProofActions } from './Proof.tsx';

export default function StepUpDialog({ pending }: { readonly pending: PendingStepUp }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [kinds, setKinds] = useState<readonly ConfirmationKind[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    call(CONFIRM_ROUTES.listConfirmations).then(
      (answer) => setKinds(answer.kinds),
      (error: unknown) => setProblem(errorText(error)),
    );
  }, [errorText]);
  const actions = useMemo(
    (): ProofActions => ({
      sendCode: async (kind) => (await call(CONFIRM_ROUTES.sendConfirmCode, { body: { kind } })).to,
      askPasskey: () => call(CONFIRM_ROUTES.askConfirmPasskey),
      async submit(proof: GivenProof) {
        await call(CONFIRM_ROUTES.confirm, { body: { proof } });
        pending.confirmed();
      },
    }),
    [pending],
  );

  return (
    <Dialog title={t('proof.confirmTitle')} onClose={() => pending.cancelled()}>
      <p className={styles.lead}>{t('proof.confirmLead')}</p>
      {problem !== null && (
        <Notice kind="error" live>
          {problem}
        </Notice>
      )}
      {kinds === null && problem === null && <Loading />}
      {kinds?.length === 0 && <Notice kind="warn">{t('proof.cannotConfirm')}</Notice>}
      {kinds !== null && kinds.length > 0 && (
        <Proof kinds={kinds} actions={actions} submitText={t('proof.confirm')} />
      )}
    </Dialog>
  );
}
