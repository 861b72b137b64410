import { useCallback, useRef, useState } from 'react';
import { useFactorErrorText } from './useFactorErrorText.ts';

/** One thing at a time that a dialog does, and why the last one failed. */
export function useTask(): {
  readonly busy: boolean;
  readonly problem: string | null;
  run(action: () => Promise<void>): Promise<void>;
} {
  const errorText = useFactorErrorText();
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = useCallback(
    async (action: () => Promise<void>) => {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      setProblem(null);
      try {
        await action();
      } catch (error) {
        setProblem(errorText(error));
      }
      running.current = false;
      setBusy(false);
    },
    [errorText],
  );
  return { busy, problem, run };
}
