import { copyText } from '../../../ui/copyText.ts';
import { showToast } from '../../../ui/toasts.ts';

/** Copies and says so; where the browser refuses, `byHand` shows the text. */
export function useCopy(byHand: (text: string) => void): (text: string, done: string) => Promise<void> {
  return async (text, done) => {
    if (await copyText(text)) showToast(done);
    else byHand(text);
  };
}
