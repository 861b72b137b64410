import { addTexts } from '../../i18n/addTexts.ts';
import { testCall } from '../../i18n/en/testCall.ts';

addTexts('testCall', testCall);
