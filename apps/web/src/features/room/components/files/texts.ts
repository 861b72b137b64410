import { addTexts } from '../../../../i18n/addTexts.ts';
import { files } from '../../../../i18n/en/files.ts';

addTexts('files', files);
