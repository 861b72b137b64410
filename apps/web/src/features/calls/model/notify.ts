import { browserStorage } from '../../../storage/storage.ts';

const key = 'conclave.call-notifications';

export type NotifyState = 'on' | 'off' | 'denied' | 'unavailable';

/** Whether this browser shows calls above other windows: both the person and the browser have to say so. */
export function notifyState(): NotifyState {
  if (!('Notification' in window)) return 'unavailable';
  if (Notification.permission === 'denied') return 'denied';
  return Notification.permission === 'granted' && browserStorage.get(key) === 'yes' ? 'on' : 'off';
}

/** Asks the browser, which asks the person. */
export async function setNotify(on: boolean): Promise<NotifyState> {
  if (on && (await Notification.requestPermission()) === 'granted') browserStorage.set(key, 'yes');
  if (!on) browserStorage.set(key, 'no');
  return notifyState();
}

/** Shown while the page is out of sight. @returns the way to take it away */
export function notifyOfCall(title: string, body: string, tag: string): () => void {
  if (notifyState() !== 'on' || document.visibilityState === 'visible') return () => {};
  try {
    const shown = new Notification(title, { body, tag, requireInteraction: true, silent: true });
    shown.onclick = () => {
      window.focus();
      shown.close();
    };
    return () => shown.close();
  } catch {
    // Some browsers on phones have them for service workers alone.
    return () => {};
  }
}
