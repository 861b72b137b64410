import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Grown by so much since the last time, bytes: less than what lets V8 collect by itself. */
const MOST_GARBAGE = 100_000_000;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
let keptBytes = 0;

/**
 * Collects now what members left behind, so that none of them is measured while it is done: with all of them in one heap
 * it takes a second, and in life each has a heap of their own.
 */
export function tidyUp(): void {
  collect();
  keptBytes = process.memoryUsage().heapUsed;
}

/** The same, once there is much of it. */
export function tidyUpMuch(): void {
  if (process.memoryUsage().heapUsed - keptBytes > MOST_GARBAGE) tidyUp();
}
