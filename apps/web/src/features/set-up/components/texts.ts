import { addTexts } from '../../../i18n/addTexts.ts';
import { password, setUp } from '../../../i18n/en/setUp.ts';

addTexts('setUp', setUp);
addTexts('password', password);
