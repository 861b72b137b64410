import './proofTexts.ts';
import { SECOND_STEP_ROUTES, type SignInAnswer } from '@conclave/protocol';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { Button } from '../../../ui/Button.tsx';
import { answerWithPasskey, browserHasPasskeys } from '../model/passkeys.ts';
import { useFactorErrorText } from './useFactorErrorText.ts';

/** Signs in with a passkey alone. Nothing where the browser has none. */
export default function PasskeySignIn(props: {
  readonly onSignedIn: (answer: SignInAnswer) => void;
  readonly onProblem: (text: string) => void;
}) {
  const { t } = useTranslation();
  const errorText = useFactorErrorText();
  const [busy, setBusy] = useState(false);

  const start = async () => {
    setBusy(true);
    try {
      const assertion = await answerWithPasskey(await call(SECOND_STEP_ROUTES.askPasskey));
      props.onSignedIn(await call(SECOND_STEP_ROUTES.signInWithPasskey, { body: { assertion } }));
    } catch (error) {
      props.onProblem(errorText(error));
      setBusy(false);
    }
  };

  if (!browserHasPasskeys()) return null;
  return (
    <Button wide busy={busy} icon={<KeyRound size={18} aria-hidden="true" />} onPress={() => void start()}>
      {t('proof.orPasskey')}
    </Button>
  );
}
