import { addTexts } from '../../../../i18n/addTexts.ts';
import { guards } from '../../../../i18n/en/guards.ts';

addTexts('guards', guards);
