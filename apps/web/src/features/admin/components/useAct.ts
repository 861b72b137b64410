import { RequestError } from '../../../api/RequestError.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { showToast } from '../../../ui/toasts.ts';
import { session } from '../../account/model/session.ts';

/** Does something that a press asked for, and says in a toast what came of it. */
export function useAct(): (doing: () => Promise<unknown>, done: string | null) => Promise<void> {
  const errorText = useErrorText();
  return async (doing, done) => {
    try {
      await doing();
      if (done !== null) showToast(done);
    } catch (error) {
      if (RequestError.of(error).code === 'auth.required') session.ended();
      else showToast(errorText(error));
    }
  };
}
