import '../../../i18n/errors.ts';
import { addTexts } from '../../../i18n/addTexts.ts';
import { visitOver } from '../../../i18n/en/visitOver.ts';

addTexts('visit', visitOver);
