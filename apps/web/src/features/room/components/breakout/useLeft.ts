import { useEffect, useState } from 'react';

/** How long it is until then, ms; anew every second. Null when it is not known. @param at ms since 1970 */
export function useLeft(at: number | null): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (at === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [at]);
  return at === null ? null : Math.max(0, at - now);
}
