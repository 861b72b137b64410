import type { GroupPerson, GroupView } from '@conclave/e2ee';
import { expect, test } from 'vitest';
import { nameAuthors, namePeople } from './nameless.ts';

const person = (name: string): GroupPerson => ({
  ...{ participantId: 'gus0123456789abc', name, accountId: null, self: false },
  ...{ entry: null, admittedBy: null },
});
const view = (...names: string[]): GroupView => ({
  ...{ phase: 'secured', epoch: 1, refused: [], trouble: null },
  people: names.map(person),
});

test('whoever nobody has introduced is called so, in the list and as an author; others keep their names', () => {
  const named = namePeople(view('Ann', ''), 'Nobody');
  expect(named.people.map(({ name }) => name)).toEqual(['Ann', 'Nobody']);
  const known = view('Ann', 'Bob');
  expect(namePeople(known, 'Nobody')).toBe(known);
  const author = { participantId: 'gus0123456789abc', name: '', accountId: null, device: 'key' };
  const [event] = nameAuthors([{ type: 'reacted', author, reaction: '👍' } as never], 'Nobody');
  expect(event).toMatchObject({ author: { name: 'Nobody' } });
});
