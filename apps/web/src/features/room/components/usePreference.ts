import { useState } from 'react';
import { browserStorage } from '../../../storage/storage.ts';

/** A choice that this browser remembers; yes until somebody says no. */
export function usePreference(name: 'self-view' | 'shortcuts'): [boolean, (on: boolean) => void] {
  const key = `conclave.${name}`;
  const [on, setOn] = useState(() => browserStorage.get(key) !== 'no');
  return [
    on,
    (next) => {
      browserStorage.set(key, next ? 'yes' : 'no');
      setOn(next);
    },
  ];
}
