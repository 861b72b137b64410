import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '../src');
const components = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.tsx'),
);

/** Class names come from an index signature, so the compiler misses one that does not exist. */
describe('class names', () => {
  it.each(components)('%s uses only classes that its style sheet has', (component) => {
    const path = join(folder, component);
    const source = readFileSync(path, 'utf8');
    for (const [, name = '', sheet = ''] of source.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)) {
      const css = readFileSync(join(dirname(path), sheet), 'utf8');
      for (const [, used = ''] of source.matchAll(new RegExp(`(?<![\\w/])${name}\\.(\\w+)`, 'g'))) {
        expect(css).toMatch(new RegExp(`\\.${used}\\b`));
      }
    }
  });
});
