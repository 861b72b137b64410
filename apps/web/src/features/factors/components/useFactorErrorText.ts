import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../../api/useErrorText.ts';
import { PasskeyProblem } from '../model/passkeys.ts';

/** As `useErrorText`, and with words for what a browser says of passkeys. */
export function useFactorErrorText(): (thrown: unknown) => string {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return useCallback(
    (thrown) =>
      thrown instanceof PasskeyProblem ? t(`proof.passkeyProblems.${thrown.reason}`) : errorText(thrown),
    [t, errorText],
  );
}
