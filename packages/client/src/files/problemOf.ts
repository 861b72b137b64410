import { ConclaveError } from '@conclave/protocol';
import { EncryptionFailed } from '../encryption/WorkerLink.ts';
import type { FileProblem } from './types.ts';

const problems: Readonly<Record<string, FileProblem>> = {
  'file.too_large': 'too-large',
  'file.not_allowed': 'not-allowed',
  'file.quota': 'quota',
  'file.storage_full': 'storage-full',
  'file.not_found': 'gone',
  'file.program': 'program',
  'file.script': 'script',
  'file.active': 'active',
  'file.macros': 'macros',
  'file.mismatch': 'mismatch',
  'file.unclear': 'unclear',
  'file.changed': 'changed',
  'file.unreadable': 'unreadable',
  'file.damaged': 'damaged',
};

/** What went wrong, by the server's code or by the encryption's. */
export function problemOf(error: unknown): FileProblem {
  const code = error instanceof ConclaveError || error instanceof EncryptionFailed ? error.code : '';
  return (Object.hasOwn(problems, code) ? problems[code] : undefined) ?? 'failed';
}
