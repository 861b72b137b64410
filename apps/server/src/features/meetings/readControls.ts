import { CONTROLS, type Control } from '@conclave/protocol';

/** What is stored of a co-host's controls, in the order of the table. One that this release does not know is none. */
export function readControls(stored: readonly string[]): Control[] {
  return CONTROLS.filter((control) => stored.includes(control));
}
