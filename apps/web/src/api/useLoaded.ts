import { useCallback, useEffect, useRef, useState } from 'react';
import { session } from '../features/account/model/session.ts';
import { RequestError } from './RequestError.ts';

export type Loaded<T> =
  | { readonly name: 'loading' }
  | { readonly name: 'ready'; readonly value: T }
  | { readonly name: 'failed'; readonly error: unknown };

/**
 * What a page shows of the server: asked for when it opens, and again by `reload`, which keeps what is shown until the answer
 * is there. Of several under way the latest counts. Whoever is signed out meanwhile is led to signing in.
 */
export function useLoaded<T>(load: () => Promise<T>): {
  readonly state: Loaded<T>;
  readonly reload: () => Promise<void>;
  readonly set: (value: T) => void;
} {
  const [state, setState] = useState<Loaded<T>>({ name: 'loading' });
  const turn = useRef(0);
  const reload = useCallback(async () => {
    turn.current += 1;
    const mine = turn.current;
    try {
      const value = await load();
      if (turn.current === mine) setState({ name: 'ready', value });
    } catch (error) {
      if (turn.current !== mine) return;
      if (RequestError.of(error).code === 'auth.required') session.ended();
      else setState({ name: 'failed', error });
    }
  }, [load]);
  useEffect(() => {
    void reload();
    return () => {
      turn.current += 1;
    };
  }, [reload]);
  const set = useCallback((value: T) => {
    turn.current += 1;
    setState({ name: 'ready', value });
  }, []);
  return { state, reload, set };
}
