import { ConclaveError } from '@conclave/protocol';
import type { FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Context } from '../context.ts';
import { addressKey } from '../security/addressKey.ts';

/** REST calls from one address: far above what pages make, far below what hurts. */
const callsPerMinute = 1_200;

/** @throws (from what it gives) ConclaveError request.rate */
export function createFloodGuard(context: Context): (request: FastifyRequest) => Promise<void> {
  const limiter = new RateLimiterMemory({ points: callsPerMinute, duration: 60 });
  return async (request) => {
    try {
      await limiter.consume(addressKey(context.clientAddress(request.raw)), 1);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      throw new ConclaveError('request.rate', { retryAfterMs: Math.ceil(refusal.msBeforeNext) });
    }
  };
}
