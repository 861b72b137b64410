import './proofTexts.ts';
import { type FactorKind, SECOND_STEP_ROUTES, type SignInAnswer } from '@conclave/protocol';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { Button } from '../../../ui/Button.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Page } from '../../../ui/Page.tsx';
import { type GivenProof, Proof, type ProofActions } from './Proof.tsx';

/** The second step of signing in: one of one's factors, as one chooses. */
export default function SecondStep(props: {
  /** What the first step has answered. */
  readonly challenge: string;
  readonly factors: readonly FactorKind[];
  readonly onSignedIn: (answer: SignInAnswer) => void;
  /** Back to the first step; with the error for which there is no going on. */
  readonly onStartOver: (error: unknown) => void;
}) {
  const { challenge, factors, onSignedIn, onStartOver } = props;
  const { t } = useTranslation();
  const actions = useMemo((): ProofActions => {
    const guarded = async <T,>(action: Promise<T>): Promise<T> => {
      try {
        return await action;
      } catch (error) {
        if (RequestError.of(error).code === 'factor.challenge_over') onStartOver(error);
        throw error;
      }
    };
    return {
      sendCode: async (kind) =>
        (await guarded(call(SECOND_STEP_ROUTES.sendSignInCode, { body: { challenge, kind } }))).to,
      askPasskey: () => guarded(call(SECOND_STEP_ROUTES.askFactorPasskey, { body: { challenge } })),
      submit: async (proof: GivenProof) => {
        if (proof.kind === 'password') return;
        onSignedIn(await guarded(call(SECOND_STEP_ROUTES.finishSignIn, { body: { challenge, proof } })));
      },
    };
  }, [challenge, onSignedIn, onStartOver]);

  return (
    <Page title={t('proof.title')} lead={t('proof.lead')} width="narrow">
      {factors.length === 0 ? (
        <Notice kind="warn">{t('proof.nothing')}</Notice>
      ) : (
        <Proof kinds={factors} actions={actions} submitText={t('proof.finish')} />
      )}
      <Button look="quiet" wide onPress={() => onStartOver(null)}>
        {t('proof.startOver')}
      </Button>
    </Page>
  );
}
