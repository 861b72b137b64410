import '../../i18n/accountErrors.ts';
import { addTexts } from '../../i18n/addTexts.ts';
import { signOnAdmin } from '../../i18n/en/signOnAdmin.ts';

addTexts('signOnAdmin', signOnAdmin);
