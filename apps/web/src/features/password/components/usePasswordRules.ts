import { type About, FIRST_POLICY, POLICY_ROUTES } from '@conclave/protocol';
import { useEffect, useState } from 'react';
import { call } from '../../../api/call.ts';

type Rules = Pick<About, 'passwordLength' | 'passwordComposition'>;

/** What the organisation asks of a password; what most ask for until the server has said so. The server decides anyway. */
export function usePasswordRules(): Rules {
  const [rules, setRules] = useState<Rules>(FIRST_POLICY);
  useEffect(() => {
    let wanted = true;
    call(POLICY_ROUTES.about).then(
      (about) => wanted && setRules(about),
      () => {},
    );
    return () => {
      wanted = false;
    };
  }, []);
  return rules;
}
