import { addTexts } from '../../../i18n/addTexts.ts';
import { factors } from '../../../i18n/en/factors.ts';

addTexts('factors', factors);
