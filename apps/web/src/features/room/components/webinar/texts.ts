import { addTexts } from '../../../../i18n/addTexts.ts';
import { webinar } from '../../../../i18n/en/webinar.ts';

addTexts('webinar', webinar);
