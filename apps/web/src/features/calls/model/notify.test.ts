import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { notifyOfCall, notifyState, setNotify } from './notify.ts';

/** What a browser has of the Notifications API, and what it was asked to show. */
function browser({ permission = 'default', asks = 'granted', visible = false, throws = false } = {}) {
  const shown: FakeNotification[] = [];
  class FakeNotification {
    static permission = permission;
    static readonly requestPermission = vi.fn(async () => {
      FakeNotification.permission = asks;
      return asks;
    });
    readonly title: string;
    readonly options: NotificationOptions;
    readonly close = vi.fn();
    onclick: (() => void) | null = null;
    constructor(title: string, options: NotificationOptions) {
      if (throws) throw new TypeError('Illegal constructor');
      this.title = title;
      this.options = options;
      shown.push(this);
    }
  }
  const kept = new Map<string, string>();
  const focus = vi.fn();
  vi.stubGlobal('Notification', FakeNotification);
  vi.stubGlobal('window', {
    Notification: FakeNotification,
    focus,
    localStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    },
  });
  vi.stubGlobal('document', { visibilityState: visible ? 'visible' : 'hidden' });
  return { shown, focus, FakeNotification };
}

const notify = () => notifyOfCall('Ada is calling', 'Conclave', 'call-1');

beforeEach(() => void browser());
afterEach(() => vi.unstubAllGlobals());

it('nothing is asked of the browser before the person asks for it, and nothing is shown', () => {
  const { shown, FakeNotification } = browser({ permission: 'granted' });
  expect(notifyState()).toBe('off');
  notify();
  expect(shown).toEqual([]);
  expect(FakeNotification.requestPermission).not.toHaveBeenCalled();
});

it('a call is shown above other windows, by its own tag, without a sound and until it is over', async () => {
  const { shown } = browser();
  expect(await setNotify(true)).toBe('on');
  const takeAway = notify();
  expect(shown).toHaveLength(1);
  expect(shown[0]?.title).toBe('Ada is calling');
  // The page rings by itself; and who has several pages open is shown one.
  expect(shown[0]?.options).toEqual({
    body: 'Conclave',
    tag: 'call-1',
    requireInteraction: true,
    silent: true,
  });
  expect(shown[0]?.close).not.toHaveBeenCalled();
  takeAway();
  expect(shown[0]?.close).toHaveBeenCalledOnce();
});

it('a click on it brings the page to the front, where the call is answered or declined', async () => {
  const { shown, focus } = browser();
  await setNotify(true);
  notify();
  shown[0]?.onclick?.();
  expect(focus).toHaveBeenCalledOnce();
  expect(shown[0]?.close).toHaveBeenCalledOnce();
});

it('a page that is looked at shows the call itself, and nothing beside it', async () => {
  const { shown } = browser({ visible: true });
  await setNotify(true);
  notify()();
  expect(shown).toEqual([]);
});

it('what the person has turned off stays off, whatever the browser would allow', async () => {
  const { shown } = browser();
  await setNotify(true);
  expect(await setNotify(false)).toBe('off');
  notify();
  expect(shown).toEqual([]);
});

it('a browser that says no is said to have said no, and nothing is kept as wished', async () => {
  const { shown, FakeNotification } = browser({ asks: 'denied' });
  expect(await setNotify(true)).toBe('denied');
  notify();
  expect(shown).toEqual([]);
  FakeNotification.permission = 'granted';
  expect(notifyState()).toBe('off');
});

it('a browser without them, or with them for service workers alone, breaks nothing', async () => {
  const phone = browser({ throws: true });
  await setNotify(true);
  expect(() => notify()()).not.toThrow();
  expect(phone.shown).toEqual([]);
  vi.stubGlobal('window', {});
  expect(notifyState()).toBe('unavailable');
  expect(() => notify()()).not.toThrow();
});
