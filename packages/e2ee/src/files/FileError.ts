import type { Danger } from './content/danger.ts';

/**
 * Why a file is not sent, or what came is not handed out.
 *
 * - `file.damaged`: not what its sender has encrypted: changed, cut, reordered or lengthened.
 * - `file.changed`: it has changed on the disk since sending began.
 * - `file.unreadable`: the browser cannot read it (a folder, or it is gone).
 * - `file.incomplete`: parts are missing.
 * - `file.unknown`: there is no such file here.
 * - `file.name`: a name that nobody may be shown.
 * - the other ones: what content and name say it is, see `Danger`.
 */
export type FileErrorCode =
  | 'file.damaged'
  | 'file.changed'
  | 'file.unreadable'
  | 'file.incomplete'
  | 'file.unknown'
  | 'file.name'
  | `file.${Danger}`;

/** Never names the file, its content or a key. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly code: FileErrorCode;

  constructor(code: FileErrorCode, options?: ErrorOptions) {
    super(`The file was refused (${code}).`, options);
    this.code = code;
  }
}
