import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = readFileSync(`${root}docs/features.md`, 'utf8');
const states = ['done', 'partly', 'not yet'];
const sources = { W: 22, D: 17, N: 19, M: 8 } as const;

const rows = page
  .split('\n')
  .filter((line) => /^\| [A-Z]/.test(line) && !line.startsWith('| Id '))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

test('every requirement has a row', () => {
  const ids = new Set(rows.flatMap(([id = '']) => id.split(', ')));
  const wanted = Object.entries(sources).flatMap(([letter, count]) =>
    Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
  );
  expect(wanted.filter((id) => !ids.has(id))).toEqual([]);
});

test('every row says what a person can do, where it is tested and how far it is', () => {
  for (const [id = '', what = '', where = '', state = '', ...rest] of rows) {
    expect(rest, id).toEqual([]);
    expect(what, id).not.toBe('');
    expect(states, id).toContain(state);
    if (state !== 'not yet') expect(where, id).toMatch(/`/);
  }
});

test('every test that is named exists', () => {
  const named = rows.flatMap(([, , where = '']) =>
    [...where.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
  );
  expect(named.filter((path) => !existsSync(root + path))).toEqual([]);
});
