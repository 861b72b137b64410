import * as z from 'zod/mini';
import { Token256 } from './ids.ts';

/** 128 random bits, base64url, made by the browser that sends: the only name that the server knows of a file. */
export const FileId = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{21}[AQgw]$/))
  .brand<'FileId'>();
export type FileId = z.infer<typeof FileId>;

/** What a participant may do with the files of the meeting, and the token that every request about them carries. */
export const FileAccess = z.strictObject({
  /** For this participant, until another one is asked for; sent as `authorization: Bearer …`. */
  token: Token256,
  /** From now, ms. */
  expiresInMs: z.int(),
  maySend: z.boolean(),
  /** The largest file, before encryption, bytes. */
  largestBytes: z.int(),
});
export type FileAccess = z.infer<typeof FileAccess>;
