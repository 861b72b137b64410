import type { IncomingCall } from '@conclave/protocol';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyOfCall } from '../model/notify.ts';
import { Ringer } from '../model/Ringer.ts';

const flashMs = 1_000;

/**
 * Rings, lets the tab's title flash, and shows a notification where that is allowed, as long as there is a call.
 * @returns whether the sound is off, and the way to turn it off for this call
 */
export function useRinging(call: IncomingCall | null): [boolean, () => void] {
  const { t } = useTranslation();
  const [silenced, setSilenced] = useState<string | null>(null);
  const id = call?.callId ?? null;
  const name = call?.caller.name ?? '';
  const silent = id !== null && silenced === id;

  useEffect(() => {
    if (id === null || silent) return;
    const ringer = new Ringer('incoming');
    return () => ringer[Symbol.dispose]();
  }, [id, silent]);

  useEffect(() => {
    if (id === null) return;
    const before = document.title;
    const text = t('calls.incoming.tab', { name });
    let shown = false;
    const flash = setInterval(() => {
      shown = !shown;
      document.title = shown ? text : before;
    }, flashMs);
    const notification = notifyOfCall(
      t('calls.notification.title', { name }),
      t('calls.notification.body'),
      id,
    );
    return () => {
      clearInterval(flash);
      notification();
      // Another page has its own title by now.
      if (document.title === text) document.title = before;
    };
  }, [id, name, t]);

  return [silent, () => setSilenced(id)];
}
