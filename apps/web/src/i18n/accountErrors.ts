import { addTexts } from './addTexts.ts';
import { accountErrors } from './en/accountErrors.ts';

addTexts('errors', accountErrors);
