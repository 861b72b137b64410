import { addTexts } from '../../../i18n/addTexts.ts';
import { sessions } from '../../../i18n/en/sessions.ts';

addTexts('sessions', sessions);
