import type { Account } from '@conclave/protocol';
import { createContext, useContext } from 'react';

/** Whose page this is: given by `SignedIn`. */
export const AccountContext = createContext<Account | null>(null);

/** Below `SignedIn` alone. */
export function useAccount(): Account {
  const account = useContext(AccountContext);
  if (account === null) throw new Error('Nobody is signed in here.');
  return account;
}
