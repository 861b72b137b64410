import { useEffect, useEffectEvent } from 'react';
import { type Shortcut, shortcutOf } from '../model/shortcuts.ts';

export function useShortcuts(on: boolean, actions: Readonly<Record<Shortcut, () => unknown>>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const shortcut = shortcutOf(event);
    // A dialog has the keyboard, wherever the focus is.
    if (shortcut === null || document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
    event.preventDefault();
    actions[shortcut]();
  });
  useEffect(() => {
    if (!on) return;
    const listener = (event: KeyboardEvent) => press(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [on]);
}
