import { useCallback } from 'react';
import { useErrorText } from '../../../../api/useErrorText.ts';
import { showToast } from '../../../../ui/toasts.ts';

/** Does something, and says what came of it. */
export function useAct(): (act: () => Promise<void>, done?: string) => void {
  const errorText = useErrorText();
  return useCallback(
    (act, done) => {
      act().then(
        () => {
          if (done !== undefined) showToast(done);
        },
        (error: unknown) => showToast(errorText(error)),
      );
    },
    [errorText],
  );
}
