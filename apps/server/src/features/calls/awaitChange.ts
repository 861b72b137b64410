import { type CallId, ConclaveError } from '@conclave/protocol';
import type { Call } from './CallDesk.ts';
import type { CallsPorts } from './ports.ts';

/** So long a request stays open at most: below what proxies bear. */
const openMs = 20_000;

/** The call as soon as its state is another one, or as it is after some time. @throws ConclaveError call.not_found */
export async function awaitChange(
  { desk }: Pick<CallsPorts, 'desk'>,
  id: CallId,
  after: Call['state']['name'],
): Promise<Call> {
  const found = desk.find(id);
  if (found === null) throw new ConclaveError('call.not_found');
  if (found.state.name !== after) return found;
  const { promise, resolve } = Promise.withResolvers<void>();
  using _ = desk.listen((call) => {
    if (call.id === id && call.state.name !== after) resolve();
  });
  const timer = setTimeout(resolve, openMs);
  await promise;
  clearTimeout(timer);
  return desk.find(id) ?? found;
}
