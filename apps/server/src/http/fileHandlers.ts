import type { FileId, FileRouteName, FileStatus } from '@conclave/protocol';
import type { HeldAccess } from '../features/files/FileAccesses.ts';
import { finishFile, getPart, putPart } from '../features/files/fileParts.ts';
import { findFile, findOwnFile } from '../features/files/findFile.ts';
import type { FilesPorts } from '../features/files/ports.ts';
import { removeFile } from '../features/files/removeFiles.ts';
import { startFile } from '../features/files/startFile.ts';
import { statusOf } from '../features/files/statusOf.ts';

/** One request about a file, read and checked. */
export interface FileCall {
  readonly access: HeldAccess;
  readonly id: FileId;
  /** 0 where the route names none. */
  readonly part: number;
  /** As its sender announces it; 0 where the route has none. */
  readonly size: number;
  /** The body; empty where the route has none. */
  readonly bytes: Uint8Array;
}

/** Undefined: 204. */
type Answer = FileStatus | Uint8Array | undefined;
export type FileHandlers = { readonly [N in FileRouteName]: (call: FileCall) => Promise<Answer> };

export function fileHandlers(ports: FilesPorts): FileHandlers {
  return {
    startFile: ({ access, id, size }) => startFile(ports, access, id, size),
    fileStatus: async ({ access, id }) => statusOf(findOwnFile(ports, access, id)),
    putFilePart: async ({ access, id, part, bytes }) => {
      await putPart(ports, findOwnFile(ports, access, id), part, bytes);
      return undefined;
    },
    getFilePart: ({ access, id, part }) => getPart(ports, findFile(ports, access, id), part),
    finishFile: async ({ access, id }) => {
      finishFile(ports, findOwnFile(ports, access, id));
      return undefined;
    },
    deleteFile: async ({ access, id }) => {
      removeFile(ports, findOwnFile(ports, access, id), 'sender');
      return undefined;
    },
  };
}
