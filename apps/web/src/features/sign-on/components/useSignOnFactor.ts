import { SIGN_ON_ROUTES, type SignOnFactor } from '@conclave/protocol';
import { useEffect } from 'react';
import { call } from '../../../api/call.ts';
import { forgetWords, wordInAddress } from '../model/words.ts';

/**
 * After the way through a provider for which our own second factor is asked for besides: tells the question once, for the second
 * step of signing in. `onProblem` hears why there is none to be had.
 */
export function useSignOnFactor(
  onAsked: (factor: SignOnFactor) => void,
  onProblem: (error: unknown) => void,
): void {
  useEffect(() => {
    if (wordInAddress('factor') === null) return;
    forgetWords();
    call(SIGN_ON_ROUTES.signOnFactor).then(onAsked, onProblem);
  }, [onAsked, onProblem]);
}
