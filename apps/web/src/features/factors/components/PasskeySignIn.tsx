import './proofTexts.ts';
import { SECOND_STEP_ROUTES, type SignInAnswer } from '@conclave/protocol';
import { KeyRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../../api/call.ts';
import { Button } from '../../../ui/Button.tsx';
import { offerPasskeys } from '../model/offerPasskeys.ts';
import {
  answerFromField,
  answerWithPasskey,
  browserHasPasskeys,
  browserOffersPasskeys,
} from '../model/passkeys.ts';
import { useFactorErrorText } from './useFactorErrorText.ts';

/**
 * Signs in with a passkey alone: by the button, or by one that the browser offers in the field for the address (`autocomplete` has to
 * say `webauthn` there). Nothing where the browser has none.
 */
export default function PasskeySignIn(props: {
  /** Another way is under way: the browser offers none. */
  readonly paused: boolean;
  readonly onSignedIn: (answer: SignInAnswer) => void;
  readonly onProblem: (text: string) => void;
}) {
  const { t } = useTranslation();
  const errorText = useFactorErrorText();
  const [busy, setBusy] = useState(false);

  const { paused, onSignedIn, onProblem } = props;
  useEffect(() => {
    if (paused || busy) return;
    const stop = new AbortController();
    void offerPasskeys(
      {
        isAvailable: browserOffersPasskeys,
        ask: () => call(SECOND_STEP_ROUTES.askPasskey),
        answer: answerFromField,
        signIn: (assertion) => call(SECOND_STEP_ROUTES.signInWithPasskey, { body: { assertion } }),
        onSignedIn,
        onProblem: (error) => onProblem(errorText(error)),
      },
      stop.signal,
    );
    return () => stop.abort();
  }, [paused, busy, onSignedIn, onProblem, errorText]);

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
