import { LIMITS } from '@conclave/protocol';
import { parseStrictJson } from '../json/strictJson.ts';
import type { App } from './app.ts';

/** JSON is the only kind of body, and ours the only reader of it. */
export function addBodyReader(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: LIMITS.restBodyBytes },
    async (_request: unknown, body: string | Buffer) => parseStrictJson(body, LIMITS.restBodyBytes),
  );
}
