import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Clone, freePort } from './clone.ts';
import { commandsOf } from './commands.ts';

const root = new URL('../../../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const commands = commandsOf(readme);
let clone: Clone;
let port: number;

beforeAll(async () => {
  port = await freePort();
  clone = await Clone.make({
    CONCLAVE_LISTEN_PORT: `${port}`,
    CONCLAVE_MEDIA_UDP_PORT: `${await freePort()}`,
  });
}, 90_000);

afterAll(async () => {
  await clone?.[Symbol.asyncDispose]();
});

test('the README tells how to start and how to test', () => {
  expect(commands).toContain('npm start');
  expect(commands).toContain('npm test');
});

for (const command of commands) {
  test(`README: ${command}`, () => runFromReadme(command), 240_000);
}

test('README: every page and picture that it links to exists', () => {
  const links = [...readme.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
  for (const link of links) expect(() => readFileSync(new URL(link, root)), link).not.toThrow();
});

async function runFromReadme(command: string): Promise<void> {
  if (command === 'npm test') {
    // We are inside it.
    expect(readFileSync(new URL('.ci/run', root), 'utf8')).toContain('npm test');
  } else if (command === 'npm start') {
    const said = await clone.runUntilReady(command, `http://127.0.0.1:${port}/readyz`, 200_000);
    expect(said).toMatch(/http:\/\/localhost:\d+\/set-up#[\w-]{43}/);
  } else if (command === 'npm run dev') {
    await clone.runUntilReady(command, 'http://localhost:5173/api/v1/me', 100_000);
  } else {
    await clone.run(command, 60_000);
  }
}
