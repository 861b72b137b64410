import { addTexts } from '../../../i18n/addTexts.ts';
import { homePage } from '../../../i18n/en/homePage.ts';

addTexts('home', homePage);
