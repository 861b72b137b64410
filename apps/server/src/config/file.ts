import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parse } from 'smol-toml';
import { StartRefused } from '../startRefused.ts';

/** What a settings file said, unchecked, and the folder that its relative paths start from. */
export interface SettingsFile {
  readonly values: Record<string, unknown>;
  readonly folder: string;
  readonly path: string | null;
}

/**
 * Reads the TOML file that `CONCLAVE_CONFIG` names, or `conclave.toml` in the working folder when there is one.
 * @throws StartRefused when a named file is missing or any file is not TOML.
 */
export function readSettingsFile(named: string | undefined, workingFolder: string): SettingsFile {
  const path = resolve(workingFolder, named ?? 'conclave.toml');
  if (!existsSync(path)) {
    if (named !== undefined) throw new StartRefused(`There is no settings file ${path} (CONCLAVE_CONFIG).`);
    return { values: {}, folder: workingFolder, path: null };
  }
  try {
    return { values: parse(readFileSync(path, 'utf8')), folder: dirname(path), path };
  } catch (fault) {
    const reason = fault instanceof Error ? (fault.message.split('\n')[0] ?? '') : '';
    throw new StartRefused(`The settings file ${path} could not be read: ${reason}`);
  }
}
