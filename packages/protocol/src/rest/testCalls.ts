import * as z from 'zod/mini';
import { MeetingId, Token256 } from '../ids.ts';
import type { RouteTable } from './route.ts';

/** A meeting of a browser with itself, made up as every meeting is: it joins twice, and has `LIMITS.testCallMs` for it. */
export const CreateTestCall = z.strictObject({
  id: MeetingId,
  /** SHA-256 of the passcode's proof, base64url. The passcode is known to this one browser. */
  verifier: Token256,
});
export type CreateTestCall = z.infer<typeof CreateTestCall>;

export const TEST_CALL_ROUTES = {
  /** Whoever may come as a guest may try their devices and the way before. */
  createTestCall: {
    method: 'POST',
    path: '/test-calls',
    access: 'anyone',
    body: CreateTestCall,
    response: null,
  },
} as const satisfies RouteTable;
