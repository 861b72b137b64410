import { useEffect, useState } from 'react';
import type { Judge } from '../model/strength.ts';

/** The word lists are large; they are fetched when the form is already there. */
export function useJudge(): Judge | null {
  const [judge, setJudge] = useState<Judge | null>(null);
  useEffect(() => {
    let wanted = true;
    import('../model/judge.ts').then(
      (module) => {
        if (wanted) setJudge(() => module.judge);
      },
      // Without it the server alone judges.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, []);
  return judge;
}
