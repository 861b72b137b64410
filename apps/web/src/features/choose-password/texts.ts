import '../../i18n/accountErrors.ts';
import { addTexts } from '../../i18n/addTexts.ts';
import { choosePassword } from '../../i18n/en/choosePassword.ts';

addTexts('choosePassword', choosePassword);
