import { addTexts } from '../../i18n/addTexts.ts';
import { posture } from '../../i18n/en/posture.ts';

addTexts('posture', posture);
