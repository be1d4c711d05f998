import { Button, Divider, SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core';
import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import IconProfile from '@tabler/icons-react/dist/esm/icons/IconUserCircle.mjs';
import IconKeys from '@tabler/icons-react/dist/esm/icons/IconKeyboard.mjs';
import IconBell from '@tabler/icons-react/dist/esm/icons/IconBell.mjs';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from '@tanstack/react-query';
import { meQuery, useSavePreferences } from '@/features/auth/api';
import { MyStatus } from '@/features/presence/MyStatus';
import { letGo } from '@/lib/grace';
import { speak, type Language } from '@/lib/i18n';
import { accountHome, paths } from '@/lib/paths';
import { photoAddress } from '@/lib/photo';
import { usePreference } from '@/lib/preferences';
import { useSession } from '@/lib/session';
import { Avatar } from '@/ui/Avatar';
import { Leaving } from './Leaving';
import classes from './MeMenu.module.css';

const LANGUAGES: { value: Language; label: string }[] = [
  { value: 'pt-BR', label: 'Português' },
  { value: 'en', label: 'English' },
];

/** Who I am, how I am seen and how I like it. What changes here is kept with the person, not with the device. */
export function MeCard() {
  const { t } = useTranslation();
  const { user, account } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [language, setLanguage] = usePreference('language');
  const [density, setDensity] = usePreference('density');
  const [sound, setSound] = usePreference('sound');
  const [enter, setEnter] = usePreference('enter');
  const [keys, setKeys] = usePreference('shortcuts');
  const save = useSavePreferences();

  const pickTheme = (theme: string) => {
    if (theme !== 'auto' && theme !== 'light' && theme !== 'dark') return;
    setColorScheme(theme);
    save.mutate({ theme });
  };
  const pickLanguage = (next: string) => {
    const known = LANGUAGES.find(({ value }) => value === next);
    if (!known) return;
    setLanguage(known.value);
    void speak(known.value);
    save.mutate({ locale: known.value });
  };

  const pickDensity = (next: string) => {
    if (next !== 'comfortable' && next !== 'compact') return;
    setDensity(next);
    save.mutate({ density: next });
  };

  return (
    <>
      <div className={classes.person}>
        <Avatar name={user.name} photo={photoAddress(account.photo_id)} />
        <b className="cut">{user.name}</b>
        <span className="cut">{account.name}</span>
        <span className="cut">{user.email}</span>
      </div>
      <Divider className={classes.divider} />
      <MyStatus />
      <Accounts />
      <Divider className={classes.divider} />
      <div className={classes.choice}>
        <span id="me-theme">{t('me.theme')}</span>
        <SegmentedControl
          aria-labelledby="me-theme"
          size="xs"
          fullWidth
          value={colorScheme}
          onChange={pickTheme}
          data={[
            { value: 'auto', label: t('me.theme_auto') },
            { value: 'light', label: t('me.theme_light') },
            { value: 'dark', label: t('me.theme_dark') },
          ]}
        />
      </div>
      <div className={classes.choice}>
        <span id="me-language">{t('me.language')}</span>
        <SegmentedControl
          aria-labelledby="me-language"
          size="xs"
          fullWidth
          value={language}
          onChange={pickLanguage}
          data={LANGUAGES}
        />
      </div>
      <div className={classes.choice}>
        <span id="me-density">{t('me.density')}</span>
        <SegmentedControl
          aria-labelledby="me-density"
          size="xs"
          fullWidth
          value={density}
          onChange={pickDensity}
          data={[
            { value: 'comfortable', label: t('me.density_comfortable') },
            { value: 'compact', label: t('me.density_compact') },
          ]}
        />
      </div>
      <Divider className={classes.divider} />
      <div className={classes.switches}>
        <Switch
          labelPosition="left"
          classNames={{ body: classes.switch }}
          label={t('me.sound')}
          checked={sound === 'on'}
          onChange={({ currentTarget: { checked } }) => {
            setSound(checked ? 'on' : 'off');
            save.mutate({ plays_sound: checked });
          }}
        />
        <Switch
          labelPosition="left"
          classNames={{ body: classes.switch }}
          label={t('me.enter')}
          checked={enter === 'sends'}
          onChange={({ currentTarget: { checked } }) => {
            setEnter(checked ? 'sends' : 'breaks');
            save.mutate({ enter_sends: checked });
          }}
        />
        <Switch
          labelPosition="left"
          classNames={{ body: classes.switch }}
          label={t('me.shortcuts')}
          checked={keys === 'on'}
          onChange={({ currentTarget: { checked } }) => setKeys(checked ? 'on' : 'off')}
        />
      </div>
      <Divider className={classes.divider} />
      <Button
        variant="subtle"
        fullWidth
        justify="start"
        component={Link}
        to={paths.notices}
        leftSection={<IconBell size={16} stroke={1.75} />}
      >
        {t('me.notices')}
      </Button>
      <Button
        variant="subtle"
        fullWidth
        justify="start"
        component={Link}
        to={paths.keys}
        leftSection={<IconKeys size={16} stroke={1.75} />}
      >
        {t('keys.title')}
      </Button>
      <Button
        variant="subtle"
        fullWidth
        justify="start"
        component={Link}
        to={paths.profile}
        leftSection={<IconProfile size={16} stroke={1.75} />}
      >
        {t('me.profile')}
      </Button>
      <Leaving />
    </>
  );
}

/** For who serves at several counters. Before leaving one, what is held for seconds is let go. */
function Accounts() {
  const { t } = useTranslation();
  const { account } = useSession();
  const { data: me } = useQuery(meQuery);
  if (!me || me.accounts.length < 2) return null;
  return (
    <>
      <Divider className={classes.divider} />
      <nav aria-label={t('me.accounts')} className={classes.accounts}>
        <span aria-hidden="true">{t('me.accounts')}</span>
        <ul>
          {me.accounts.map(({ id, slug, name }) => (
            <li key={id}>
              <a
                href={accountHome(slug)}
                aria-current={id === account.id ? 'true' : undefined}
                onClick={() => letGo()}
              >
                <span className="cut">{name}</span>
                {id === account.id && <IconCheck size={16} stroke={1.75} aria-hidden="true" />}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}
