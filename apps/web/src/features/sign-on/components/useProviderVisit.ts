import { type ProviderChoice, SIGN_ON_ROUTES } from '@conclave/protocol';
import { useState } from 'react';
import { call } from '../../../api/call.ts';
import { useErrorText } from '../../../api/useErrorText.ts';
import { goToProvider } from '../model/goToProvider.ts';

/** The way to a provider and back, from the sign-in page. */
export interface ProviderVisit {
  /** Where the browser is on its way to. */
  readonly leaving: ProviderChoice['id'] | null;
  /** Why it did not get there. */
  readonly problem: string | null;
  readonly go: (provider: ProviderChoice) => Promise<void>;
}

/** @param returnTo where to be after signing in */
export function useProviderVisit(returnTo: string): ProviderVisit {
  const errorText = useErrorText();
  const [leaving, setLeaving] = useState<ProviderChoice['id'] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const go = async (provider: ProviderChoice) => {
    if (leaving !== null) return;
    setLeaving(provider.id);
    setProblem(null);
    try {
      await goToProvider(() =>
        call(SIGN_ON_ROUTES.beginSignOn, { params: { id: provider.id }, body: { returnTo } }),
      );
    } catch (error) {
      setProblem(errorText(error));
      setLeaving(null);
    }
  };
  return { leaving, problem, go };
}
