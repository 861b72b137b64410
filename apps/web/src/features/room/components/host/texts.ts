import '../../../../i18n/errors.ts';
import { addTexts } from '../../../../i18n/addTexts.ts';
import { host } from '../../../../i18n/en/host.ts';

addTexts('host', host);
