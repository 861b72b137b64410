import { readFileSync } from 'node:fs';
import { API_PREFIX, ClientMessage, ERRORS, ROUTES, ServerMessage } from '@conclave/protocol';
import { expect, test } from 'vitest';
import { renderProtocol } from '../../../tools/protocol-doc/render.ts';

const page = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');

test('docs/protocol.md holds every error code, message and route', () => {
  for (const code of Object.keys(ERRORS)) expect(page).toContain(`| \`${code}\` |`);
  for (const { method, path } of Object.values(ROUTES))
    expect(page).toContain(`\`${method} ${API_PREFIX}${path}\``);
  for (const { def } of [...ClientMessage.def.options, ...ServerMessage.def.options]) {
    for (const type of def.shape.type.def.values) expect(page).toContain(`| \`${type}\` |`);
  }
});

test('docs/protocol.md is what packages/protocol says now (`npm run docs` writes it)', () => {
  expect(page).toBe(renderProtocol());
});
