import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { Settings } from '../config/schema.ts';

export type Log = Logger;

/** Keys that never reach the log, wherever they stand: what people typed, sent or carry, and where from. */
const REDACTED = [
  'password',
  'email',
  'name',
  'token',
  'proof',
  'verifier',
  'passcode',
  'cookie',
  'authorization',
  'ip',
  'address',
  'sdp',
  'candidate',
  'credential',
  'secret',
] as const;

/**
 * Structured logs, one JSON object a line, to standard error (or to `into`). Ids and counts only.
 * Levels: error: somebody must act; warn: somebody should look; info: what the service did; debug: why.
 */
export function createLog(settings: Settings['log'], into?: DestinationStream): Log {
  return pino(
    {
      level: settings.level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED.flatMap((key) => [key, `*.${key}`]), censor: '[redacted]' },
      serializers: { fault: serializeFault, err: serializeFault },
    },
    into ?? destination({ dest: 2, sync: true }),
  );
}

/** Where it went wrong, not with what: messages of libraries may quote their input, so only ours are kept. */
export function serializeFault(fault: unknown): Record<string, unknown> {
  if (!(fault instanceof Error)) return { type: typeof fault };
  const frames = (fault.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: fault.name,
    ...('code' in fault && { code: String(fault.code) }),
    ...('constraint' in fault && { constraint: String(fault.constraint) }),
    stack: frames.slice(0, 12).map((line) => line.trim()),
    ...(fault.cause !== undefined && { cause: serializeFault(fault.cause) }),
  };
}
