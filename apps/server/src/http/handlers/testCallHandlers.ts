import type { TEST_CALL_ROUTES } from '@conclave/protocol';
import type { Context } from '../../context.ts';
import type { HandlersOf } from './types.ts';

export function createTestCallHandlers({ testCalls }: Context): HandlersOf<typeof TEST_CALL_ROUTES> {
  return {
    async createTestCall({ caller, address, body }) {
      await testCalls.begin(caller, address, body);
      return undefined;
    },
  };
}
