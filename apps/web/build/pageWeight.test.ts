import { join } from 'node:path';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { ENCRYPTION_NOTICES } from './encryptionNotices.ts';
import { encryptionScripts, JOINING, JOINING_BUDGET, type Manifest, scriptsOf } from './pageWeight.ts';
import { toBrotli, toGzip } from './precompress.ts';

const root = join(import.meta.dirname, '..');
let files: Map<string, string | Uint8Array>;
let manifest: Manifest;

beforeAll(async () => {
  // The test runner's own value would build React for developers.
  vi.stubEnv('NODE_ENV', 'production');
  const result = (await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    mode: 'production',
    logLevel: 'silent',
    build: { write: false, sourcemap: false },
  })) as Rolldown.RolldownOutput;
  files = new Map(
    result.output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : file.source]),
  );
  manifest = JSON.parse(String(files.get('.vite/manifest.json'))) as Manifest;
}, 120_000);
afterAll(() => vi.unstubAllEnvs());

describe('the build', () => {
  it(`loads at most ${JOINING_BUDGET} bytes of compressed script to join a meeting`, async () => {
    let gzip = 0;
    let brotli = 0;
    for (const file of [...scriptsOf(manifest, JOINING), ...encryptionScripts(files.keys())]) {
      const content = Buffer.from(files.get(file) ?? '');
      gzip += (await toGzip(content)).length;
      brotli += (await toBrotli(content)).length;
    }
    expect(gzip).toBeGreaterThan(50_000);
    expect(gzip).toBeLessThanOrEqual(JOINING_BUDGET);
    expect(brotli).toBeLessThan(gzip);
  }, 60_000);

  it('leaves the word lists for the page that needs them', () => {
    const joining = scriptsOf(manifest, JOINING);
    expect(joining.some((file) => file.includes('judge'))).toBe(false);
    expect(Object.keys(manifest)).toContain('src/features/password/model/judge.ts');
  });

  it('has no script and no style in the page itself, and no address of another origin', () => {
    const html = String(files.get('index.html'));
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('keeps the licence notices of what it contains', () => {
    const notices = String(files.get('licenses.md'));
    for (const name of ['react', 'react-aria-components', 'i18next', 'zod', 'lucide-react'])
      expect(notices).toContain(name);
    const encryption = String(files.get(ENCRYPTION_NOTICES));
    for (const name of ['ts-mls', '@noble/hashes'])
      expect(encryption).toMatch(new RegExp(`## ${name} .*MIT`));
    expect(encryption.match(/Permission is hereby granted/g)?.length).toBeGreaterThanOrEqual(2);
  });
});
