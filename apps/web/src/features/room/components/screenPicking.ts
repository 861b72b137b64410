import { State } from '@conclave/client';

/** Whether the browser asks now what to share. There is one such window, however many components show it. */
export const screenPicking = new State(false);
