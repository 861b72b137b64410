import type { Devices, Identity } from '@conclave/client';
import { startTestCall, type TestCall } from '@conclave/client/test-call';
import { TEST_CALL_ROUTES } from '@conclave/protocol';
import { call } from '../../../api/call.ts';
import { RequestError } from '../../../api/RequestError.ts';
import { openWorker } from '../../../encryption/openWorker.ts';

/** To be called while a click is handled. */
export function callOneself(devices: Devices, identity: Identity): TestCall {
  return startTestCall({
    devices,
    identity,
    openWorker,
    begin: async ({ id, verifier }) => {
      try {
        await call(TEST_CALL_ROUTES.createTestCall, { body: { id, verifier } });
        return null;
      } catch (error) {
        return RequestError.of(error).code;
      }
    },
  });
}
