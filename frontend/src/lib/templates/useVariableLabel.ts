import { useTranslation } from 'react-i18next';

/** The four of a header that is a place on the map; one that is a text has a single variable. */
const PLACE = {
  'header.latitude': 'place.latitude',
  'header.longitude': 'place.longitude',
  'header.name': 'place.name',
  'header.address': 'place.address',
} as const;

const isOfPlace = (name: string): name is keyof typeof PLACE => name in PLACE;

/** What each of these variables of one template is called: by the template, but for those of a place. */
export function useVariableLabel(names: readonly string[]) {
  const { t } = useTranslation('templates');
  const hasPlace = names.filter(isOfPlace).length > 1;
  return (name: string) => (hasPlace && isOfPlace(name) ? t(PLACE[name]) : t('variable', { name }));
}
