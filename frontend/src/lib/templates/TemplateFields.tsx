import { FileInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TemplateShape } from './api';
import { acceptedOf, fileOf, fits, type Values } from './fill';
import { TemplatePreview } from './TemplatePreview';
import { useVariableLabel } from './useVariableLabel';
import classes from './templates.module.css';

const VALUE_MAX = 1024;

/** How the network wants them written. */
const DEGREES: Record<string, string> = { latitude: '-23.5614', longitude: '-46.6559' };

type Props = {
  shape: TemplateShape;
  values: Values;
  onChange: (values: Values) => void;
  file: File | undefined;
  onFile: (file: File | undefined) => void;
};

/** A field for each variable, and beside them what becomes of it. */
export function TemplateFields({ shape, values, onChange, file, onFile }: Props) {
  const { t } = useTranslation('templates');
  const labelOf = useVariableLabel(shape.variables.map(({ name }) => name));
  const kind = fileOf(shape);
  return (
    <div className={classes.filling}>
      {kind && (
        <FileInput
          label={t(`takes.${kind}`)}
          placeholder={t('choose_file')}
          required
          clearable
          accept={acceptedOf(kind)}
          value={file ?? null}
          onChange={(chosen) => onFile(chosen ?? undefined)}
        />
      )}
      {shape.variables.map((variable) => {
        const { name, place, own, example } = variable;
        const said = values[name] ?? '';
        const degrees = place === 'location' ? DEGREES[own] : undefined;
        const isWrong = said.trim() !== '' && !fits(variable, said.trim());
        return (
          <TextInput
            key={name}
            label={labelOf(name)}
            placeholder={degrees ?? example}
            required
            maxLength={VALUE_MAX}
            value={said}
            onChange={({ currentTarget: { value } }) => onChange({ ...values, [name]: value })}
            error={isWrong && t('place.degrees', { example: degrees })}
          />
        );
      })}
      <TemplatePreview shape={shape} values={values} fileName={file?.name} />
    </div>
  );
}
