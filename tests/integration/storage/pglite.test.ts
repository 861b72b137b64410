import { rmSync } from 'node:fs';
import { afterAll } from 'vitest';
import { openPglite } from '../../../apps/server/src/storage/pglite.ts';
import { makeDataFolder } from '../../dev-env/bootServer.ts';
import { specifyStorage } from './specification.ts';

const folder = makeDataFolder();
afterAll(() => rmSync(folder, { recursive: true }));

specifyStorage('PGlite', () => openPglite(folder));
