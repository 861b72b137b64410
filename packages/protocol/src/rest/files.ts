import * as z from 'zod/mini';
import { FileId } from '../files.ts';
import { LIMITS } from '../limits.ts';

/** As large as the ciphertext will be. It is kept for that much, until the meeting ends. */
export const StartFile = z.strictObject({ bytes: z.int().check(z.minimum(1), z.maximum(2 ** 33)) });

/** Parts from `first` to `last`. */
export const FilePartRange = z.strictObject({ first: z.int(), last: z.int() });
export const FileStatus = z.strictObject({
  bytes: z.int(),
  complete: z.boolean(),
  /** What is still to be sent. */
  missing: z.array(FilePartRange),
});
export type FileStatus = z.infer<typeof FileStatus>;

export const FileParams = z.strictObject({ id: FileId });
export const FilePartParams = z.strictObject({
  id: FileId,
  part: z.string().check(z.regex(/^(0|[1-9]\d{0,5})$/)),
});

export interface FileRoute {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  readonly path: string;
  readonly params: z.ZodMiniType;
  /** `bytes`: application/octet-stream. */
  readonly body: z.ZodMiniType | 'bytes' | null;
  /** Null: 204 without a body. */
  readonly response: z.ZodMiniType | 'bytes' | null;
}

/**
 * The files of a meeting, for participants of it: each request carries the token that `file-access` gave. A part is
 * `LIMITS.filePartBytes` of the ciphertext, the last one what is left. Starting, sending a part, finishing and deleting may
 * be said again. Only who sends a file may do more than read it.
 */
export const FILE_ROUTES = {
  startFile: { method: 'PUT', path: '/files/:id', params: FileParams, body: StartFile, response: FileStatus },
  fileStatus: { method: 'GET', path: '/files/:id', params: FileParams, body: null, response: FileStatus },
  putFilePart: {
    method: 'PUT',
    path: '/files/:id/parts/:part',
    params: FilePartParams,
    body: 'bytes',
    response: null,
  },
  getFilePart: {
    method: 'GET',
    path: '/files/:id/parts/:part',
    params: FilePartParams,
    body: null,
    response: 'bytes',
  },
  finishFile: { method: 'POST', path: '/files/:id/finish', params: FileParams, body: null, response: null },
  deleteFile: { method: 'DELETE', path: '/files/:id', params: FileParams, body: null, response: null },
} as const satisfies Record<string, FileRoute>;

export type FileRouteName = keyof typeof FILE_ROUTES;

/** How many parts that many bytes make. */
export function filePartsOf(bytes: number): number {
  return Math.ceil(bytes / LIMITS.filePartBytes);
}

/** The bytes of one of them. */
export function filePartBytes(bytes: number, part: number): number {
  return Math.min(LIMITS.filePartBytes, bytes - part * LIMITS.filePartBytes);
}
