import { ACCOUNT_ROUTES } from '@conclave/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { call } from './call.ts';
import { RequestError } from './RequestError.ts';
import { hostStepUp, pendingStepUp, withStepUp } from './stepUp.ts';

let host: Disposable;
beforeEach(() => {
  host = hostStepUp();
});
afterEach(() => host[Symbol.dispose]());

function guarded() {
  let confirmed = false;
  const action = vi.fn(async () => {
    if (!confirmed) throw new RequestError('auth.step_up');
    return 'done';
  });
  return {
    action,
    confirm() {
      confirmed = true;
      pendingStepUp.get()?.confirmed();
    },
  };
}

const asked = () => vi.waitFor(() => expect(pendingStepUp.get()).not.toBeNull());

test('what needs nothing is done at once', async () => {
  expect(await withStepUp(async () => 7)).toBe(7);
  expect(pendingStepUp.get()).toBeNull();
});

test('after the person has confirmed, it is done again', async () => {
  const { action, confirm } = guarded();
  const result = withStepUp(action);
  await asked();
  confirm();
  expect(await result).toBe('done');
  expect(action).toHaveBeenCalledTimes(2);
  expect(pendingStepUp.get()).toBeNull();
});

test('several at once ask once', async () => {
  const { action, confirm } = guarded();
  const results = Promise.all([withStepUp(action), withStepUp(action), withStepUp(action)]);
  await asked();
  confirm();
  expect(await results).toEqual(['done', 'done', 'done']);
});

test('who does not confirm gets the refusal, and is asked again next time', async () => {
  const { action } = guarded();
  for (let round = 0; round < 2; round++) {
    const result = withStepUp(action);
    const refused = expect(result).rejects.toMatchObject({ code: 'auth.step_up' });
    await asked();
    pendingStepUp.get()?.cancelled();
    await refused;
  }
  expect(action).toHaveBeenCalledTimes(2);
});

test('other refusals are passed on, also by the second try', async () => {
  await expect(
    withStepUp(async () => {
      throw new RequestError('factor.wrong');
    }),
  ).rejects.toMatchObject({ code: 'factor.wrong' });
  expect(pendingStepUp.get()).toBeNull();
});

test('where nobody can be asked, the refusal is passed on', async () => {
  host[Symbol.dispose]();
  const { action } = guarded();
  await expect(withStepUp(action)).rejects.toMatchObject({ code: 'auth.step_up' });
  expect(action).toHaveBeenCalledTimes(1);
  host = hostStepUp();
});

test('calls of the contract go through it while there is a place to ask', async () => {
  const refused = Response.json({ error: { code: 'auth.step_up', text: 'x' } }, { status: 403 });
  const answers = [refused, new Response(null, { status: 204 })];
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => answers.shift()),
  );
  const result = call(ACCOUNT_ROUTES.signOut);
  await asked();
  pendingStepUp.get()?.confirmed();
  expect(await result).toBeNull();
  expect(answers).toEqual([]);
  vi.unstubAllGlobals();
});
