import { addTexts } from '../../i18n/addTexts.ts';
import { about } from '../../i18n/en/about.ts';

addTexts('about', about);
