import { addTexts } from '../../../i18n/addTexts.ts';
import { deviceProblems } from '../../../i18n/en/deviceProblems.ts';

addTexts('visit', deviceProblems);
