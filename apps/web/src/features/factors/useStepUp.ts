import { withStepUp } from './model/stepUp.ts';

/**
 * For pages: wraps what the service may refuse with `auth.step_up`. The person is asked by a dialog that stands on every page
 * of somebody who is signed in, and what was wrapped is done again. @see withStepUp
 */
export function useStepUp(): typeof withStepUp {
  return withStepUp;
}
