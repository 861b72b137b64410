import { addTexts } from '../../../i18n/addTexts.ts';
import { proof } from '../../../i18n/en/proof.ts';

addTexts('proof', proof);
