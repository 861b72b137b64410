import { addTexts } from '../../../i18n/addTexts.ts';
import { door } from '../../../i18n/en/door.ts';

addTexts('door', door);
