import { addTexts } from '../../../i18n/addTexts.ts';
import { password } from '../../../i18n/en/password.ts';

addTexts('password', password);
