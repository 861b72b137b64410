import '../../i18n/accountErrors.ts';
import { addTexts } from '../../i18n/addTexts.ts';
import { signOn } from '../../i18n/en/signOn.ts';

addTexts('signOn', signOn);
