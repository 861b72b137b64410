import type { Knock } from '@conclave/protocol';
import { expect, test } from 'vitest';
import type { InspectedKnock } from './doorKeys.ts';
import { LobbyWatch } from './LobbyWatch.ts';

const since = '2026-01-01T00:00:00.000Z';
const knock = (name: string, identity: Knock['identity'] = 'self-declared', keyPackage = 'AAAA') =>
  ({ participantId: `${name}-0123456789ab`, name, identity, since, keyPackage }) as unknown as Knock;
const proved = ({ participantId, name }: Knock, change: Partial<InspectedKnock> = {}): InspectedKnock => ({
  participantId,
  valid: true,
  name,
  accountId: null,
  deviceCode: '12345',
  ...change,
});

/** Answers as it is told, and says when it was asked. */
function watch(answers: (readonly InspectedKnock[] | Error)[]) {
  const asked: string[][] = [];
  const lobby = new LobbyWatch({
    inspectKnocks: async (knocks) => {
      asked.push(knocks.map(({ name }) => name));
      const answer = answers.shift() ?? [];
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  const changed = () => new Promise<void>((resolve) => lobby.changed.add(resolve));
  return { lobby, asked, changed };
}

test('each is checked once, and shown by the name that is proved', async () => {
  const gus = knock('gus');
  const { lobby, asked, changed } = watch([[proved(gus, { name: 'Gustav' })]]);
  const told = changed();
  lobby.setKnocks([gus]);
  expect(lobby.knocks[0]).toMatchObject({ name: 'gus', proof: 'checking' });
  await told;
  lobby.setKnocks([gus]);
  expect(lobby.knocks[0]).toMatchObject({ name: 'Gustav', proof: 'valid', deviceCode: '12345' });
  expect(asked).toEqual([['gus']]);
});

test('what does not hold, or is not answered for, is invalid', async () => {
  const gus = knock('gus');
  const { lobby, changed } = watch([[proved(gus, { valid: false })]]);
  const told = changed();
  lobby.setKnocks([gus, knock('tess')]);
  await told;
  expect(lobby.knocks.map(({ proof, deviceCode }) => [proof, deviceCode])).toEqual([
    ['invalid', null],
    ['invalid', null],
  ]);
});

test('the server alone gives nobody an account', async () => {
  const gus = knock('gus', 'account');
  const ada = knock('ada', 'account');
  const { lobby, changed } = watch([[proved(gus), proved(ada, { accountId: 'one' })]]);
  const told = changed();
  lobby.setKnocks([gus, ada]);
  await told;
  expect(lobby.knocks.map(({ identity }) => identity)).toEqual(['self-declared', 'account']);
});

test('who cannot be checked yet stays unproved and is checked with the next change of the group', async () => {
  const gus = knock('gus');
  const { lobby, asked, changed } = watch([new Error('no group yet'), [proved(gus)]]);
  const failed = changed();
  lobby.setKnocks([gus]);
  await failed;
  expect(lobby.knocks[0]?.proof).toBe('checking');
  const told = changed();
  lobby.check();
  await told;
  expect(lobby.knocks[0]?.proof).toBe('valid');
  expect(asked).toHaveLength(2);
});

test('another KeyPackage under the same id is another one to check', async () => {
  const gus = knock('gus');
  const forged = knock('gus', 'self-declared', 'BBBB');
  const { lobby, asked, changed } = watch([[proved(gus)], [proved(gus, { valid: false })]]);
  const told = changed();
  lobby.setKnocks([gus]);
  await told;
  const again = changed();
  lobby.setKnocks([forged]);
  expect(lobby.knocks[0]?.proof).toBe('checking');
  await again;
  expect(lobby.knocks[0]?.proof).toBe('invalid');
  expect(asked).toHaveLength(2);
});
