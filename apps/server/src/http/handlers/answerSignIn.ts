import type { SignInAnswer } from '@conclave/protocol';
import type { SignInOutcome } from '../../features/accounts/finishSignIn.ts';
import type { Cookies } from './types.ts';

/** Gives the browser its cookies when somebody is in, and says how it stands. No secret of a cookie is in the body. */
export function answerSignIn(outcome: SignInOutcome, { setSession, setDevice }: Cookies): SignInAnswer {
  if (outcome.kind === 'factor') return outcome;
  setSession(outcome.sessionToken);
  setDevice(outcome.deviceToken);
  return { kind: 'signed-in', account: outcome.account };
}
