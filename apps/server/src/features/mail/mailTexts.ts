import type { MailLanguage } from '@conclave/protocol';
import { de } from './languages/de.ts';
import { en } from './languages/en.ts';
import { es } from './languages/es.ts';
import { fr } from './languages/fr.ts';
import type { MailTexts } from './texts.ts';

/** A language that misses a text does not compile. */
export const MAIL_TEXTS: Readonly<Record<MailLanguage, MailTexts>> = { en, de, fr, es };
