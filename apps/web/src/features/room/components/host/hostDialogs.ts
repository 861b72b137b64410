import type { Control } from '@conclave/protocol';

/** What opens above the room for whoever keeps order. */
export type HostDialogName = 'menu' | 'breakout' | 'mute-others' | 'end' | 'leave';

const forAll: ReadonlySet<Control> = new Set(['media', 'lock', 'chat', 'breakout', 'end']);

/** Whether there is anything in the menu. */
export function hasHostMenu(controls: readonly Control[]): boolean {
  return controls.some((control) => forAll.has(control));
}
