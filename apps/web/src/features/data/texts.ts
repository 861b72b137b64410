import { addTexts } from '../../i18n/addTexts.ts';
import { data } from '../../i18n/en/data.ts';

addTexts('data', data);
