import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type InlineConfig } from 'vite';
import { UNENCRYPTED_MARK, withoutEncryption } from './unencrypted.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const output = join(root, '.test-output/bench-encryption');

/** Folders with what the browsers load. */
export interface Form {
  readonly name: 'encrypted' | 'unencrypted';
  /** The product's pages. */
  readonly web: string;
  /** One page with many people in it. */
  readonly crowd: string;
}

/** The product as it is, built before; and everything that there is only here. */
export async function buildForms(): Promise<{ readonly encrypted: Form; readonly unencrypted: Form }> {
  await mkdir(output, { recursive: true });
  const encrypted: Form = {
    name: 'encrypted',
    web: join(root, 'apps/web/dist'),
    crowd: join(output, 'crowd'),
  };
  const unencrypted: Form = {
    name: 'unencrypted',
    web: join(output, 'web-unencrypted'),
    crowd: join(output, 'crowd-unencrypted'),
  };
  await buildCrowd(encrypted.crowd, []);
  await buildCrowd(unencrypted.crowd, [withoutEncryption()]);
  await build({
    configFile: join(root, 'apps/web/vite.config.ts'),
    logLevel: 'error',
    plugins: [withoutEncryption()],
    // Some of the product's plugins take it from the root.
    build: { outDir: relative(join(root, 'apps/web'), unencrypted.web), emptyOutDir: true },
  });
  for (const form of [encrypted, unencrypted]) {
    const marked = await hasMark(form.web);
    if (marked !== (form === unencrypted)) throw new Error(`The ${form.name} form is not what it says.`);
  }
  return { encrypted, unencrypted };
}

async function buildCrowd(outDir: string, plugins: InlineConfig['plugins']): Promise<void> {
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'crowd'),
    logLevel: 'error',
    plugins: plugins ?? [],
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'esnext',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: join(import.meta.dirname, 'crowd/crowd.html') },
    },
  });
}

/** Whether a build is of the form without encryption. */
export async function hasMark(folder: string): Promise<boolean> {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.js'));
  if (files.length === 0) throw new Error(`There is no build in ${folder}.`);
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.some((text) => text.includes(UNENCRYPTED_MARK));
}
