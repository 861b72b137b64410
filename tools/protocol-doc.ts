// Writes docs/protocol.md from packages/protocol: `npm run docs`. A test fails while the two differ.
import { writeFileSync } from 'node:fs';
import { renderProtocol } from './protocol-doc/render.ts';

writeFileSync(new URL('../docs/protocol.md', import.meta.url), renderProtocol());
