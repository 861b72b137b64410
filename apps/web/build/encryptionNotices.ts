import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

export const ENCRYPTION_NOTICES = 'licenses-encryption.md';

/** Licence notices of what the worker of the encryption contains; those of the pages are the bundler's own business. */
export function encryptionNotices(): { readonly pages: Plugin; readonly worker: Plugin } {
  const folders = new Set<string>();
  return {
    worker: {
      name: 'encryption-notices:worker',
      generateBundle(_, bundle) {
        for (const part of Object.values(bundle)) {
          if (part.type !== 'chunk') continue;
          for (const id of part.moduleIds) {
            const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0];
            if (folder !== undefined) folders.add(folder);
          }
        }
      },
    },
    pages: {
      name: 'encryption-notices:pages',
      generateBundle() {
        const source = [...folders].sort().map(noticeOf).join('\n');
        this.emitFile({ type: 'asset', fileName: ENCRYPTION_NOTICES, source });
      },
    },
  };
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license: string;
  };
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
  return `## ${name} ${version} (${license})\n\n${text.trim()}\n`;
}
