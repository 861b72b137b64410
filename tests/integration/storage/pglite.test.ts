import { rmSync } from 'node:fs';
import { afterAll } from 'vitest';
import { openPglite } from '../../../apps/server/src/storage/pglite.ts';
import { makeDataFolder } from '../../dev-env/bootServer.ts';
import { specifyFactors } from './factorSpecification.ts';
import { specifyStorage } from './specification.ts';

const folders = [makeDataFolder(), makeDataFolder()] as const;
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

specifyStorage('PGlite', () => openPglite(folders[0]));
specifyFactors('PGlite', () => openPglite(folders[1]));
