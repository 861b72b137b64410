import { addTexts } from '../../../../i18n/addTexts.ts';
import { talk } from '../../../../i18n/en/talk.ts';

addTexts('talk', talk);
