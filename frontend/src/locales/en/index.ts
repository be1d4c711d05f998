import auth from './auth.json';
import channels from './channels.json';
import common from './common.json';
import factor from './factor.json';
import inbox from './inbox.json';
import refused from './refused.json';
import settings from './settings.json';

export default {
  auth,
  channels,
  common,
  factor,
  inbox,
  refused,
  settings,
};
