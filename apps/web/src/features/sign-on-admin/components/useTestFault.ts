import { TestFault } from '@conclave/protocol';
import { useState } from 'react';
import * as z from 'zod/mini';
import { wordInAddress } from '../../sign-on/model/words.ts';

/** What made a test fail, as the server named it in the address to which it sent the browser. Null: it did not name anything. */
export function useTestFault(): TestFault | null {
  const [read] = useState(() => z.safeParse(TestFault, wordInAddress('reason')));
  return read.success ? read.data : null;
}
