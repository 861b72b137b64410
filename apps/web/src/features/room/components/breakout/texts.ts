import '../../../../i18n/errors.ts';
import { addTexts } from '../../../../i18n/addTexts.ts';
import { breakout } from '../../../../i18n/en/breakout.ts';

addTexts('breakout', breakout);
