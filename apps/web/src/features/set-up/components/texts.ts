import { addTexts } from '../../../i18n/addTexts.ts';
import { setUp } from '../../../i18n/en/setUp.ts';

addTexts('setUp', setUp);
