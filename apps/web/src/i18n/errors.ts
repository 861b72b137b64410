import { addTexts } from './addTexts.ts';
import { errors } from './en/errors.ts';

// With whatever shows one: nobody needs them to join.
addTexts('errors', errors);
