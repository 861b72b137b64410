import * as z from 'zod/mini';
import { FileAccess } from '../files.ts';

const request = z.int().check(z.minimum(0), z.maximum(2 ** 31 - 1));

/** Asks for access to the files of the meeting. The token that was given before ends. */
export const AskFileAccess = z.strictObject({ type: z.literal('file-access'), request });

export const FileAccessGiven = z.extend(FileAccess, { type: z.literal('file-access'), request: z.int() });
