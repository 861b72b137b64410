import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError } from 'vitest/node';
import { unhandledPath } from './unhandledPath.ts';

/**
 * Writes down the errors that belong to no test, which fail a Vitest run although no test has failed: its JSON report
 * does not name them.
 */
export default class UnhandledErrors implements Reporter {
  onTestRunEnd(_modules: unknown, errors: readonly SerializedError[]): void {
    const lines = errors.map(({ name, message, stack }) => {
      const place = stack?.split('\n').find((line) => line.includes('.ts'));
      return `${name ?? 'Error'}: ${message}${place === undefined ? '' : `, ${place.trim()}`}`;
    });
    writeFileSync(unhandledPath, JSON.stringify(lines));
  }
}
