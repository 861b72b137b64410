import { describe, expect, it } from 'vitest';
import { type KeyPress, shortcutOf } from './shortcuts.ts';

const press = (key: string, change: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  repeat: false,
  defaultPrevented: false,
  isComposing: false,
  target: null,
  ...change,
});

describe('shortcutOf', () => {
  it.each([
    ['m', 'microphone'],
    ['M', 'microphone'],
    ['v', 'camera'],
    ['p', 'people'],
    ['c', 'chat'],
    ['h', 'hand'],
    ['?', 'help'],
    ['x', null],
    ['Escape', null],
  ])('%s: %s', (key, action) => expect(shortcutOf(press(key))).toBe(action));

  it.each([
    ['M', 'muteAll'],
    ['S', 'secure'],
    ['V', null],
    ['?', 'help'],
  ])('%s with Shift: %s', (key, action) => {
    expect(shortcutOf(press(key, { shiftKey: true }))).toBe(action);
  });

  it('leaves the browser its own keys, and repeats alone', () => {
    for (const change of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { repeat: true }]) {
      expect(shortcutOf(press('m', change))).toBeNull();
    }
  });

  it('does nothing while somebody types', () => {
    const inInput = { closest: (selector: string) => (selector.includes('input') ? {} : null) };
    expect(shortcutOf(press('m', { target: inInput as unknown as EventTarget }))).toBeNull();
    const onButton = { closest: () => null };
    expect(shortcutOf(press('m', { target: onButton as unknown as EventTarget }))).toBe('microphone');
  });
});
