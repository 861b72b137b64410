import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';
import { StartRefused } from '../startRefused.ts';

/** Makes the data folder when it is missing, and closes it to other users of the machine. @throws StartRefused */
export function prepareDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (fault) {
    const reason = fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown';
    throw new StartRefused(`The data folder ${folder} cannot be used (${reason}).`);
  }
}
