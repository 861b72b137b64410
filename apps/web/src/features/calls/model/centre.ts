import { State } from '@conclave/client';
import type { CallCentre } from './CallCentre.ts';

/** That of whoever is signed in on this page; null while nobody is, and until its script is here. */
export const centre = new State<CallCentre | null>(null);
